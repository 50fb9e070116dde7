import PageImaging

extension DiagnosisContent {
  /// A certificate whose opinion belongs to the principal diagnosis.
  public static func draw(split: Split, random: inout SeededRandom) -> DiagnosisContent {
    let diagnosed = CalendarDate.drawn(&random)
    let isMasked = random.chance(0.4)
    var story = Story.draw(split: split, on: diagnosed, isMasked: isMasked, random: &random)
    let issue = diagnosed + random.int(0...30)
    let isOnsetKnown = random.chance(0.75)
    let onset = (diagnosed + -random.int(0...60)).korean
    let opinion =
      courseSentences(&story, &random) + story.sentences("o", random: &random)
      + story.sentences(CommonPhrases.opinionEnd, random: &random)
    return DiagnosisContent(
      registrationNumber: "\(issue.parts.year)-\(random.digits(5))", patient: story.patient,
      diagnoses: [story.principal] + story.secondaryDiagnoses(random: &random),
      onsetDate: isOnsetKnown ? onset : "미상", diagnosedDate: diagnosed.korean,
      opinion: opinion.joined(separator: " "), purpose: random.pick(CommonPhrases.purposes),
      issueDate: issue.korean, hospital: .draw(split: split, random: &random),
      physician: .draw(split: split, specialty: story.family.specialty, random: &random))
  }

  /// What was found: the first sentence of the course, which names the finding, in some.
  private static func courseSentences(
    _ story: inout Story, _ random: inout SeededRandom
  ) -> [String] {
    guard random.chance(0.7), let line = story.family.parts["c"]?.first else { return [] }
    return story.sentences([line], random: &random)
  }
}
