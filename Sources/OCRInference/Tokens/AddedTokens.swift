import Boundary

/// A token that is recognised in text as it stands, before any splitting.
struct AddedToken: Sendable {
  var id: Int32
  var content: [UInt8]
  /// Swallows white space before it, after it.
  var stripsLeft: Bool
  var stripsRight: Bool
  /// Not recognised inside a word.
  var isSingleWord: Bool
  /// Looked for after normalising instead of before.
  var isNormalized: Bool
  /// Left out of decoded text.
  var isSpecial: Bool

  /// Longer ones would make the search quadratic; published ones have up to 50 bytes.
  static let longest = 1024

  init(_ component: Component) throws(TokenizerDefect) {
    id = Int32(try component["id"].naturalNumber(below: Vocabulary.limit))
    content = Array(try component["content"].string().utf8)
    guard content.count <= Self.longest else {
      throw component["content"].defect("has more than \(Self.longest) bytes")
    }
    stripsLeft = try component["lstrip"].bool(missing: false)
    stripsRight = try component["rstrip"].bool(missing: false)
    isSingleWord = try component["single_word"].bool(missing: false)
    isSpecial = try component["special"].bool(missing: false)
    isNormalized = try component["normalized"].bool(missing: !isSpecial)
  }
}

/// Finds added tokens in text: leftmost first, the longest of those that begin together.
struct AddedTokenSearch: Sendable {
  private var tokens: [AddedToken] = []
  /// A trie over bytes: node and byte to the next node; and which token ends in a node, -1 for none.
  private var edges: [UInt64: Int32] = [:]
  private var ends: [Int32] = [-1]
  private var isFirstByte = [Bool](repeating: false, count: 256)

  init(_ tokens: [AddedToken]) {
    for token in tokens {
      guard let first = token.content.first else { continue }
      isFirstByte[Int(first)] = true
      var node = 0
      for byte in token.content {
        let edge = Self.edge(node, byte)
        if let next = edges[edge] {
          node = Int(next)
        } else {
          node = ends.count
          ends.append(-1)
          edges[edge] = Int32(node)
        }
      }
      // Of two that read the same after normalising, the first.
      guard ends[node] < 0 else { continue }
      ends[node] = Int32(self.tokens.count)
      self.tokens.append(token)
    }
  }

  private static func edge(_ node: Int, _ byte: UInt8) -> UInt64 {
    UInt64(node) << 8 | UInt64(byte)
  }

  enum Section {
    case text(Range<Int>)
    case token(Int32)
  }

  func sections(of text: ArraySlice<UInt8>) -> [Section] {
    if tokens.isEmpty { return text.isEmpty ? [] : [.text(text.indices)] }
    var sections: [Section] = []
    var end = text.startIndex
    var position = text.startIndex
    while position < text.endIndex {
      guard let (token, match) = longestMatch(in: text, at: position) else {
        position += 1
        continue
      }
      position = match.upperBound
      guard !token.isSingleWord || Self.isWord(match, in: text) else { continue }
      var range = match
      if token.stripsLeft {
        let start = text[..<match.lowerBound].endOfTrimmed
        range = max(start, end)..<match.upperBound
      }
      if token.stripsRight {
        range = range.lowerBound..<text[match.upperBound...].startOfTrimmed
      }
      if end < range.lowerBound { sections.append(.text(end..<range.lowerBound)) }
      sections.append(.token(token.id))
      end = range.upperBound
      position = max(position, end)
    }
    if end < text.endIndex { sections.append(.text(end..<text.endIndex)) }
    return sections
  }

  private func longestMatch(
    in text: ArraySlice<UInt8>, at start: Int
  ) -> (AddedToken, Range<Int>)? {
    guard isFirstByte[Int(text[start])] else { return nil }
    var found: (AddedToken, Range<Int>)?
    var node = 0
    var position = start
    while position < text.endIndex, let next = edges[Self.edge(node, text[position])] {
      node = Int(next)
      position += 1
      if ends[node] >= 0 { found = (tokens[Int(ends[node])], start..<position) }
    }
    return found
  }

  private static func isWord(_ match: Range<Int>, in text: ArraySlice<UInt8>) -> Bool {
    let before = text[..<match.lowerBound].lastScalar?.isWordCharacter ?? false
    let after = text[match.upperBound...].firstScalar?.isWordCharacter ?? false
    return !before && !after
  }
}

/// Valid UTF-8 cut at character boundaries.
extension ArraySlice<UInt8> {
  fileprivate var firstScalar: Unicode.Scalar? {
    String(decoding: prefix(4), as: UTF8.self).unicodeScalars.first
  }

  fileprivate var lastScalar: Unicode.Scalar? {
    guard let start = lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return nil }
    return String(decoding: self[start...], as: UTF8.self).unicodeScalars.first
  }

  fileprivate var endOfTrimmed: Int {
    var rest = self
    while let scalar = rest.lastScalar, scalar.properties.isWhitespace {
      rest.removeLast(UTF8.width(scalar))
    }
    return rest.endIndex
  }

  fileprivate var startOfTrimmed: Int {
    var rest = self
    while let scalar = rest.firstScalar, scalar.properties.isWhitespace {
      rest.removeFirst(UTF8.width(scalar))
    }
    return rest.startIndex
  }
}

extension Unicode.Scalar {
  /// `\w` (UTS #18, annex C).
  fileprivate var isWordCharacter: Bool {
    if properties.isAlphabetic || properties.isJoinControl { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      return true
    default: return false
    }
  }
}
