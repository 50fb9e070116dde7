/// The words within a tag.
struct JinjaWords {
  private let source: [Unicode.Scalar]
  private(set) var position: Int
  private(set) var line: Int
  /// Brackets open: within them `}}` closes a dictionary in a dictionary, not the tag.
  private var open: [Unicode.Scalar] = []

  init(source: [Unicode.Scalar], position: Int, line: Int) {
    self.source = source
    self.position = position
    self.line = line
  }

  mutating func skipSpace() {
    while position < source.count, source[position].isPythonSpace {
      if source[position] == "\n" { line += 1 }
      position += 1
    }
  }

  /// Where the tag closes here, its sign; `position` is then at the two closing scalars.
  mutating func closes(with last: Unicode.Scalar) -> Unicode.Scalar? {
    guard open.isEmpty, position < source.count else { return nil }
    var index = position
    var sign: Unicode.Scalar = " "
    // A variable knows no `+}}`.
    if source[index] == "-" || (source[index] == "+" && last == "%") {
      sign = source[index]
      index += 1
    }
    guard index + 1 < source.count, source[index] == last, source[index + 1] == "}" else {
      return nil
    }
    position = index
    return sign
  }

  /// nil at the template's end.
  mutating func next() throws(JinjaProblem) -> JinjaToken? {
    guard position < source.count else { return nil }
    let line = line
    switch source[position] {
    case "0"..."9": return JinjaToken(kind: try number(), line: line)
    case "'", "\"": return JinjaToken(kind: .string(try string()), line: line)
    case let scalar where scalar.isNamePart: return JinjaToken(kind: try name(), line: line)
    default: return JinjaToken(kind: .symbol(try symbol()), line: line)
    }
  }

  private mutating func name() throws(JinjaProblem) -> JinjaToken.Kind {
    let start = position
    while position < source.count, source[position].isNamePart { position += 1 }
    guard source[start..<position].allSatisfy(\.isASCII) else {
      throw .unsupported(line, "a name beyond ASCII")
    }
    return .name(text(start..<position))
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: source[range])
    return String(view)
  }

  private mutating func symbol() throws(JinjaProblem) -> String {
    let first = source[position]
    if position + 1 < source.count {
      let two = text(position..<position + 2)
      if ["//", "**", "==", "!=", ">=", "<="].contains(two) {
        position += 2
        return two
      }
    }
    switch first {
    case "(", "[", "{":
      open.append(first == "(" ? ")" : first == "[" ? "]" : "}")
    case ")", "]", "}":
      guard open.popLast() == first else {
        throw .syntax(line, "'\(first)' closes no bracket")
      }
    case "+", "-", "/", "*", "%", "~", ">", "<", "=", ".", ":", "|", ",", ";": break
    default:
      throw .syntax(line, "'\(String(first))' has no meaning in a tag")
    }
    position += 1
    return String(first)
  }

  // MARK: Numbers

  private mutating func number() throws(JinjaProblem) -> JinjaToken.Kind {
    let start = position
    skipDigits()
    var isFloat = false
    if isScalar(".", at: position), isDigit(at: position + 1), !isScalar(".", at: start - 1) {
      position += 1
      skipDigits()
      isFloat = true
    }
    if isScalar("e", at: position) || isScalar("E", at: position), !isScalar(".", at: start - 1) {
      let sign = isScalar("+", at: position + 1) || isScalar("-", at: position + 1) ? 1 : 0
      if isDigit(at: position + 1 + sign) {
        position += 1 + sign
        skipDigits()
        isFloat = true
      }
    }
    let digits = text(start..<position).replacing("_", with: "")
    // 0x10, 012: jinja2 knows the first and cuts the second in two.
    let isOdd = digits.count > 1 && digits.utf8.first == UInt8(ascii: "0") && !isFloat
    if isOdd && digits.contains(where: { $0 != "0" })
      || position < source.count && source[position].isNamePart
    {
      throw .unsupported(line, "a number that is not written in plain decimals")
    }
    if isFloat, let number = Double(digits) { return .float(number) }
    guard let integer = Int(digits) else {
      throw .unsupported(line, "a whole number of more than 64 bits")
    }
    return .integer(integer)
  }

  /// `\d(_?\d)*`
  private mutating func skipDigits() {
    while isDigit(at: position) || (isScalar("_", at: position) && isDigit(at: position + 1)) {
      position += 1
    }
  }

  private func isDigit(at index: Int) -> Bool {
    index < source.count && ("0"..."9").contains(source[index])
  }

  private func isScalar(_ scalar: Unicode.Scalar, at index: Int) -> Bool {
    index >= 0 && index < source.count && source[index] == scalar
  }

  // MARK: Strings

  /// Escapes as Python's `unicode-escape` codec reads them.
  private mutating func string() throws(JinjaProblem) -> String {
    let opened = line
    let quote = source[position]
    var text = String.UnicodeScalarView()
    position += 1
    while position < source.count, source[position] != quote {
      if source[position] == "\n" { line += 1 }
      if source[position] == "\\" {
        try escape(into: &text)
      } else {
        text.append(source[position])
        position += 1
      }
    }
    guard position < source.count else {
      throw .syntax(opened, "a string is not closed by \(quote)")
    }
    position += 1
    return String(text)
  }

  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{c}", "n": "\n",
    "r": "\r", "t": "\t", "v": "\u{b}",
  ]

  private mutating func escape(into text: inout String.UnicodeScalarView) throws(JinjaProblem) {
    guard position + 1 < source.count else {
      position += 1
      return
    }
    let letter = source[position + 1]
    position += 2
    switch letter {
    case "\n": line += 1
    case "x": text.append(try scalar(digits: 2))
    case "u": text.append(try scalar(digits: 4))
    case "U": text.append(try scalar(digits: 8))
    case "N": throw .unsupported(line, "a character by its name (\\N)")
    case "0"..."7":
      var value = letter.value - 0x30
      for _ in 0..<2 where position < source.count && ("0"..."7").contains(source[position]) {
        value = value * 8 + source[position].value - 0x30
        position += 1
      }
      guard let scalar = Unicode.Scalar(value) else { throw .syntax(line, "no such character") }
      text.append(scalar)
    default:
      if let scalar = Self.escapes[letter] {
        text.append(scalar)
      } else {
        guard letter.isASCII else { throw .unsupported(line, "a backslash before that character") }
        text.append("\\")
        text.append(letter)
      }
    }
  }

  private mutating func scalar(digits: Int) throws(JinjaProblem) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard position < source.count, source[position].isASCII,
        let digit = Character(source[position]).hexDigitValue
      else { throw .syntax(line, "an escape has too few hexadecimal digits") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw .unsupported(line, "an escape of half a surrogate pair or beyond Unicode")
    }
    return scalar
  }
}

extension Unicode.Scalar {
  /// Python's `\w`.
  fileprivate var isNamePart: Bool {
    if isASCII {
      return ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
        || ("0"..."9").contains(self)
    }
    return properties.isAlphabetic || properties.numericType != nil
  }
}
