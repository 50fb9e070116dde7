import PageImaging

extension LabResultContent {
  /// A sheet of three to six panels, 15 to 30 rows in all, most of them normal.
  public static func draw(split: Split, random: inout SeededRandom) -> LabResultContent {
    let date = CalendarDate.drawn(&random)
    let patient = PatientContent.draw(
      split: split, on: date, ages: 19...88, isMasked: true, random: &random)
    let style = LabStyle.draw(&random)
    let wanted = random.int(15...30)
    var chosen: [[LabTestEntry]] = []
    var count = 0
    for panel in panelOrder(&random) where count < wanted {
      let tests = tests(
        of: panel, atMost: min(random.int(4...11), wanted - count), patient: patient,
        split: split, random: &random)
      if tests.isEmpty { continue }
      chosen.append(tests)
      count += tests.count
    }
    let tableOrder = LabTestLexicon.panels
    chosen.sort {
      tableOrder.firstIndex(of: $0[0].group)! < tableOrder.firstIndex(of: $1[0].group)!
    }
    let minute = random.int(7 * 60...10 * 60)
    return LabResultContent(
      patient: patient, hospital: .draw(split: split, random: &random),
      physician: .draw(
        split: split, specialty: random.pick(["가정", "심장", "내분비", "신장", "소화기", "혈액"]),
        random: &random),
      specimen: specimens(chosen), collectedDate: "\(date.iso) \(clock(minute))",
      reportedDate: "\(date.iso) \(clock(minute + random.int(75...480)))",
      sections: chosen.map { section($0, patient: patient, style: style, random: &random) },
      comment: numbersInBracesFilled(random.pick(CommonPhrases.labComments), random: &random))
  }

  /// Common panels come first more often, as on real sheets.
  private static func panelOrder(_ random: inout SeededRandom) -> [String] {
    let common = ["cbc", "liver", "renal", "electrolyte", "lipid", "glucose"]
    let first = common.shuffled(using: &random).prefix(random.int(1...3))
    let rest = LabTestLexicon.panels.filter { !first.contains($0) }.shuffled(using: &random)
    return first + rest
  }

  private static func tests(
    of panel: String, atMost limit: Int, patient: PatientContent, split: Split,
    random: inout SeededRandom
  ) -> [LabTestEntry] {
    let lexicon = LabTestLexicon.lexicon
    var chosen: Set<String> = []
    for _ in 0..<limit {
      let test = lexicon.draw(panel, for: split, random: &random) {
        $0.isTested(in: patient.sex) && !chosen.contains($0.name)
      }
      if let test { chosen.insert(test.name) }
    }
    return lexicon.entries(in: panel, for: split).filter { chosen.contains($0.name) }
  }

  private static func section(
    _ tests: [LabTestEntry], patient: PatientContent, style: LabStyle, random: inout SeededRandom
  ) -> LabSection {
    LabSection(
      title: tests[0].panelTitle,
      rows: tests.map {
        let direction: LabDirection =
          random.chance(0.72) ? .normal : random.chance(0.6) ? .high : .low
        return $0.row(direction, patient: patient, style: style, random: &random)
      })
  }

  private static func specimens(_ chosen: [[LabTestEntry]]) -> String {
    var names: [String] = []
    for tests in chosen where !names.contains(tests[0].specimen) {
      names.append(tests[0].specimen)
    }
    return names.joined(separator: ", ")
  }

  private static func clock(_ minute: Int) -> String {
    "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))"
  }
}
