/// The published regular expressions that cut text into words, matched by hand.
///
/// Each is known by its exact text. They share one shape, a choice of six branches taken in order at
/// every place: contraction, letters, digits, punctuation, line breaks, other white space. Every code
/// point falls into one, so the words cover the text without gaps.
struct SplitPattern: Sendable, Equatable {
  /// `(?i:…)` around the contractions.
  private var ignoresCase: Bool
  /// One character before letters that is neither letter, digit nor line break; else only a space.
  private var joinsPunctuation: Bool
  /// A space before digits belongs to them.
  private var joinsSpaceToDigits: Bool
  private var longestDigits: Int
  /// Line breaks after punctuation belong to it, and end white space.
  private var knowsLineBreaks: Bool

  /// "Language Models are Unsupervised Multitask Learners", 2019: encoder.py of openai/gpt-2.
  static let gpt2 = SplitPattern(
    ignoresCase: false, joinsPunctuation: false, joinsSpaceToDigits: true, longestDigits: .max,
    knowsLineBreaks: false)
  /// tokenizer.json of Qwen/Qwen2-7B and its descendants.
  static let qwen2 = SplitPattern(
    ignoresCase: true, joinsPunctuation: true, joinsSpaceToDigits: false, longestDigits: 1,
    knowsLineBreaks: true)
  /// tokenizer.json of meta-llama/Meta-Llama-3-8B.
  static let llama3 = SplitPattern(
    ignoresCase: true, joinsPunctuation: true, joinsSpaceToDigits: false, longestDigits: 3,
    knowsLineBreaks: true)

  private static let published: [(text: String, pattern: SplitPattern)] = [
    (
      #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, gpt2
    ),
    (
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#, qwen2
    ),
    (
      #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#, llama3
    ),
  ]

  /// nil where the expression is none of those above.
  static func published(as text: String) -> SplitPattern? {
    published.first { $0.text.utf8.elementsEqual(text.utf8) }?.pattern
  }

  /// The words of valid UTF-8, in order and without gaps.
  func words(_ text: ArraySlice<UInt8>) -> [Range<Int>] {
    let text = ClassifiedText(text)
    var words: [Range<Int>] = []
    var start = 0
    while start < text.count {
      let end = self.end(of: text, from: start)
      words.append(text.offsets[start]..<text.offsets[end])
      start = end
    }
    return words
  }

  // MARK: The branches

  private func end(of text: ClassifiedText, from start: Int) -> Int {
    contraction(text, start) ?? letters(text, start) ?? digits(text, start)
      ?? punctuation(text, start) ?? space(text, start)
  }

  /// `'s|'t|'re|'ve|'m|'ll|'d`
  private func contraction(_ text: ClassifiedText, _ start: Int) -> Int? {
    guard text[start] == "'" else { return nil }
    switch letter(text, start + 1) {
    case "s", "t", "m", "d": return start + 2
    case "r", "v": return letter(text, start + 2) == "e" ? start + 3 : nil
    case "l": return letter(text, start + 2) == "l" ? start + 3 : nil
    default: return nil
    }
  }

  private func letter(_ text: ClassifiedText, _ index: Int) -> Unicode.Scalar? {
    guard let scalar = text[index] else { return nil }
    guard ignoresCase else { return scalar }
    switch scalar {
    case "A"..."Z": return Unicode.Scalar(scalar.value | 0x20)
    // LATIN SMALL LETTER LONG S folds to s.
    case "\u{17F}": return "s"
    default: return scalar
    }
  }

  /// `[^\r\n\p{L}\p{N}]?\p{L}+` or ` ?\p{L}+`
  private func letters(_ text: ClassifiedText, _ start: Int) -> Int? {
    let first = text.kind(start)
    let joins = joinsPunctuation ? first == .space || first == .other : text[start] == " "
    let begin = joins ? start + 1 : start
    let end = text.end(of: .letter, from: begin)
    return end > begin ? end : nil
  }

  /// `\p{N}`, `\p{N}{1,3}` or ` ?\p{N}+`
  private func digits(_ text: ClassifiedText, _ start: Int) -> Int? {
    let begin = joinsSpaceToDigits && text[start] == " " ? start + 1 : start
    let end = text.end(of: .number, from: begin, atMost: longestDigits)
    return end > begin ? end : nil
  }

  /// ` ?[^\s\p{L}\p{N}]+[\r\n]*`
  private func punctuation(_ text: ClassifiedText, _ start: Int) -> Int? {
    let begin = text[start] == " " ? start + 1 : start
    let end = text.end(of: .other, from: begin)
    guard end > begin else { return nil }
    return knowsLineBreaks ? text.end(of: .lineBreak, from: end) : end
  }

  /// `\s*[\r\n]+|\s+(?!\S)|\s+`
  private func space(_ text: ClassifiedText, _ start: Int) -> Int {
    var end = start
    var afterBreak: Int?
    while text.kind(end) == .space || text.kind(end) == .lineBreak {
      end += 1
      if text.kind(end - 1) == .lineBreak { afterBreak = end }
    }
    if knowsLineBreaks, let afterBreak { return afterBreak }
    // Before a word its last white space stays behind, if there is more than one.
    return end < text.count && end - start > 1 ? end - 1 : end
  }
}

/// Code points with what the patterns ask of them.
private struct ClassifiedText {
  enum Kind: UInt8 {
    /// `\p{L}`, `\p{N}`, `[\r\n]`, the rest of `\s`, everything else.
    case letter, number, lineBreak, space, other
  }

  private var scalars: [Unicode.Scalar] = []
  private var kinds: [Kind] = []
  /// Of every code point and of the end, in bytes.
  private(set) var offsets: [Int] = []

  var count: Int { scalars.count }

  init(_ text: ArraySlice<UInt8>) {
    scalars.reserveCapacity(text.count)
    kinds.reserveCapacity(text.count)
    offsets.reserveCapacity(text.count + 1)
    var offset = text.startIndex
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      scalars.append(scalar)
      kinds.append(Self.kind(of: scalar))
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
  }

  subscript(index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  func kind(_ index: Int) -> Kind? { index < kinds.count ? kinds[index] : nil }

  func end(of kind: Kind, from start: Int, atMost limit: Int = .max) -> Int {
    var end = start
    while end < kinds.count, kinds[end] == kind, end - start < limit { end += 1 }
    return end
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x0A, 0x0D: return .lineBreak
    case 0x41...0x5A, 0x61...0x7A, 0xAC00...0xD7A3: return .letter
    case 0x30...0x39: return .number
    case 0x20, 0x09, 0x0B, 0x0C: return .space
    case 0..<0x80: return .other
    default: break
    }
    // The tokenizers library (0.23) knows Unicode 16, Swift 6.3 knows 17.
    guard let age = scalar.properties.age, age.major <= 16 else { return .other }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return scalar.properties.isWhitespace ? .space : .other
    }
  }
}
