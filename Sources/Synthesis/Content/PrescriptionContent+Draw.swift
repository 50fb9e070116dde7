import PageImaging

extension PrescriptionContent {
  /// A prescription for one of the disease families and what the patient has besides.
  public static func draw(split: Split, random: inout SeededRandom) -> PrescriptionContent {
    let date = CalendarDate.drawn(&random)
    var story = Story.draw(split: split, on: date, isMasked: true, random: &random)
    let days = random.pick([3, 5, 7, 14, 14, 28, 28, 30, 56, 60, 90])
    let drugs = story.medications(days: days, count: 3...9, oralOnly: true, random: &random)
    let secondary = story.secondaryDiagnoses(random: &random).prefix(2)
    let (year, month, day) = date.parts
    return PrescriptionContent(
      issueDate: date.iso,
      issueNumber: "제 \(year)\(twoDigits(month))\(twoDigits(day))-\(random.digits(5)) 호",
      insurance: random.pick(weighted: [
        ("건강보험", 16), ("의료급여", 3), ("산재보험", 1), ("자동차보험", 1), ("기타", 1),
      ]),
      patient: story.patient, hospital: .draw(split: split, random: &random),
      physician: .draw(split: split, specialty: story.family.specialty, random: &random),
      diagnosisCodes: [story.principal.code] + secondary.map(\.code),
      drugs: drugs, dispensingPeriod: "교부일로부터 \(random.pick([3, 3, 3, 5, 7]))일간",
      note: random.pick(CommonPhrases.prescriptionNotes))
  }
}
