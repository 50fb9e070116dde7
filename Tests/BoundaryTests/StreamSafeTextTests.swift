import Boundary
import Testing

@Suite struct StreamSafeTextTests {
  @Test func clinicalTextStaysAsItIs() {
    for text in ["", "아목시실린 500mg", "café", "e\u{301}\u{316}", "\u{1112}\u{1161}\u{11AB}"] {
      #expect(Array(text.streamSafe.unicodeScalars) == Array(text.unicodeScalars))
    }
  }

  @Test func thirtyMarksAreARunAndTheNextBeginsAnother() {
    let thirty = "a" + String(repeating: "\u{301}", count: 30)
    #expect(thirty.streamSafe.unicodeScalars.count == 31)
    let more = ("a" + String(repeating: "\u{301}", count: 61)).streamSafe.unicodeScalars
    #expect(more.count == 62 + 2)
    #expect(more.indices.filter { more[$0] == "\u{034F}" }.count == 2)
  }

  @Test func everyScalarIsKeptInOrder() {
    let text = "1" + String(repeating: "\u{316}\u{301}", count: 500) + "mg"
    #expect(
      text.streamSafe.unicodeScalars.filter { $0 != "\u{034F}" } == Array(text.unicodeScalars))
  }
}
