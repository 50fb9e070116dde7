/// Cuts a template into tokens as jinja2's `Lexer.tokeniter` does with `trim_blocks` and
/// `lstrip_blocks` set: the newline after a block goes, and so does the white space before a block
/// that stands first on its line; `-` takes all white space on its side, `+` keeps it.
struct JinjaLexer {
  private let source: [Unicode.Scalar]
  private var position = 0
  private var line = 1
  /// Whether the scalar before the text under way ends a line (or is none).
  private var startsLine = true
  private var tokens: [JinjaToken] = []

  static func tokens(of source: String) throws(JinjaProblem) -> [JinjaToken] {
    var lexer = JinjaLexer(source: source)
    try lexer.template()
    return lexer.tokens
  }

  /// Newlines become `\n`, and the template's last one is dropped.
  private init(source text: String) {
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(text.utf8.count)
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        scalars.append("\n")
      } else if !(scalar == "\n" && afterReturn) {
        scalars.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    if scalars.last == "\n" { scalars.removeLast() }
    source = scalars
  }

  // MARK: Text

  private mutating func template() throws(JinjaProblem) {
    while position < source.count {
      let start = position
      while position < source.count, !isTag(at: position) { position += 1 }
      guard position < source.count else {
        add(data: source[start...], from: line)
        break
      }
      let isVariable = source[position + 1] == "{"
      let text = trimmed(source[start..<position], keepsIndent: isVariable)
      let textLine = line
      line += newlines(source[start..<position])
      add(data: text, from: textLine)
      startsLine = false
      switch source[position + 1] {
      case "#": try comment()
      case "%" where try raw(): break
      default: try tag(isVariable: isVariable)
      }
    }
    tokens.append(JinjaToken(kind: .end, line: line))
  }

  private func isTag(at index: Int) -> Bool {
    guard source[index] == "{", index + 1 < source.count else { return false }
    return source[index + 1] == "{" || source[index + 1] == "%" || source[index + 1] == "#"
  }

  /// The text before the tag at `position`, without the white space that the tag takes.
  private func trimmed(_ text: ArraySlice<Unicode.Scalar>, keepsIndent: Bool)
    -> ArraySlice<Unicode.Scalar>
  {
    let sign = position + 2 < source.count ? source[position + 2] : nil
    if sign == "-" {
      let end = text.lastIndex { !$0.isPythonSpace }.map { $0 + 1 } ?? text.startIndex
      return text[..<end]
    }
    if sign == "+" || keepsIndent { return text }
    let newline = text.lastIndex(of: "\n")
    guard newline != nil || startsLine else { return text }
    let indent = newline.map { $0 + 1 } ?? text.startIndex
    return text[indent...].allSatisfy(\.isPythonSpace) ? text[..<indent] : text
  }

  private mutating func add(data: ArraySlice<Unicode.Scalar>, from line: Int) {
    guard !data.isEmpty else { return }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: data)
    tokens.append(JinjaToken(kind: .data(String(text)), line: line))
  }

  private func newlines(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    text.reduce(0) { $0 + ($1 == "\n" ? 1 : 0) }
  }

  private mutating func advance(to end: Int) {
    line += newlines(source[position..<end])
    position = end
  }

  // MARK: Comments and raw blocks

  private mutating func comment() throws(JinjaProblem) {
    var end = position + 2
    while end + 1 < source.count, source[end] != "#" || source[end + 1] != "}" { end += 1 }
    guard end + 1 < source.count else {
      throw .syntax(line, "a comment is not closed by '#}'")
    }
    // `{#-}` opens with the sign; only a sign of its own closes.
    let hasSign = source[position + 2] == "-" || source[position + 2] == "+"
    let sign = end > position + (hasSign ? 3 : 2) ? source[end - 1] : " "
    advance(to: end)
    try close(sign: sign, trimsNewline: true)
  }

  /// Past `#}`, `%}` or `}}` at `position` and the white space that goes with it.
  private mutating func close(sign: Unicode.Scalar, trimsNewline: Bool) throws(JinjaProblem) {
    var end = position + 2
    if sign == "-" {
      while end < source.count, source[end].isPythonSpace { end += 1 }
    } else if trimsNewline, sign != "+", end < source.count, source[end] == "\n" {
      end += 1
    }
    startsLine = source[end - 1] == "\n"
    advance(to: end)
  }

  /// `{% raw %}`...`{% endraw %}`; false where the tag at `position` is another.
  private mutating func raw() throws(JinjaProblem) -> Bool {
    guard let open = wordTag("raw", at: position), open.sign != "+" else { return false }
    let opened = line
    var start = open.end
    if open.sign == "-" {
      while start < source.count, source[start].isPythonSpace { start += 1 }
    }
    startsLine = source[start - 1] == "\n"
    advance(to: start)
    var index = position
    while index < source.count {
      if source[index] == "{", let end = wordTag("endraw", at: index) {
        let begin = position
        position = index
        let text = trimmed(source[begin..<index], keepsIndent: false)
        let textLine = line
        line += newlines(source[begin..<index])
        add(data: text, from: textLine)
        advance(to: end.end - 2)
        try close(sign: end.sign, trimsNewline: true)
        return true
      }
      index += 1
    }
    throw .syntax(opened, "a raw block is not closed by '{% endraw %}'")
  }

  /// Where a tag of that one word ends, and its closing sign.
  private func wordTag(_ word: String, at start: Int) -> (end: Int, sign: Unicode.Scalar)? {
    var index = start + 1
    guard index < source.count, source[index] == "%" else { return nil }
    index += 1
    if index < source.count, source[index] == "-" || source[index] == "+" { index += 1 }
    while index < source.count, source[index].isPythonSpace { index += 1 }
    for scalar in word.unicodeScalars {
      guard index < source.count, source[index] == scalar else { return nil }
      index += 1
    }
    while index < source.count, source[index].isPythonSpace { index += 1 }
    var sign: Unicode.Scalar = " "
    if index < source.count, source[index] == "-" || source[index] == "+" {
      sign = source[index]
      index += 1
    }
    guard index + 1 < source.count, source[index] == "%", source[index + 1] == "}" else {
      return nil
    }
    return (index + 2, sign)
  }

  // MARK: Within a tag

  private mutating func tag(isVariable: Bool) throws(JinjaProblem) {
    let opened = line
    tokens.append(JinjaToken(kind: isVariable ? .variableBegin : .blockBegin, line: line))
    position += 2
    if position < source.count, source[position] == "-" || source[position] == "+" {
      position += 1
    }
    var words = JinjaWords(source: source, position: position, line: line)
    let last: Unicode.Scalar = isVariable ? "}" : "%"
    while true {
      words.skipSpace()
      if let sign = words.closes(with: last) {
        tokens.append(
          JinjaToken(kind: isVariable ? .variableEnd : .blockEnd, line: words.line))
        position = words.position
        line = words.line
        try close(sign: sign, trimsNewline: !isVariable)
        return
      }
      guard let token = try words.next() else {
        throw .syntax(opened, "a tag is not closed by '\(isVariable ? "}}" : "%}")'")
      }
      tokens.append(token)
    }
  }
}

extension Unicode.Scalar {
  /// As Python's `str.isspace`: Unicode's white space and the four separators of ASCII.
  var isPythonSpace: Bool {
    if value < 0x80 { return (0x09...0x0d).contains(value) || (0x1c...0x20).contains(value) }
    return properties.isWhitespace
  }
}
