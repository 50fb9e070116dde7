import PageImaging

/// Letters and signs by lot.
extension PracticeText {
  /// Words of syllables, each of the 11,172 as likely as the other.
  mutating func syllables() -> String {
    (0..<random.int(1...4)).map { _ in syllableWord() }.joined(separator: " ")
  }

  mutating func syllableWord() -> String {
    if random.chance(0.06) {
      let group = Array(random.pick(PracticeTables.likeSyllables))
      return String((0..<random.int(2...5)).map { _ in random.pick(group) })
    }
    var word = String.UnicodeScalarView()
    for _ in 0..<random.int(1...6) {
      word.append(Unicode.Scalar(UInt32(0xac00 + random.int(0...11171)))!)
    }
    return String(word)
  }

  mutating func latin() -> String {
    (0..<random.int(1...4)).map { _ in latinWord() }.joined(separator: " ")
  }

  private mutating func latinWord() -> String {
    let word =
      switch random.int(0...9) {
      case 0...3: random.pick(PracticeTables.words)
      case 4...6: random.pick(PracticeTables.wordStarts) + random.pick(PracticeTables.wordEnds)
      default: String((0..<random.int(1...8)).map { _ in random.pick(Self.lowercase) })
      }
    return recased(word) + (random.chance(0.12) ? random.pick([".", ",", ":", ";"]) : "")
  }

  private mutating func recased(_ word: String) -> String {
    switch random.int(0...9) {
    case 0...4: word
    case 5, 6: word.uppercased()
    case 7: word.lowercased()
    case 8: word.prefix(1).uppercased() + word.dropFirst().lowercased()
    default:
      String(word.map { random.chance(0.5) ? Character($0.uppercased()) : $0 })
    }
  }

  static let lowercase = Array("abcdefghijklmnopqrstuvwxyz")
  static let uppercase = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  static let digits = Array("0123456789")

  mutating func confusables() -> String {
    (0..<random.int(1...3)).map { _ in
      let group = Array(random.pick(PracticeTables.confusables))
      let others = random.chance(0.5) ? group : group + Self.digits + Self.lowercase
      return String((0..<random.int(2...6)).map { _ in random.pick(others) })
    }.joined(separator: " ")
  }

  /// Symbols of the vocabulary, apart, together or about a word.
  mutating func symbolSoup() -> String {
    (0..<random.int(2...5)).map { _ in
      let symbol = String(random.pick(PracticeSymbols.all))
      return switch random.int(0...5) {
      case 0: symbol
      case 1: symbol + String(random.pick(PracticeSymbols.all))
      case 2: symbol + syllableWord()
      case 3: plain() + symbol
      case 4: symbol + plain()
      default: "\(symbol) \(plain())"
      }
    }.joined(separator: " ")
  }

  /// ASCII marks by lot, and words between brackets of every kind.
  mutating func punctuated() -> String {
    (0..<random.int(2...4)).map { _ in
      let inside = plain()
      switch random.int(0...4) {
      case 0: return String((0..<random.int(1...4)).map { _ in random.pick(Self.marks) })
      case 1: return inside + String(random.pick(Self.marks)) + plain()
      case 2: return inside + String(random.pick(Array(".,:;!?")))
      default:
        let kind = random.int(0...Self.brackets.count - 1)
        return (random.chance(0.3) ? plain() : "") + "\(Self.brackets[kind].0)\(inside)"
          + "\(Self.brackets[kind].1)"
      }
    }.joined(separator: " ")
  }

  /// A short word or number.
  mutating func plain() -> String {
    switch random.int(0...4) {
    case 0: random.digits(random.int(1...4))
    case 1: String((0..<random.int(1...4)).map { _ in random.pick(Self.uppercase) })
    case 2: String((0..<random.int(1...5)).map { _ in random.pick(Self.lowercase) })
    default: syllableWord()
    }
  }

  /// All ASCII marks but `\`, which Korean fonts draw as ₩.
  static let marks = Array("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~")

  static let brackets: [(Character, Character)] =
    Array(zip("([{<\"'" as String, ")]}>\"'" as String))
    + Array(zip(PracticeSymbols.opening, PracticeSymbols.closing))

  /// `① 가나 ② 다라`, `가. 나다`, `1) x`.
  mutating func listed() -> String {
    let count = random.int(1...4)
    let style = random.int(0...7)
    let first = random.int(0...5)
    return (first..<first + count).map { index in
      let mark =
        switch style {
        case 0: String(Array(PracticeSymbols.circled)[index + (random.chance(0.3) ? 10 : 0)])
        case 1: "\(Array("가나다라마바사아자차카타파하")[index])."
        case 2: "(\(Array("가나다라마바사아자차카타파하")[index]))"
        case 3: "\(index + 1)."
        case 4: "(\(index + 1))"
        case 5: "\(index + 1))"
        case 6: String(Array(PracticeSymbols.roman)[index + (random.chance(0.3) ? 10 : 0)]) + "."
        default: String(random.pick(Array(PracticeSymbols.bullets)))
        }
      return mark + (random.chance(0.8) ? " " : "") + plain()
    }.joined(separator: " ")
  }

  /// Boxes to tick.
  mutating func ballot() -> String {
    let marks = random.pick([
      ["☑", "☐"], ["■", "□"], ["☒", "☐"], ["●", "○"], ["[√]", "[ ]"], ["(✓)", "( )"], ["◎", "○"],
    ])
    let gap = random.chance(0.5) ? " " : ""
    return (0..<random.int(2...4)).map { _ in random.pick(marks) + gap + plain() }
      .joined(separator: " ")
  }
}
