import PageImaging

extension MedicalRecordContent {
  /// A first visit, in the mixture of Korean and shorthand that records are written in.
  public static func draw(split: Split, random: inout SeededRandom) -> MedicalRecordContent {
    let date = CalendarDate.drawn(&random)
    var story = Story.draw(split: split, on: date, isMasked: true, random: &random)
    let patient = story.patient
    let physician = PhysicianContent.draw(
      split: split, specialty: story.family.specialty, random: &random)
    let info =
      random.chance(0.7)
      ? "\(patient.name) / \(patient.sex) / \(patient.age)세"
      : "\(patient.name) (\(patient.sex == "남" ? "M" : "F")/\(patient.age))"
    let chiefComplaint = story.chiefComplaint(random: &random)
    let presentIllness = story.paragraph("h", random: &random) + denied(story, &random)
    let past = pastHistory(&story, &random)
    return MedicalRecordContent(
      patient: patient, patientInfo: info, visitDate: date.iso, department: physician.department,
      chiefComplaint: chiefComplaint, presentIllness: presentIllness, pastHistory: past,
      familyHistory: told(CommonPhrases.family, &story, &random),
      socialHistory: told(CommonPhrases.social, &story, &random),
      reviewOfSystems: systems(story),
      physicalExam: told(CommonPhrases.vitals, &story, &random) + " "
        + story.physicalExam(random: &random),
      assessment: assessment(&story, &random), plan: plan(&story, &random),
      hospital: .draw(split: split, random: &random), physician: physician)
  }

  private static func told(
    _ lines: [DiseaseFamily.Line], _ story: inout Story, _ random: inout SeededRandom
  ) -> String {
    story.sentences(lines, random: &random).joined(separator: " ")
  }

  /// ` Pt. denies hemoptysis, chest pain.`
  private static func denied(_ story: Story, _ random: inout SeededRandom) -> String {
    let symptoms = symptoms(story, "-")
    guard random.chance(0.5) else { return "" }
    return " Pt. denies \(symptoms.prefix(random.int(1...3)).joined(separator: ", "))."
  }

  private static func symptoms(_ story: Story, _ sign: String) -> [String] {
    story.family.parts[sign]![0].wordings[0].split(separator: ", ").map(String.init)
  }

  private static func systems(_ story: Story) -> String {
    (symptoms(story, "+").map { "\($0) (+)" } + symptoms(story, "-").map { "\($0) (-)" })
      .joined(separator: ", ") + "."
  }

  private static func pastHistory(
    _ story: inout Story, _ random: inout SeededRandom
  ) -> String {
    let full = story.pastHistory(random: &random)
    guard random.chance(0.5), !story.comorbidities.isEmpty else { return full }
    var shorthand: [String] = []
    for known in story.comorbidities {
      shorthand.append(story.fill(known.shorthand, random: &random))
    }
    let absent = ["Tb", "hepatitis"].map { "\($0) (-)" }
    return (shorthand + absent).joined(separator: ", ") + ". "
      + told(CommonPhrases.alsoDenied, &story, &random)
  }

  private static func assessment(
    _ story: inout Story, _ random: inout SeededRandom
  ) -> String {
    let others = story.secondaryDiagnoses(random: &random).map { "\($0.name) (\($0.code))" }
    let items =
      [
        "\(story.principal.name) (\(story.principal.code)), \(story.paragraph("a", random: &random))"
      ]
      + others
    return items.enumerated().map {
      "#\($0.offset + 1) \($0.element)" + ($0.element.hasSuffix(".") ? "" : ".")
    }.joined(separator: " ")
  }

  private static func plan(_ story: inout Story, _ random: inout SeededRandom) -> String {
    let drugs = story.medications(days: 7, count: 2...4, oralOnly: true, random: &random)
    let orders = drugs.map { "\($0.name) \($0.dose) \($0.frequency)" }
    return "Dx) \(story.paragraph("p", random: &random)). Tx) \(orders.joined(separator: ", ")). "
      + "Ed) " + story.sentences("f", random: &random).prefix(2).joined(separator: " ")
  }
}
