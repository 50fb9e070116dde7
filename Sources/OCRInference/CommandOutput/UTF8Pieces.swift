/// Bytes as they are read, in; whole characters (code points), out.
///
/// A read may end inside a character of two to four bytes; its first bytes wait for the rest.
struct UTF8Pieces {
  private var waiting: [UInt8] = []
  private var isFirst = true

  /// The text that `bytes` completes. A byte order mark at the very start is dropped.
  mutating func append(_ bytes: [UInt8]) throws(EngineFailure) -> String {
    waiting += bytes
    let complete = waiting.count - Self.incompleteTail(of: waiting)
    guard var text = String(validating: waiting[..<complete], as: UTF8.self) else {
      throw .unreadableOutput(reason: "output is not UTF-8", diagnostics: "")
    }
    waiting.removeFirst(complete)
    if isFirst, complete > 0 {
      isFirst = false
      if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    }
    return text
  }

  /// Must be called at the end of the output: half a character may not be left.
  func finish() throws(EngineFailure) {
    guard waiting.isEmpty else {
      throw .unreadableOutput(reason: "output ends inside a UTF-8 character", diagnostics: "")
    }
  }

  /// How many bytes at the end begin a character without finishing it: 0 to 3.
  private static func incompleteTail(of bytes: [UInt8]) -> Int {
    for length in 1...3 where length <= bytes.count {
      let byte = bytes[bytes.count - length]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return needed > length ? length : 0
    }
    return 0
  }
}
