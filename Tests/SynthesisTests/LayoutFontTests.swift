import Drawing
import PageImaging
import Synthesis
import Testing

/// What contents may hold, every look and hand must be able to write.
@Suite struct LayoutFontTests {
  @Test func everyLookDrawsEveryContentCharacter() throws {
    let setter = try Typesetter()
    let characters = ContentCharacters.all.sorted()
    for seed in 0..<16 {
      var random = SeededRandom(seed: UInt64(seed))
      let look = FormLook(&random, size: 9...10)
      let hand = Hand(&random)
      for style in [look.text, look.label, look.title, hand.style] {
        for character in characters where character != " " {
          #expect(try setter.set(String(character), style).ink != nil)
        }
      }
    }
  }
}
