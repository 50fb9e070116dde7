/// Reads one JSON text (RFC 8259) strictly: valid UTF-8, no key twice, no lone surrogate, nothing
/// after the value, bounded depth.
///
/// Foundation's decoder lets repeated keys pass, and names a place only by its path.
struct JSONReading {
  /// A document needs five levels; the rest is room for `meta`.
  static let maximumDepth = 32

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  static func value(of bytes: ArraySlice<UInt8>) throws(JSONSyntaxError) -> JSONValue {
    try bytes.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) in
      if let offset = invalidUTF8(in: buffer) {
        throw JSONSyntaxError(offset: offset, problem: "the text is not UTF-8")
      }
      var reading = JSONReading(bytes: buffer)
      let value = try reading.value(depth: 0)
      reading.skipWhiteSpace()
      guard reading.position == buffer.count else { throw reading.error("text after the value") }
      return value
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private static func invalidUTF8(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += scalar.count }
    return offset
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    skipWhiteSpace()
    guard position < bytes.count else { throw error("the line ends where a value should stand") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: try deeper(depth))
    case UInt8(ascii: "["): return try array(depth: try deeper(depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), 0x30...0x39: return try number()
    case UInt8(ascii: "t"): return try literal("true", .boolean)
    case UInt8(ascii: "f"): return try literal("false", .boolean)
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: throw error("this starts no value")
    }
  }

  private func deeper(_ depth: Int) throws(JSONSyntaxError) -> Int {
    guard depth < Self.maximumDepth else {
      throw error("nested deeper than \(Self.maximumDepth) levels")
    }
    return depth + 1
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var members: [String: JSONValue] = [:]
    position += 1
    skipWhiteSpace()
    if take("}") { return .object(members) }
    repeat {
      skipWhiteSpace()
      let start = position
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw error("a key in quotes should stand here")
      }
      let key = try string()
      skipWhiteSpace()
      guard take(":") else { throw error("a \":\" should stand here") }
      let value = try value(depth: depth)
      guard members.updateValue(value, forKey: key) == nil else {
        throw JSONSyntaxError(offset: start, problem: "a key stands twice")
      }
      skipWhiteSpace()
    } while take(",")
    guard take("}") else { throw error("a \",\" or \"}\" should stand here") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var elements: [JSONValue] = []
    position += 1
    skipWhiteSpace()
    if take("]") { return .array(elements) }
    repeat {
      elements.append(try value(depth: depth))
      skipWhiteSpace()
    } while take(",")
    guard take("]") else { throw error("a \",\" or \"]\" should stand here") }
    return .array(elements)
  }

  private mutating func literal(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard position + index < bytes.count, bytes[position + index] == word.utf8Start[index] else {
        throw error("this starts no value")
      }
    }
    position += word.utf8CodeUnitCount
    return value
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = position
    _ = take("-")
    let first = position
    skipDigits()
    guard position > first, bytes[first] != UInt8(ascii: "0") || position == first + 1 else {
      throw JSONSyntaxError(offset: start, problem: "this is no number of JSON's")
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      _ = take("+") || take("-")
      try digits()
    }
    guard isWhole, let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      return .number
    }
    return .integer(value)
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = position
    skipDigits()
    if position == start { throw error("a digit should stand here") }
  }

  // MARK: Strings

  private mutating func string() throws(JSONSyntaxError) -> String {
    let start = position
    let text = try unescapedString()
    guard text.isStreamSafe else {
      throw JSONSyntaxError(offset: start, problem: "more than 30 combining marks in a row")
    }
    return text
  }

  private mutating func unescapedString() throws(JSONSyntaxError) -> String {
    position += 1
    let start = position
    skipPlainText()
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      defer { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        text.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20:
        throw error("a control character in a string; write it as \\n, \\t or \\u0000")
      default:
        let plain = position
        skipPlainText()
        text.append(contentsOf: bytes[plain..<position])
      }
    }
    throw error("the line ends inside a string")
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    guard position < bytes.count else { throw error("the line ends inside a string") }
    defer { position += 1 }
    switch bytes[position] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("no escape starts so")
    }
  }

  /// From the `u`, and to the last digit: of the second escape, where two make one scalar.
  private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = position - 1
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if UTF16.isLeadSurrogate(first), position + 2 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "\\"), bytes[position + 2] == UInt8(ascii: "u")
    {
      position += 2
      let second = try codeUnit()
      if UTF16.isTrailSurrogate(second) {
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
      }
    }
    throw JSONSyntaxError(offset: start, problem: "half a surrogate pair")
  }

  private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
    guard position + 4 < bytes.count else { throw error("the line ends inside an escape") }
    var unit: UInt16 = 0
    for index in 1...4 {
      guard let digit = Character(Unicode.Scalar(bytes[position + index])).hexDigitValue else {
        throw error("four hexadecimal digits should follow")
      }
      unit = unit << 4 | UInt16(digit)
    }
    position += 4
    return unit
  }

  // MARK: Scanning

  private func error(_ problem: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: position, problem: problem)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipWhiteSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func skipDigits() {
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
  }

  private mutating func skipPlainText() {
    while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
      bytes[position] != UInt8(ascii: "\\")
    {
      position += 1
    }
  }
}

extension String {
  /// No more than 30 combining marks in a row, as in Unicode's Stream-Safe Text Format (UAX #15,
  /// section 13). Normalising sorts them in quadratic time, and so do Swift's `==` and hash: a
  /// megabyte of them would take hours.
  fileprivate var isStreamSafe: Bool {
    var run = 0
    for scalar in unicodeScalars {
      let isSettled = scalar.value < 0x300 || (0xac00...0xd7a3).contains(scalar.value)
      run = isSettled || scalar.properties.canonicalCombiningClass == .notReordered ? 0 : run + 1
      if run > 30 { return false }
    }
    return true
  }
}
