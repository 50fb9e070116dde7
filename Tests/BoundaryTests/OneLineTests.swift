import Boundary
import Testing

struct OneLineTests {
  @Test func nothingBreaksTheLineOrTurnsIt() {
    #expect(
      "a\r\n\u{1B}[2J\u{2028}\u{202E}\u{E000}처방 é".onOneLine
        == #"a\u{d}\u{a}\u{1b}[2J\u{2028}\u{202e}\u{e000}처방 é"#)
  }

  @Test func anExcerptEndsAfterSixtyCharacters() {
    let sixty = String(repeating: "가", count: 60)
    #expect(sixty.excerptOnOneLine == sixty)
    #expect((sixty + "\n").excerptOnOneLine == sixty + "…")
    #expect((sixty + "\n").onOneLine == sixty + "\\u{a}")
    #expect("\n".excerptOnOneLine == "\\u{a}")
  }
}
