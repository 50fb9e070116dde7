/// Whether something is said to be there or not, as Korean and English records say it.
enum Negation {
  /// The errors of a stretch of text whose negations differ; in doubt a negation was flipped.
  static func errors(_ truth: String, _ reading: String) -> [ClassifiedError] {
    let (a, b) = (count(truth), count(reading))
    guard a != b else { return [] }
    // A sentence left out as a whole takes its negation with it, and denies nothing.
    if reading.allSatisfy(\.isWhitespace), words(truth) > 2 { return [] }
    if truth.allSatisfy(\.isWhitespace), words(reading) > 2 { return [] }
    return [ClassifiedError(.negationFlip)]
  }

  /// Negations in a text: `없음`, `아님`, `하지 않은`, `음성`, `(-)`, `no`, `denies`.
  static func count(_ text: String) -> Int {
    let text = medicineSafe(text).lowercased()
    var count = 0
    for marker in markers {
      var rest = text[...]
      while let found = rest.firstRange(of: marker) {
        count += 1
        rest = rest[found.upperBound...]
      }
    }
    for word in text.split(whereSeparator: { !$0.isASCII || !$0.isLetter })
    where latin.contains(word) {
      count += 1
    }
    return count
  }

  private static let markers = [
    "없", "않", "아니", "아님", "못", "음성", "금지", "금함", "불가", "지 말", "말 것", "말것", "(-",
    "(\u{2212}", "(–",
  ]
  private static let latin: Set<Substring> = [
    "no", "not", "denies", "denied", "deny", "without", "negative", "neg", "none", "never", "non",
    "absent", "cannot",
  ]

  private static func words(_ text: String) -> Int {
    text.split(whereSeparator: \.isWhitespace).count
  }
}

/// The side of the body that a text names.
enum Laterality {
  enum Side: Equatable { case left, right, both }

  static func errors(_ truth: String, _ reading: String) -> [ClassifiedError] {
    let (a, b) = (sides(truth), sides(reading))
    guard a != b else { return [] }
    // A sentence left out or put in as a whole is that, and turns nothing round.
    let isWhole = { (text: String) in text.split(whereSeparator: \.isWhitespace).count > 2 }
    if reading.allSatisfy(\.isWhitespace), isWhole(truth) { return [] }
    if truth.allSatisfy(\.isWhitespace), isWhole(reading) { return [] }
    return [ClassifiedError(.laterality)]
  }

  static func sides(_ text: String) -> [Side] {
    let characters = Array(medicineSafe(text).lowercased())
    var sides: [Side] = []
    var place = 0
    while place < characters.count {
      let character = characters[place]
      let next = place + 1 < characters.count ? characters[place + 1] : " "
      switch character {
      case "양" where next == "측" || next == "쪽": sides.append(.both)
      case "왼": sides.append(.left)
      case "오" where next == "른": sides.append(.right)
      case "좌" where followers.contains(next) || next == "우": sides.append(.left)
      case "우" where followers.contains(next) || (place > 0 && characters[place - 1] == "좌"):
        sides.append(.right)
      case let letter where letter.isASCII && letter.isLetter:
        var end = place
        while end < characters.count, characters[end].isASCII, characters[end].isLetter { end += 1 }
        switch String(characters[place..<end]) {
        case "left", "lt": sides.append(.left)
        case "right", "rt": sides.append(.right)
        case "bilateral", "both": sides.append(.both)
        default: break
        }
        place = end - 1
      default: break
      }
      place += 1
    }
    return sides
  }

  /// What may follow a lone 좌 or 우: 좌측, 우심실, 우상복부, 좌/우; but not 우울 or 좌약.
  private static let followers: Set<Character> = [
    "측", "심", "상", "하", "관", "폐", "방", "엽", "전", "후", "슬", "족", "완", "견", "각", "반", "이",
    "안", " ", "/", ",", ".", ")", ":", "-",
  ]
}
