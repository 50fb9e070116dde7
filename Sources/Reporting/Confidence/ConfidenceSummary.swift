/// How a group's confidences and its errors go together. Missed characters have no confidence and stand in no count.
struct ConfidenceSummary {
  var characters = 0
  /// Read in place of another, or where nothing stands.
  var wrong = 0
  var wrongLow = 0
  var wrongSure = 0
  var rightLow = 0
  private var sum = 0

  /// nil where no page has confidences.
  init?(_ readings: [ConfidentReading]) {
    for character in readings.lazy.flatMap(\.characters) { add(character) }
    if characters == 0 { return nil }
  }

  private mutating func add(_ character: ReadCharacter) {
    guard let confidence = character.confidence, let step = character.step else { return }
    characters += 1
    sum += Int(confidence)
    if character.isWrong {
      wrong += 1
      wrongLow += step == .low ? 1 : 0
      wrongSure += step == .sure ? 1 : 0
    } else {
      rightLow += step == .low ? 1 : 0
    }
  }

  var right: Int { characters - wrong }
  var mean: Double { Double(sum) / Double(characters) / 100 }
}
