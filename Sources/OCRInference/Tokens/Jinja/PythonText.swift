// What Python's `str` does, where Swift's String, which goes by grapheme, does otherwise.

extension String {
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self = String(view)
  }

  var pythonSpaceTrimmed: String { stripped(of: nil, left: true, right: true) }

  /// - Parameter set: what goes; nil for white space.
  func stripped(of set: String?, left: Bool, right: Bool) -> String {
    let unwanted = set.map { Set($0.unicodeScalars) }
    func goes(_ scalar: Unicode.Scalar) -> Bool {
      unwanted?.contains(scalar) ?? scalar.isPythonSpace
    }
    var rest = unicodeScalars[...]
    if left { rest = rest.drop(while: goes) }
    if right {
      while let last = rest.last, goes(last) { rest.removeLast() }
    }
    return String(rest)
  }

  /// Where `other`, which is not empty, begins in the UTF-8, without overlap, from the left
  /// (Knuth, Morris and Pratt: linear also for a hostile text).
  static func places(of other: [UInt8], in text: [UInt8], limit: Int? = nil) -> [Int] {
    var borders = [0]
    var matched = 0
    for index in other.indices.dropFirst() {
      while matched > 0, other[index] != other[matched] { matched = borders[matched - 1] }
      if other[index] == other[matched] { matched += 1 }
      borders.append(matched)
    }
    var places: [Int] = []
    matched = 0
    for index in text.indices {
      if let limit, places.count >= limit { break }
      while matched > 0, text[index] != other[matched] { matched = borders[matched - 1] }
      if text[index] == other[matched] { matched += 1 }
      if matched == other.count {
        places.append(index + 1 - matched)
        matched = 0
      }
    }
    return places
  }

  func hasText(_ other: String) -> Bool {
    other.isEmpty || !String.places(of: Array(other.utf8), in: Array(utf8), limit: 1).isEmpty
  }

  func begins(with other: String) -> Bool { utf8.starts(with: other.utf8) }

  func ends(with other: String) -> Bool {
    utf8.count >= other.utf8.count && utf8.suffix(other.utf8.count).elementsEqual(other.utf8)
  }

  /// `text.split(separator, limit)` for a separator that is not empty.
  func pieces(around separator: String, limit: Int?) -> [String] {
    let text = Array(utf8)
    let other = Array(separator.utf8)
    var pieces: [String] = []
    var start = 0
    for place in String.places(of: other, in: text, limit: limit) {
      pieces.append(String(decoding: text[start..<place], as: UTF8.self))
      start = place + other.count
    }
    pieces.append(String(decoding: text[start...], as: UTF8.self))
    return pieces
  }

  /// `text.rsplit(separator, limit)`: the rightmost cuts, which lie otherwise where they overlap.
  func piecesFromTheEnd(around separator: String, limit: Int?) -> [String] {
    let reversed = String(scalars: unicodeScalars.reversed())
      .pieces(around: String(scalars: separator.unicodeScalars.reversed()), limit: limit)
    return reversed.reversed().map { String(scalars: $0.unicodeScalars.reversed()) }
  }

  /// `text.split(None, limit)`: runs of white space part the words.
  func words(limit: Int?) -> [String] {
    var words: [String] = []
    var rest = unicodeScalars.drop(while: \.isPythonSpace)
    while !rest.isEmpty {
      if let limit, words.count >= limit {
        words.append(String(rest).stripped(of: nil, left: false, right: true))
        break
      }
      let end = rest.firstIndex(where: \.isPythonSpace) ?? rest.endIndex
      words.append(String(rest[..<end]))
      rest = rest[end...].drop(while: \.isPythonSpace)
    }
    return words
  }

  /// `text.replace(old, new, limit)`.
  func replaced(_ old: String, by new: String, limit: Int?) -> String {
    guard old.isEmpty else {
      return pieces(around: old, limit: limit).joined(separator: new)
    }
    var text = String.UnicodeScalarView()
    var count = 0
    func isLeft() -> Bool { limit.map { count < $0 } ?? true }
    for scalar in unicodeScalars {
      if isLeft() {
        text.append(contentsOf: new.unicodeScalars)
        count += 1
      }
      text.append(scalar)
    }
    if isLeft() { text.append(contentsOf: new.unicodeScalars) }
    return String(text)
  }

  /// `str.splitlines`.
  var pythonLines: [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var isAfterReturn = false
    var isOpen = false
    for scalar in unicodeScalars {
      if scalar == "\n", isAfterReturn {
        isAfterReturn = false
        continue
      }
      isAfterReturn = scalar == "\r"
      switch scalar {
      case "\n", "\r", "\u{b}", "\u{c}", "\u{1c}", "\u{1d}", "\u{1e}", "\u{85}", "\u{2028}",
        "\u{2029}":
        lines.append(String(line))
        line = String.UnicodeScalarView()
        isOpen = false
      default:
        line.append(scalar)
        isOpen = true
      }
    }
    if isOpen { lines.append(String(line)) }
    return lines
  }

  // MARK: Case

  var pythonUpper: String {
    unicodeScalars.reduce(into: "") { $0 += $1.properties.uppercaseMapping }
  }

  var pythonLower: String { lowered(unicodeScalars[...]) }

  /// A sigma that ends a word becomes the final one, as in Python.
  private func lowered(_ text: Substring.UnicodeScalarView) -> String {
    var lower = ""
    for index in text.indices {
      let isFinal =
        text[index] == "Σ" && hasCased(unicodeScalars[..<index].reversed())
        && !hasCased(unicodeScalars[unicodeScalars.index(after: index)...])
      lower += isFinal ? "ς" : text[index].properties.lowercaseMapping
    }
    return lower
  }

  private func hasCased(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    for scalar in scalars where !scalar.properties.isCaseIgnorable {
      return scalar.properties.isCased
    }
    return false
  }

  var pythonCapitalized: String {
    guard let first = unicodeScalars.first else { return "" }
    return first.properties.titlecaseMapping + lowered(unicodeScalars.dropFirst())
  }

  /// `str.title`: what follows no letter is raised, an apostrophe being none.
  var pythonTitle: String {
    var title = ""
    var isAfterCased = false
    for index in unicodeScalars.indices {
      let scalar = unicodeScalars[index]
      if isAfterCased {
        title += lowered(unicodeScalars[index...index])
      } else {
        title += scalar.properties.titlecaseMapping
      }
      isAfterCased = scalar.properties.isCased
    }
    return title
  }

  /// jinja2's `title` filter, which raises what follows white space, `-` or an opening bracket.
  var jinjaTitle: String {
    var title = ""
    var word = String.UnicodeScalarView()
    func raised(_ word: String.UnicodeScalarView) -> String {
      guard let first = word.first else { return "" }
      return first.properties.uppercaseMapping + String(word.dropFirst()).pythonLower
    }
    for scalar in unicodeScalars {
      let isBreak =
        scalar.isPythonSpace || ["-", "(", "{", "[", "<"].contains(scalar)
      if isBreak {
        title += raised(word)
        title.unicodeScalars.append(scalar)
        word = String.UnicodeScalarView()
      } else {
        word.append(scalar)
      }
    }
    return title + raised(word)
  }
}

extension Double {
  /// Python's `repr`: the shortest digits that read back, with an exponent from 1e16 on and below
  /// 1e-4.
  var pythonText: String {
    if isNaN { return "nan" }
    if isInfinite { return self < 0 ? "-inf" : "inf" }
    let swift = description
    if magnitude >= 1e16, !swift.contains("e") {
      // Swift writes whole numbers out up to 2^54, which is 1.8e16.
      var digits = String(swift.dropLast(2))
      let sign = digits.hasPrefix("-") ? "-" : ""
      digits = String(digits.dropFirst(sign.count))
      let exponent = digits.count - 1
      let rest = String(digits.dropFirst()).stripped(of: "0", left: false, right: true)
      return sign + digits.prefix(1) + (rest.isEmpty ? "" : ".") + rest + "e+\(exponent)"
    }
    guard let mark = swift.firstIndex(of: "e") else { return swift }
    var mantissa = swift[..<mark]
    if mantissa.hasSuffix(".0") { mantissa = mantissa.dropLast(2) }
    let exponent = swift[swift.index(after: mark)...]
    let sign = exponent.hasPrefix("-") ? "-" : "+"
    let digits = exponent.drop { $0 == "-" || $0 == "+" }
    return mantissa + "e" + sign + (digits.count < 2 ? "0" : "") + digits
  }
}
