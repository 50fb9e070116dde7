import Boundary

/// Reads the JSON of a safetensors header, and no other JSON: one pass, no value tree, so that a
/// header of the format's 100 MB takes little more memory than its tensors' names.
struct SafetensorsScanner {
  /// One tensor as written, before anything is checked against the file.
  struct Entry {
    var name: String
    var type: String
    var shape: [Int]
    var start: Int
    var end: Int
  }

  /// Eight dimensions are more than any layer has.
  static let dimensionLimit = 8
  static let nameLimit = 512

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// `{"__metadata__": {…}, "NAME": {…}, …}` and white space to the end.
  mutating func entries() throws(WeightProblem) -> [Entry] {
    var entries: [Entry] = []
    var names = Set<String>()
    // The format has nothing before the brace.
    guard bytes.first == UInt8(ascii: "{") else { throw expected("“{”") }
    position = 1
    if !takeNext("}") {
      repeat {
        let name = try name()
        guard names.insert(name).inserted else { throw .repeated(tensor: name) }
        try require(":")
        if name == "__metadata__" {
          try metadata()
        } else {
          entries.append(try entry(name))
        }
      } while takeNext(",")
      try require("}")
    }
    skipWhiteSpace()
    guard position == bytes.count else { throw expected("the header's end") }
    return entries
  }

  /// `{"dtype": "BF16", "shape": [2, 3], "data_offsets": [0, 12]}`, in any order.
  private mutating func entry(_ name: String) throws(WeightProblem) -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try require("{")
    repeat {
      let start = position
      let key = try string(limit: 16)
      try require(":")
      switch key {
      case "dtype" where type == nil: type = try string(limit: 16)
      case "shape" where shape == nil: shape = try integers(atMost: Self.dimensionLimit)
      case "data_offsets" where offsets == nil: offsets = try integers(atMost: 2)
      default:
        position = start
        throw expected("“dtype”, “shape” or “data_offsets”, each once,")
      }
    } while takeNext(",")
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw expected("a dtype, a shape and two data_offsets before this")
    }
    try require("}")
    return Entry(name: name, type: type, shape: shape, start: offsets[0], end: offsets[1])
  }

  /// A map from string to string, which nothing here needs: checked and left.
  private mutating func metadata() throws(WeightProblem) {
    try require("{")
    guard !takeNext("}") else { return }
    repeat {
      _ = try stringBytes()
      try require(":")
      _ = try stringBytes()
    } while takeNext(",")
    try require("}")
  }

  // MARK: Strings

  private mutating func name() throws(WeightProblem) -> String {
    try string(limit: Self.nameLimit)
  }

  /// Printable ASCII, so that comparing is cheap and an error can show it.
  private mutating func string(limit: Int) throws(WeightProblem) -> String {
    skipWhiteSpace()
    let start = position
    let text = try stringBytes()
    guard text.count <= limit, text.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
      position = start
      throw expected("at most \(limit) printable ASCII characters")
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The UTF-8 between two quotation marks, escapes resolved.
  private mutating func stringBytes() throws(WeightProblem) -> [UInt8] {
    try require("\"")
    let start = position
    var hasEscapes = false
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      // What a backslash escapes cannot end the string.
      if bytes[position] == UInt8(ascii: "\\") {
        hasEscapes = true
        position += 1
      }
      position += 1
    }
    guard position < bytes.count else {
      position = bytes.count
      throw expected("a quotation mark")
    }
    position += 1
    let text = Array(bytes[start..<position - 1])
    guard hasEscapes || text.contains(where: { $0 < 0x20 || $0 >= 0x80 }) else { return text }
    let quoted = Array(bytes[start - 1..<position])
    guard let value = try? JSONValue(parsing: quoted[...]), case .string(let unescaped) = value
    else {
      position = start - 1
      throw expected("a JSON string")
    }
    return Array(unescaped.utf8)
  }

  // MARK: Numbers

  /// `[12, 0, 7]`: whole numbers of at most Int.max.
  private mutating func integers(atMost limit: Int) throws(WeightProblem) -> [Int] {
    var values: [Int] = []
    try require("[")
    guard !takeNext("]") else { return values }
    repeat {
      guard values.count < limit else { throw expected("at most \(limit) numbers") }
      values.append(try integer())
    } while takeNext(",")
    try require("]")
    return values
  }

  private mutating func integer() throws(WeightProblem) -> Int {
    skipWhiteSpace()
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    let isPlain = position - start < 20 && (position == start + 1 || bytes[start] != 0x30)
    guard position > start, isPlain,
      let value = Int(String(decoding: bytes[start..<position], as: UTF8.self))
    else {
      position = start
      throw expected("a whole number from 0 to \(Int.max)")
    }
    return value
  }

  // MARK: Scanning

  private func expected(_ what: String) -> WeightProblem {
    .headerSyntax(offset: position, expected: what)
  }

  private mutating func require(_ character: Unicode.Scalar) throws(WeightProblem) {
    guard takeNext(character) else { throw expected("“\(character)”") }
  }

  private mutating func takeNext(_ character: Unicode.Scalar) -> Bool {
    skipWhiteSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipWhiteSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }
}
