extension JSONValue {
  /// How deep arrays and objects may lie in each other: a document needs five levels, the rest is
  /// room for what its author adds.
  package static let maximumDepth = 32

  /// Reads one JSON text: valid UTF-8, no lone surrogate, nothing after the value, bounded depth.
  package init(
    parsing bytes: ArraySlice<UInt8>, rules: JSONRules = .standard
  ) throws(JSONSyntaxError) {
    self = try bytes.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) in
      var parser = JSONParser(bytes: buffer, rules: rules)
      return try parser.document()
    }
  }

  package init(parsing text: String, rules: JSONRules = .standard) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8)[...], rules: rules)
  }
}

private struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let rules: JSONRules
  private var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>, rules: JSONRules) {
    self.bytes = bytes
    self.rules = rules
  }

  mutating func document() throws(JSONSyntaxError) -> JSONValue {
    if let offset = Self.invalidUTF8(in: bytes) {
      throw JSONSyntaxError(offset: offset, problem: .notUTF8)
    }
    let value = try value(depth: 0)
    skipWhiteSpace()
    guard position == bytes.count else { throw error(.textAfterValue) }
    return value
  }

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
    guard position < bytes.count else { throw error(.textEnds) }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: try deeper(depth))
    case UInt8(ascii: "["): return try array(depth: try deeper(depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), 0x30...0x39: return try number()
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: throw error(.noValue)
    }
  }

  private func deeper(_ depth: Int) throws(JSONSyntaxError) -> Int {
    guard depth < JSONValue.maximumDepth else {
      throw error(.tooDeep)
    }
    return depth + 1
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var members: [JSONValue.Member] = []
    var keys = Set<String>()
    position += 1
    skipWhiteSpace()
    if take("}") { return .object(members) }
    repeat {
      skipWhiteSpace()
      let start = position
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw error(.noKey)
      }
      let key = try string()
      if rules == .strict, !keys.insert(key).inserted {
        throw JSONSyntaxError(offset: start, problem: .repeatedKey)
      }
      skipWhiteSpace()
      guard take(":") else { throw error(.noColon) }
      members.append(JSONValue.Member(key: key, value: try value(depth: depth)))
      skipWhiteSpace()
    } while take(",")
    guard take("}") else { throw error(.noCommaOr("}")) }
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
    guard take("]") else { throw error(.noCommaOr("]")) }
    return .array(elements)
  }

  private mutating func literal(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard position + index < bytes.count, bytes[position + index] == word.utf8Start[index] else {
        throw error(.noValue)
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
      throw JSONSyntaxError(offset: start, problem: .noNumber)
    }
    if take(".") { try digits() }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = position
    skipDigits()
    if position == start { throw error(.noDigit) }
  }

  // MARK: Strings

  private mutating func string() throws(JSONSyntaxError) -> String {
    let start = position
    let text = try unescapedString()
    guard rules != .strict || text.isStreamSafe else {
      throw JSONSyntaxError(offset: start, problem: .manyCombiningMarks)
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
        throw error(.controlCharacter)
      default:
        let plain = position
        skipPlainText()
        text.append(contentsOf: bytes[plain..<position])
      }
    }
    throw error(.unfinishedString)
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    guard position < bytes.count else { throw error(.unfinishedString) }
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
    default: throw error(.unknownEscape)
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
    throw JSONSyntaxError(offset: start, problem: .halfSurrogatePair)
  }

  private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
    guard position + 4 < bytes.count else { throw error(.unfinishedEscape) }
    var unit: UInt16 = 0
    for index in 1...4 {
      guard let digit = Character(Unicode.Scalar(bytes[position + index])).hexDigitValue else {
        throw error(.noHexadecimal)
      }
      unit = unit << 4 | UInt16(digit)
    }
    position += 4
    return unit
  }

  // MARK: Scanning

  private func error(_ problem: JSONSyntaxError.Problem) -> JSONSyntaxError {
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
