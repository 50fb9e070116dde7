/// Whether something is said to be there or not, as Korean and English records say it.
enum Negation {
  /// The errors of a stretch of text whose negations differ; in doubt a negation was flipped.
  static func errors(_ truth: String, _ reading: String) -> [ClassifiedError] {
    let (a, b) = (count(truth), count(reading))
    guard a != b else {
      return isTurnedInWords(truth, reading) ? [ClassifiedError(.negationFlip)] : []
    }
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
    "(\u{2212}", "(–", "n't", "n’t", "w/o",
  ]
  private static let latin: Set<Substring> = [
    "no", "not", "denies", "denied", "deny", "without", "negative", "neg", "none", "never", "non",
    "absent", "cannot",
  ]

  /// Whether words alike but for what turns them stand for each other: `비흡연` and `흡연`, `무` and
  /// `유`, `-` and `+`, `안 함` and `함`.
  private static func isTurnedInWords(_ truth: String, _ reading: String) -> Bool {
    let (a, b) = (bareWords(truth), bareWords(reading))
    if a.count == b.count { return zip(a, b).contains { $0 != $1 && areOpposed($0, $1) } }
    guard abs(a.count - b.count) == 1 else { return false }
    return a.filter { $0 != "안" } == b.filter { $0 != "안" }
  }

  private static func areOpposed(_ a: String, _ b: String) -> Bool {
    let pairs: [Set<String>] = [["무", "유"], ["無", "有"], ["-", "+"], ["\u{2212}", "+"]]
    if pairs.contains([a, b]) { return true }
    return ["비", "불", "미", "무", "부"].contains { mark in
      (b.count > 1 && a == mark + b) || (a.count > 1 && b == mark + a)
    }
  }

  private static func bareWords(_ text: String) -> [String] {
    medicineSafe(text).split(whereSeparator: \.isWhitespace).map { word in
      let bare = String(word).trimmed { ".,;:()[]".contains($0) }
      return bare.isEmpty ? String(word) : bare
    }
  }

  private static func words(_ text: String) -> Int {
    text.split(whereSeparator: \.isWhitespace).count
  }
}

/// The side of the body that a text names.
enum Laterality {
  enum Side: Equatable { case left, right, both }

  static func errors(_ truth: String, _ reading: String) -> [ClassifiedError] {
    let (a, b) = (sides(truth), sides(reading))
    guard a != b else { return isExchanged(truth, reading) ? [ClassifiedError(.laterality)] : [] }
    // A sentence left out or put in as a whole is that, and turns nothing round.
    let isWhole = { (text: String) in text.split(whereSeparator: \.isWhitespace).count > 2 }
    if reading.allSatisfy(\.isWhitespace), isWhole(truth) { return [] }
    if truth.allSatisfy(\.isWhitespace), isWhole(reading) { return [] }
    return [ClassifiedError(.laterality)]
  }

  /// Whether a word is another's mirror image: `우신결석` and `좌신결석`, `RUL` and `LUL`, `OD` and `OS`.
  private static func isExchanged(_ truth: String, _ reading: String) -> Bool {
    let words = { (text: String) in
      medicineSafe(text).split(whereSeparator: \.isWhitespace).map {
        String($0).trimmed { ".,;:()[]".contains($0) }
      }
    }
    let (a, b) = (words(truth), words(reading))
    guard a.count == b.count else { return false }
    return zip(a, b).contains { x, y in x != y && mirrored(x).contains(y) }
  }

  private static func mirrored(_ word: String) -> [String] {
    let mirror: [Character: Character] = ["좌": "우", "우": "좌", "左": "右", "右": "左"]
    var images = [String(word.map { mirror[$0] ?? $0 })]
    let eyes = ["OD": "OS", "OS": "OD"]
    if let eye = eyes[word] { images.append(eye) }
    // `R`, `Rt`, `RLL`; of longer words the first letter says nothing.
    if word.count <= 3, let first = word.first, first == "R" || first == "L" {
      images.append((first == "R" ? "L" : "R") + word.dropFirst())
    }
    return images
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

extension String {
  fileprivate func trimmed(_ isTrimmed: (Character) -> Bool) -> String {
    String(String(drop(while: isTrimmed).reversed()).drop(while: isTrimmed).reversed())
  }
}
