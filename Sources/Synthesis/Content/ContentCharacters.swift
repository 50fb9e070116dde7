/// Every character that a drawn content may hold besides precomposed Hangul syllables.
///
/// A font that draws all of these and the Hangul syllables with ink can draw every document;
/// a test holds contents to it.
public enum ContentCharacters {
  public static let all: Set<Character> = {
    var characters = Set(" !\"#$%&'()*+,-./:;<=>?@[]^_")
    for range: ClosedRange<Unicode.Scalar> in ["0"..."9", "A"..."Z", "a"..."z"] {
      for value in range.lowerBound.value...range.upperBound.value {
        characters.insert(Character(Unicode.Scalar(value)!))
      }
    }
    return characters.union("~·×±℃µ㎍㎡²³⁵⁶αβ")
  }()

  public static func holds(_ character: Character) -> Bool {
    ("가"..."힣").contains(character) || all.contains(character)
  }
}
