import PageImaging

extension DischargeSummaryContent {
  /// A stay in hospital from complaint to plan, told of one disease family.
  public static func draw(split: Split, random: inout SeededRandom) -> DischargeSummaryContent {
    let admission = CalendarDate.drawn(&random)
    var story = Story.draw(split: split, on: admission, isMasked: true, random: &random)
    let discharge = admission + random.int(story.family.stay)
    let physician = PhysicianContent.draw(
      split: split, specialty: story.family.specialty, random: &random)
    // In the order of the page, so that a class first named above is the drug of the table below.
    let chiefComplaint = story.chiefComplaint(random: &random)
    let presentIllness = story.paragraph("h", random: &random)
    let pastHistory = story.pastHistory(random: &random)
    let physicalExam = story.physicalExam(random: &random)
    let labHighlights = story.labHighlights(random: &random)
    let procedures = story.sentences("pr", random: &random)
    let course =
      story.sentences(CommonPhrases.courseStart, random: &random)
      + story.sentences("c", random: &random)
      + story.sentences(CommonPhrases.courseEnd, random: &random)
    let days = random.pick([7, 14, 14, 28])
    return DischargeSummaryContent(
      patient: story.patient, department: physician.department, admissionDate: admission.iso,
      dischargeDate: discharge.iso, principalDiagnosis: story.principal,
      secondaryDiagnoses: story.secondaryDiagnoses(random: &random),
      chiefComplaint: chiefComplaint, presentIllness: presentIllness, pastHistory: pastHistory,
      physicalExam: physicalExam, labHighlights: labHighlights, procedures: procedures,
      hospitalCourse: course.joined(separator: " "),
      dischargeMedications: story.medications(
        days: days, count: 3...7, oralOnly: true, random: &random),
      condition: story.sentences(CommonPhrases.condition, random: &random).joined(separator: " "),
      followUpPlan: story.sentences("f", random: &random)
        + story.sentences(CommonPhrases.followUp, random: &random),
      hospital: .draw(split: split, random: &random), physician: physician)
  }
}
