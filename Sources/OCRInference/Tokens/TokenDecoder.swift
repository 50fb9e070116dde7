import Boundary

/// How tokens become text again: the `decoder` of a `tokenizer.json`, as steps that tokens pass
/// through one after another.
enum TokenDecoder: Sendable {
  /// GPT-2's alphabet back to bytes, and these to text: U+FFFD for what is no UTF-8.
  case byteLevel
  /// Runs of `<0xE0>`-like tokens to text; a run that is no UTF-8 gives one U+FFFD a byte.
  case byteFallback
  case metaspace(replacement: Unicode.Scalar, dropsFirst: Bool)
  case replace([UInt8], with: [UInt8])
  /// Up to so many of one character from both ends: of every token, or of the text once it is one.
  case strip(Unicode.Scalar, start: Int, stop: Int)
  case stripText(Unicode.Scalar, start: Int, stop: Int)
  /// What a file without a decoder means.
  case spaceBetween

  static func steps(_ component: Component) throws(TokenizerDefect) -> [TokenDecoder] {
    if component.isNull { return [.spaceBetween] }
    var steps: [TokenDecoder] = []
    var isText = false
    for part in try component.flattened(under: "decoders") {
      switch try part.type() {
      case "Fuse":
        isText = true
      case "Strip":
        let content = try part["content"].scalar()
        let start = try part["start"].naturalNumber(below: 1024)
        let stop = try part["stop"].naturalNumber(below: 1024)
        steps.append(
          isText
            ? .stripText(content, start: start, stop: stop)
            : .strip(content, start: start, stop: stop))
      case "Replace":
        let (pattern, content) = try Normalizer.replacement(part)
        // A longer one might lie across two tokens of a text that is being streamed.
        guard !isText || String(decoding: pattern, as: UTF8.self).unicodeScalars.count == 1 else {
          throw part["pattern"].unsupported(supporting: "one character in Replace after Fuse")
        }
        steps.append(.replace(pattern, with: content))
      case let type:
        guard !isText else {
          throw part["type"].unsupported(supporting: "Strip or Replace after Fuse and ByteLevel")
        }
        steps.append(try perToken(type, part))
        isText = type == "ByteLevel"
      }
    }
    try Normalizer.checkGrowth(
      component,
      steps.map {
        guard case .replace(let pattern, let content) = $0 else { return 1 }
        return content.count / pattern.count + 1
      })
    return steps
  }

  private static func perToken(
    _ type: String, _ part: Component
  ) throws(TokenizerDefect) -> TokenDecoder {
    switch type {
    case "ByteLevel": return .byteLevel
    case "ByteFallback": return .byteFallback
    case "Metaspace":
      return .metaspace(
        replacement: try part["replacement"].scalar(),
        dropsFirst: try PreTokenizer.Prefix(metaspace: part) != .never)
    default:
      throw part["type"].unsupported(
        supporting: "ByteLevel, ByteFallback, Fuse, Metaspace, Replace, Strip or a Sequence of them"
      )
    }
  }
}

/// One step of a decoder at work: pieces in, pieces out, what may still change held back.
struct DecodingStep {
  private let kind: TokenDecoder
  private var held: [UInt8] = []
  private var isFirst = true
  /// How many characters of a text's start may still be stripped.
  private var toStrip = 0

  /// Whether bytes of former tokens are still to come out.
  var isHolding: Bool { !held.isEmpty }

  init(_ kind: TokenDecoder) {
    self.kind = kind
    if case .stripText(_, let start, _) = kind { toStrip = start }
  }

  mutating func push(_ piece: [UInt8]) -> [[UInt8]] {
    defer { isFirst = false }
    switch kind {
    case .byteLevel:
      held += ByteAlphabet.bytes(of: piece)
      return [takeCompleteCharacters()]
    case .byteFallback:
      if let byte = Self.fallbackByte(piece) {
        held.append(byte)
        return []
      }
      return finish() + [piece]
    case .metaspace(let replacement, let dropsFirst):
      let space: [UInt8] = isFirst && dropsFirst ? [] : [UInt8(ascii: " ")]
      return [piece.replacing(Array(String(replacement).utf8), by: space)]
    case .replace(let pattern, let content):
      return [piece.replacing(pattern, by: content)]
    case .strip(let content, let start, let stop):
      return [Self.stripped(piece, of: content, start: start, stop: stop)]
    case .stripText(let content, _, let stop):
      return [strippedText(piece, of: content, stop: stop)]
    case .spaceBetween:
      return [isFirst ? piece : [UInt8(ascii: " ")] + piece]
    }
  }

  mutating func finish() -> [[UInt8]] {
    defer { held = [] }
    guard !held.isEmpty else { return [] }
    switch kind {
    case .byteLevel:
      return [Array(String(decoding: held, as: UTF8.self).utf8)]
    case .byteFallback:
      if String(validating: held, as: UTF8.self) != nil { return [held] }
      return [[UInt8]](repeating: Array("\u{FFFD}".utf8), count: held.count)
    default:
      // What was left to strip from the end.
      return []
    }
  }

  // MARK: Bytes

  private mutating func takeCompleteCharacters() -> [UInt8] {
    let complete = held.count - held.incompleteUTF8Tail
    let text = String(decoding: held[..<complete], as: UTF8.self)
    held.removeFirst(complete)
    return Array(text.utf8)
  }

  /// `<0x0A>` is 10.
  private static func fallbackByte(_ token: [UInt8]) -> UInt8? {
    guard token.count == 6, token.starts(with: "<0x".utf8), token[5] == UInt8(ascii: ">") else {
      return nil
    }
    guard token[3] != UInt8(ascii: "+"), token[3] != UInt8(ascii: "-") else { return nil }
    return UInt8(String(decoding: token[3...4], as: UTF8.self), radix: 16)
  }

  // MARK: Stripping

  private static func stripped(
    _ token: [UInt8], of content: Unicode.Scalar, start: Int, stop: Int
  ) -> [UInt8] {
    var scalars = String(decoding: token, as: UTF8.self).unicodeScalars[...]
    for _ in 0..<start where scalars.first == content { scalars.removeFirst() }
    for _ in 0..<stop where scalars.last == content { scalars.removeLast() }
    return Array(String(scalars).utf8)
  }

  private mutating func strippedText(
    _ piece: [UInt8], of content: Unicode.Scalar, stop: Int
  ) -> [UInt8] {
    var scalars = String(decoding: piece, as: UTF8.self).unicodeScalars[...]
    while toStrip > 0, let first = scalars.first {
      guard first == content else {
        toStrip = 0
        break
      }
      scalars.removeFirst()
      toStrip -= 1
    }
    if stop == 0 { return Array(String(scalars).utf8) }
    var text = String(decoding: held, as: UTF8.self).unicodeScalars
    text.append(contentsOf: scalars)
    let tail = text.reversed().prefix(stop).prefix { $0 == content }.count
    held = Array(String(String.UnicodeScalarView(text.suffix(tail))).utf8)
    return Array(String(String.UnicodeScalarView(text.dropLast(tail))).utf8)
  }
}

extension [UInt8] {
  /// How many bytes at the end begin a character that more bytes could finish: 0 to 3.
  fileprivate var incompleteUTF8Tail: Int {
    for length in 1...3 where length <= count {
      let byte = self[count - length]
      if byte & 0xC0 == 0x80 { continue }
      let needed =
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
      return needed > length ? length : 0
    }
    return 0
  }
}
