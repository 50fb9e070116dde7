import OCRInference
import Pipeline
import Scoring

/// A character as it was read.
struct ReadCharacter {
  var text: Character
  /// Hundredths; nil where the engine gives none, and for line feeds, which the layout gives and no model is asked for.
  var confidence: UInt8?
  var isWrong: Bool
  /// What stands there; nil where nothing does, or the reading is right.
  var truth: Character?
  /// Of the reading, from 1.
  var line: Int

  var step: ConfidenceStep? { confidence.map(ConfidenceStep.init) }
}

/// A stretch of a page's diff, the reading's characters one by one.
struct ReadStretch {
  var kind: DiffSegment.Kind
  var truth: String
  var reading: [ReadCharacter]
}

extension PageRecord {
  /// Truth against reading, with each character's confidence.
  var confidentDiff: [ReadStretch] {
    var confidences = CodePointConfidences(transcript)
    var line = 1
    return diff(truth: reference, reading: transcript.text).map { segment in
      var truths = segment.kind == .substituted ? segment.truth[...] : ""
      let reading = segment.reading.map { character in
        let isLineFeed = character == "\n"
        defer { if isLineFeed { line += 1 } }
        let confidence = confidences?.next(character)
        return ReadCharacter(
          text: character, confidence: isLineFeed ? nil : confidence,
          isWrong: segment.kind != .equal, truth: truths.popFirst(), line: line)
      }
      return ReadStretch(kind: segment.kind, truth: segment.truth, reading: reading)
    }
  }

  /// Whether the engine said how sure it was of what it read here.
  fileprivate var isConfident: Bool {
    transcript.outcome.status == .read && transcript.confidences?.count == transcript.text.count
      && !transcript.text.isEmpty
  }
}

/// All characters of a page that was read with confidences.
struct ConfidentReading {
  /// The page's.
  var id: String
  var characters: [ReadCharacter]
}

extension GroupRecord {
  /// Empty where the engine gives no confidences. Each is an alignment: ask once.
  var confidentReadings: [ConfidentReading] {
    documents.flatMap(\.pages).filter(\.isConfident).map {
      ConfidentReading(id: $0.id, characters: $0.confidentDiff.flatMap(\.reading))
    }
  }
}

/// Confidences handed out along a diff, whose reading is the transcript composed (NFC) and without invisible marks:
/// both can leave a character fewer code points, so each keeps a value a code point.
private struct CodePointConfidences {
  private var values: ArraySlice<UInt8> = []

  /// nil where there is not one a character: another Unicode version may part them elsewhere.
  init?(_ transcript: Transcript) {
    guard let confidences = transcript.confidences, confidences.count == transcript.text.count
    else { return nil }
    for (character, value) in zip(transcript.text, confidences.hundredths) {
      values.append(contentsOf: repeatElement(value, count: Self.shownCodePoints(character)))
    }
  }

  /// The least of the character's.
  mutating func next(_ character: Character) -> UInt8? {
    let count = character.unicodeScalars.count
    defer { values = values.dropFirst(count) }
    return values.prefix(count).min()
  }

  private static func shownCodePoints(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    if scalars.count == 1, (0x20...0x7E).contains(scalars.first!.value) { return 1 }
    if scalars.count == 1, (0xAC00...0xD7A3).contains(scalars.first!.value) { return 1 }
    var coding = ClusterCoding()
    let text = GraphemeText(String(character), coding: &coding)
    return text.text(0..<text.count).unicodeScalars.count
  }
}
