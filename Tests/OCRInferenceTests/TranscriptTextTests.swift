import OCRInference
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
}
