import Boundary

/// Walks JSON bytes without building values: a vocabulary of 151,643 names is read in a tenth of the
/// time that a tree of strings takes. Small parts are handed to `JSONValue`.
struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    position = 0
  }

  /// Bytes from `start` to where the scanner stands.
  func slice(from start: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[start..<position])
  }

  func expected(_ what: String) -> TokenizerDefect {
    .malformed(offset: position, expected: what)
  }

  // MARK: Structure

  var next: UInt8? {
    mutating get {
      skipSpace()
      return position < bytes.count ? bytes[position] : nil
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws(TokenizerDefect) {
    guard take(character) else { throw expected("'\(character)'") }
  }

  mutating func expectEnd() throws(TokenizerDefect) {
    guard next == nil else { throw expected("nothing after the value") }
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
  }

  // MARK: Values

  /// A whole number of at most ten digits.
  mutating func naturalNumber() throws(TokenizerDefect) -> Int {
    skipSpace()
    let start = position
    var number = 0
    while position < bytes.count, case 0x30...0x39 = bytes[position], position - start < 10 {
      number = number * 10 + Int(bytes[position] & 15)
      position += 1
    }
    guard position > start, !isInNumber else {
      throw .malformed(offset: start, expected: "a whole number from 0")
    }
    return number
  }

  private var isInNumber: Bool {
    guard position < bytes.count else { return false }
    switch bytes[position] {
    case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return true
    default: return false
    }
  }

  /// Appends the text of a string, its escapes replaced, to `text`.
  mutating func string(appendingTo text: inout [UInt8]) throws(TokenizerDefect) {
    try expect("\"")
    while true {
      let start = position
      skipPlainText()
      text.append(contentsOf: slice(from: start))
      guard position < bytes.count else { throw expected("'\"' at the end of a string") }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"):
        try escape(appendingTo: &text)
      default:
        throw expected("control characters written as \\u escapes")
      }
    }
  }

  mutating func key() throws(TokenizerDefect) -> String {
    var text: [UInt8] = []
    try string(appendingTo: &text)
    try expect(":")
    return String(decoding: text, as: UTF8.self)
  }

  /// Goes over one value of any kind. Brackets are matched; what `JSONValue` never reads is not
  /// looked at more closely.
  mutating func skipValue() throws(TokenizerDefect) {
    var isObject: [Bool] = []
    repeat {
      guard let byte = next else { throw expected("a value") }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard isObject.count < JSONValue.maximumDepth else {
          throw expected("at most \(JSONValue.maximumDepth) levels")
        }
        isObject.append(byte == UInt8(ascii: "{"))
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard isObject.popLast() == (byte == UInt8(ascii: "}")) else {
          throw expected("a value")
        }
        position += 1
      case UInt8(ascii: "\""):
        try skipString()
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard !isObject.isEmpty else { throw expected("a value") }
        position += 1
      default:
        try skipWord()
      }
    } while !isObject.isEmpty
  }

  /// The bytes of one value, for `JSONValue`.
  mutating func value(
    limit: Int, of component: String
  ) throws(TokenizerDefect) -> JSONValue {
    skipSpace()
    let start = position
    try skipValue()
    guard position - start <= limit else {
      throw .defective(component, "has \(position - start) bytes, more than \(limit)")
    }
    do {
      return try JSONValue(parsing: Array(slice(from: start))[...])
    } catch {
      throw .malformed(offset: start + error.offset, expected: error.expected)
    }
  }

  // MARK: Strings

  private mutating func skipPlainText() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return }
      position += 1
    }
  }

  private mutating func skipString() throws(TokenizerDefect) {
    position += 1
    while true {
      skipPlainText()
      guard position < bytes.count, bytes[position] >= 0x20 else {
        throw expected("'\"' at the end of a string")
      }
      if bytes[position] == UInt8(ascii: "\"") { break }
      position += 2
    }
    position += 1
  }

  /// A number or a literal.
  private mutating func skipWord() throws(TokenizerDefect) {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x30...0x39, UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
        position += 1
        continue
      default: break
      }
      break
    }
    guard position > start else { throw expected("a value") }
  }

  private mutating func escape(appendingTo text: inout [UInt8]) throws(TokenizerDefect) {
    guard position + 1 < bytes.count else { throw expected("'\"' at the end of a string") }
    let plain: UInt8
    switch bytes[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = bytes[position + 1]
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0c
    case UInt8(ascii: "n"): plain = 0x0a
    case UInt8(ascii: "r"): plain = 0x0d
    case UInt8(ascii: "t"): plain = 0x09
    case UInt8(ascii: "u"):
      text.append(contentsOf: UTF8.encode(try unicodeEscape())!)
      return
    default: throw expected("one of \"\\/bfnrtu after '\\'")
    }
    text.append(plain)
    position += 2
  }

  private mutating func unicodeEscape() throws(TokenizerDefect) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if UTF16.isLeadSurrogate(first), position < bytes.count, bytes[position] == UInt8(ascii: "\\") {
      let second = try codeUnit()
      if UTF16.isTrailSurrogate(second) {
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
      }
    }
    throw expected("a pair of surrogates")
  }

  /// `\uXXXX` where the scanner stands.
  private mutating func codeUnit() throws(TokenizerDefect) -> UInt16 {
    guard position + 6 <= bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
      throw expected("four hexadecimal digits after '\\u'")
    }
    var unit: UInt16 = 0
    for byte in bytes[(position + 2)..<(position + 6)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw expected("four hexadecimal digits after '\\u'")
      }
      unit = unit << 4 | UInt16(digit)
    }
    position += 6
    return unit
  }
}
