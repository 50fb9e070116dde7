import OCRInference
import PageImaging
import Testing

@Suite struct TranscriptTextTests {
  @Test(arguments: [
    ("", ""),
    (" \n\u{0C}\r\n", ""),
    ("a\r\nb\rc\u{2028}d\u{0B}e\u{85}f\u{2029}g\u{0C}", "a\nb\nc\nd\ne\nf\ng"),
    ("\n\n처방전 \n \n\t약물명", "처방전\n약물명"),
    ("\u{FEFF}가\u{3000}", "가"),
    ("1  정   3회", "1  정   3회"),
    ("５㎎", "５㎎"),
  ])
  func layoutGoesAndReadingStays(raw: String, form: String) {
    #expect(TranscriptText.normalized(raw).unicodeScalars.elementsEqual(form.unicodeScalars))
  }

  @Test func codePointsStayAsGiven() {
    let decomposed = "\u{1112}\u{1161}\u{11AB}"
    #expect(TranscriptText.normalized(decomposed).unicodeScalars.count == 3)
  }

  @Test func formOfTheFormIsTheForm() {
    let once = TranscriptText.normalized(" a \r\n\r\n b\u{301}\u{0C}c ")
    #expect(TranscriptText.normalized(once) == once)
  }

  @Test func aConfidenceFollowsItsCharacterThroughTheForm() {
    let raw = ConfidentText(
      "\u{FEFF} ab \r\n \n c\u{301}\u{1112}\u{1161}\u{11AB}\u{0C}",
      confidences: [0.1, 0.1, 0.9, 0.8, 0.1, 0.7, 0.6, 0.5, 0.4, 1, 0.3, 0.25, 0.9, 0.2, 0.95, 0.1])
    let (text, confidences) = TranscriptText.normalized(raw)
    #expect(text == "ab\nc\u{301}\u{1112}\u{1161}\u{11AB}")
    // White space between two lines gives its least to the line feed; a character of several code points has the least of
    // theirs.
    #expect(confidences.hundredths == [90, 80, 10, 25, 20])
  }

  /// Every code point says in its confidence what it is; whatever is trimmed, folded or broken up, each character must
  /// still name one of its own.
  @Test func confidencesStayBesideTheirCharactersInAnyText() {
    let alphabet = Array(
      "a1 \t\n\r\u{0C}\u{2028}\u{FEFF}\u{3000}가각\u{1112}\u{1161}\u{11AB}\u{301}\u{323}\u{34F}\u{200D}👩㎎é"
        .unicodeScalars)
    func value(_ scalar: Unicode.Scalar) -> Float {
      Float(alphabet.firstIndex(of: scalar)! * 3 + 2) / 100
    }
    var random = SeededRandom(seed: 11)
    for round in 0..<500 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int(random.next() % 40) {
        scalars.append(alphabet[Int(random.next() % UInt64(alphabet.count))])
      }
      if round % 10 == 0 {
        // Beyond what a stream-safe text holds together.
        scalars.append(contentsOf: [Unicode.Scalar](repeating: "\u{301}", count: 100))
      }
      let raw = String(scalars)
      let (text, confidences) = TranscriptText.normalized(
        ConfidentText(raw, confidences: raw.unicodeScalars.map(value)))
      #expect(text.unicodeScalars.elementsEqual(TranscriptText.normalized(raw).unicodeScalars))
      #expect(confidences.count == text.count)
      for (character, found) in zip(text, confidences.hundredths) where character != "\n" {
        let own = character.unicodeScalars.map { Int((value($0) * 100).rounded()) }
        // U+034F may be the form's own, which has none.
        let given = zip(character.unicodeScalars, own).filter { $0.0 != "\u{34F}" }.map(\.1)
        let least = (given.isEmpty ? own : given).min()!
        let joiner = own.min()!
        #expect([least, least - 1, joiner, joiner - 1].contains(Int(found)), "\(own) \(found)")
      }
    }
  }
}
