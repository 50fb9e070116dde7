import Boundary

/// How text is cut into the words that merges stay within: the `pre_tokenizer` of a
/// `tokenizer.json`, as steps each of which cuts the pieces of the one before.
enum PreTokenizer: Sendable {
  case split(Matcher, Behavior, inverted: Bool)
  /// A space goes before every piece that begins with none.
  case prefixSpace
  case metaspace(replacement: [UInt8], Prefix, splits: Bool)

  /// What a split looks for.
  enum Matcher: Sendable {
    case pattern(SplitPattern)
    case string([UInt8])
    case digits
    case whitespace
  }

  /// What becomes of a match.
  enum Behavior: String, Sendable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
  }

  enum Prefix: String, Sendable { case always, first, never }

  /// - Returns: the steps, and whether the words are looked up byte by byte (a `ByteLevel` step).
  static func steps(
    _ component: Component
  ) throws(TokenizerDefect) -> (steps: [PreTokenizer], isByteLevel: Bool) {
    var steps: [PreTokenizer] = []
    var isByteLevel = false
    for part in try component.flattened(under: "pretokenizers") {
      // Behind it words are no longer text but GPT-2's alphabet, in which no other step makes sense.
      guard !isByteLevel else { throw part.unsupported(supporting: "ByteLevel as the last step") }
      isByteLevel = try part.type() == "ByteLevel"
      steps += try Self.parsed(part)
    }
    return (steps, isByteLevel)
  }

  private static func parsed(_ part: Component) throws(TokenizerDefect) -> [PreTokenizer] {
    switch try part.type() {
    case "ByteLevel":
      return (try part["add_prefix_space"].bool(missing: true) ? [.prefixSpace] : [])
        + (try part["use_regex"].bool(missing: true)
          ? [.split(.pattern(.gpt2), .isolated, inverted: false)] : [])
    case "Split":
      let behavior = part["behavior"]
      guard let known = Behavior(rawValue: try behavior.string()) else {
        throw behavior.unsupported(
          supporting: "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous")
      }
      return [
        .split(
          try matcher(part["pattern"]), known, inverted: try part["invert"].bool(missing: false))
      ]
    case "Digits":
      let alone = try part["individual_digits"].bool(missing: false)
      return [.split(.digits, alone ? .isolated : .contiguous, inverted: false)]
    case "WhitespaceSplit":
      return [.split(.whitespace, .removed, inverted: false)]
    case "Metaspace":
      return [try metaspace(part)]
    default:
      throw part["type"].unsupported(
        supporting: "ByteLevel, Split, Digits, WhitespaceSplit, Metaspace or a Sequence of them")
    }
  }

  private static func matcher(_ pattern: Component) throws(TokenizerDefect) -> Matcher {
    if pattern.has("String") {
      let text = Array(try pattern["String"].string().utf8)
      guard !text.isEmpty else { throw pattern["String"].defect("is empty") }
      return .string(text)
    }
    let regex = pattern["Regex"]
    guard let known = SplitPattern.published(as: try regex.string()) else {
      throw regex.unsupported(supporting: "the regular expression of GPT-2, Qwen2 or Llama 3")
    }
    return .pattern(known)
  }

  private static func metaspace(_ part: Component) throws(TokenizerDefect) -> PreTokenizer {
    .metaspace(
      replacement: Array(String(try part["replacement"].scalar()).utf8),
      try Prefix(metaspace: part), splits: try part["split"].bool(missing: true))
  }

  // MARK: Cutting

  /// - Parameter isFirst: whether the piece begins the whole text.
  func callAsFunction(_ piece: ArraySlice<UInt8>, isFirst: Bool) -> [ArraySlice<UInt8>] {
    switch self {
    case .split(let matcher, let behavior, let inverted):
      return Self.cut(piece, at: matcher.matches(in: piece), behavior, inverted: inverted)
    case .prefixSpace:
      return piece.first == UInt8(ascii: " ") ? [piece] : [[UInt8(ascii: " ")] + piece]
    case .metaspace(let replacement, let prefix, let splits):
      var text = Array(piece).replacing([UInt8(ascii: " ")], by: replacement)
      if prefix == .always || (prefix == .first && isFirst), !text.starts(with: replacement) {
        text = replacement + text
      }
      guard splits else { return [text[...]] }
      return Self.cut(
        text[...], at: Matcher.string(replacement).matches(in: text[...]), .mergedWithNext,
        inverted: false)
    }
  }

  /// `matches` in order; what lies between them are pieces too.
  private static func cut(
    _ text: ArraySlice<UInt8>, at matches: [Range<Int>], _ behavior: Behavior, inverted: Bool
  ) -> [ArraySlice<UInt8>] {
    var spans: [(range: Range<Int>, isMatch: Bool)] = []
    var end = text.startIndex
    for match in matches {
      if end < match.lowerBound { spans.append((end..<match.lowerBound, inverted)) }
      spans.append((match, !inverted))
      end = match.upperBound
    }
    if end < text.endIndex { spans.append((end..<text.endIndex, inverted)) }

    var pieces: [Range<Int>] = []
    var wasMatch: Bool?
    for (index, span) in spans.enumerated() {
      let joins: Bool
      switch behavior {
      case .removed:
        if !span.isMatch { pieces.append(span.range) }
        continue
      case .isolated: joins = false
      case .contiguous: joins = wasMatch == span.isMatch
      // A second match in a row stands alone.
      case .mergedWithPrevious: joins = span.isMatch && wasMatch == false
      case .mergedWithNext: joins = !span.isMatch && wasMatch == true
      }
      if joins, index > 0 {
        pieces[pieces.count - 1] = pieces[pieces.count - 1].lowerBound..<span.range.upperBound
      } else {
        pieces.append(span.range)
      }
      wasMatch = span.isMatch
    }
    return pieces.map { text[$0] }
  }
}

extension PreTokenizer.Prefix {
  /// `prepend_scheme`, or `add_prefix_space` in older files.
  init(metaspace part: Component) throws(TokenizerDefect) {
    let scheme = part["prepend_scheme"]
    if scheme.isNull {
      self = try part["add_prefix_space"].bool(missing: true) ? .always : .never
      return
    }
    guard let known = Self(rawValue: try scheme.string()) else {
      throw scheme.unsupported(supporting: "always, first or never")
    }
    self = known
  }
}

extension PreTokenizer.Matcher {
  func matches(in text: ArraySlice<UInt8>) -> [Range<Int>] {
    switch self {
    case .pattern(let pattern): pattern.words(text)
    case .string(let string): text.ranges(ofBytes: string)
    case .digits: scalars(of: text) { $0.properties.isNumber }
    case .whitespace: scalars(of: text) { $0.properties.isWhitespace }
    }
  }

  private func scalars(
    of text: ArraySlice<UInt8>, where matches: (Unicode.Scalar) -> Bool
  ) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var offset = text.startIndex
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let end = offset + UTF8.width(scalar)
      if matches(scalar) { found.append(offset..<end) }
      offset = end
    }
    return found
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isNumber: Bool {
    switch generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: true
    default: false
    }
  }
}
