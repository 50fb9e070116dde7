import Boundary

/// What is done to text before it is split: the `normalizer` of a `tokenizer.json`.
enum Normalizer: Sendable {
  case form(CanonicalForm)
  case lowercase
  /// Before every text that is not empty.
  case prepend([UInt8])
  case replace([UInt8], with: [UInt8])
  case strip(left: Bool, right: Bool)

  static func steps(_ component: Component) throws(TokenizerDefect) -> [Normalizer] {
    var steps: [Normalizer] = []
    for part in try component.flattened(under: "normalizers") { steps.append(try Normalizer(part)) }
    try checkGrowth(component, steps.map(\.growth))
    return steps
  }

  private init(_ component: Component) throws(TokenizerDefect) {
    switch try component.type() {
    case "NFC": self = .form(.composed)
    case "NFD": self = .form(.decomposed)
    case "NFKC": self = .form(.compatibilityComposed)
    case "NFKD": self = .form(.compatibilityDecomposed)
    case "Lowercase": self = .lowercase
    case "Prepend":
      let prefix = Array(try component["prepend"].string().utf8)
      guard prefix.count <= 64 else { throw component["prepend"].defect("has more than 64 bytes") }
      self = .prepend(prefix)
    case "Replace":
      let (pattern, content) = try Self.replacement(component)
      self = .replace(pattern, with: content)
    case "Strip":
      self = .strip(
        left: try component["strip_left"].bool(), right: try component["strip_right"].bool())
    default:
      throw component["type"].unsupported(
        supporting: "NFC, NFD, NFKC, NFKD, Lowercase, Prepend, Replace, Strip or a Sequence of them"
      )
    }
  }

  /// `pattern` and `content` of a `Replace`, among normalizers or decoders.
  static func replacement(
    _ component: Component
  ) throws(TokenizerDefect) -> (pattern: [UInt8], content: [UInt8]) {
    let pattern = component["pattern"]
    guard pattern.has("String") else {
      throw pattern.unsupported(supporting: "a String pattern in Replace")
    }
    let text = Array(try pattern["String"].string().utf8)
    guard !text.isEmpty else { throw pattern["String"].defect("is empty") }
    return (text, Array(try component["content"].string().utf8))
  }

  /// Replacements multiply: a few lines of JSON could make a gigabyte of a short text.
  /// - Parameter growth: of each step, in bytes out for one in.
  static func checkGrowth(_ component: Component, _ growth: [Int]) throws(TokenizerDefect) {
    guard growth.reduce(1, { min($0 * $1, 1 << 20) }) <= 64 else {
      throw component.defect("its replacements make a text more than 64 times as long")
    }
  }

  private var growth: Int {
    if case .replace(let pattern, let content) = self {
      content.count / pattern.count + 1
    } else {
      1
    }
  }

  func callAsFunction(_ text: [UInt8]) -> [UInt8] {
    switch self {
    case .form(let form):
      return Array(form(String(decoding: text, as: UTF8.self)).utf8)
    case .lowercase:
      var lower = ""
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        lower += scalar.properties.lowercaseMapping
      }
      return Array(lower.utf8)
    case .prepend(let prefix):
      return text.isEmpty ? text : prefix + text
    case .replace(let pattern, let content):
      return text.replacing(pattern, by: content)
    case .strip(let left, let right):
      var scalars = String(decoding: text, as: UTF8.self).unicodeScalars[...]
      while left, let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
      while right, let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
      return Array(String(scalars).utf8)
    }
  }
}

extension Collection where Element == UInt8, Index == Int {
  /// Where `pattern` stands, leftmost first, without overlap.
  func ranges(ofBytes pattern: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var position = startIndex
    while position + pattern.count <= endIndex {
      if self[position] == pattern[0],
        self[position..<position + pattern.count].elementsEqual(pattern)
      {
        found.append(position..<position + pattern.count)
        position += pattern.count
      } else {
        position += 1
      }
    }
    return found
  }
}

extension [UInt8] {
  func replacing(_ pattern: [UInt8], by content: [UInt8]) -> [UInt8] {
    let places = ranges(ofBytes: pattern)
    if places.isEmpty { return self }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var end = 0
    for place in places {
      result += self[end..<place.lowerBound]
      result += content
      end = place.upperBound
    }
    return result + self[end...]
  }
}
