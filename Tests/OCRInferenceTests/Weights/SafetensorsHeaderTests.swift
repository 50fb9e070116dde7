import OCRInference
import Testing

/// The format's promises, each broken once: a header that lies must never be believed.
@Suite struct SafetensorsHeaderTests {
  @Test func aHeaderNamesEveryTensorWithItsPlace() throws {
    let header =
      #"{"b": {"shape": [2, 3], "data_offsets": [4, 16], "dtype": "BF16"}, "#
      + #""__metadata__": {"format": "p\u0074"}, "a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}  "#
    let bytes = safetensors(header: header, data: Array(repeating: 0, count: 16))
    let tensors = try SafetensorsHeader(parsing: bytes, fileSize: bytes.count).tensors
    let start = 8 + header.utf8.count
    #expect(
      tensors == [
        StoredTensor(name: "a", type: .f32, shape: [], bytes: start..<start + 4),
        StoredTensor(name: "b", type: .bf16, shape: [2, 3], bytes: start + 4..<start + 16),
      ])
  }

  @Test(arguments: ["{}", "{ } \n", #"{"__metadata__":{}}"#])
  func aFileMayHoldNoTensor(header: String) throws {
    #expect(try tensors(header, dataBytes: 0).isEmpty)
  }

  @Test func bytesThatNoTensorClaimsAreAllowed() throws {
    #expect(try tensors(entry("a", offsets: "4,8"), dataBytes: 12).count == 1)
  }

  @Test(arguments: [
    ("8,4", "a", 8, 4), ("0,12", "a", 0, 12), ("9,13", "a", 9, 13),
    ("0,9223372036854775807", "a", 0, Int.max),
  ])
  func offsetsBeyondTheDataAreRefused(
    offsets: String, tensor: String, start: Int, end: Int
  ) {
    #expect(throws: WeightProblem.offsets(tensor: tensor, start, end, dataBytes: 8)) {
      try tensors(entry(tensor, offsets: offsets), dataBytes: 8)
    }
  }

  @Test func aSizeThatIsNotShapeTimesTypeIsRefused() {
    #expect(
      throws: WeightProblem.sizeDiffers(
        tensor: "a", shape: [3], type: .f16, expected: 6, found: 4)
    ) { try tensors(entry("a", type: "F16", shape: "3", offsets: "0,4"), dataBytes: 8) }
  }

  /// 2³² · 2³² elements wrap to none in 64 bits, which would fit anywhere.
  @Test func aShapeThatOverflowsIsRefused() {
    #expect(throws: WeightProblem.shapeTooLarge(tensor: "a", [1 << 32, 1 << 32])) {
      try tensors(entry("a", shape: "4294967296,4294967296", offsets: "0,0"), dataBytes: 8)
    }
  }

  @Test func tensorsThatShareBytesAreRefused() {
    let header = entries(("a", "0,4"), ("b", "8,12"), ("c", "6,10"))
    #expect(throws: WeightProblem.overlap(tensor: "c", with: "b")) {
      try tensors(header, dataBytes: 12)
    }
  }

  @Test func aTensorNamedTwiceIsRefused() {
    #expect(throws: WeightProblem.repeated(tensor: "a")) {
      try tensors(entries(("a", "0,4"), ("\\u0061", "4,8")), dataBytes: 8)
    }
  }

  @Test func anUnknownTypeIsRefused() {
    #expect(throws: WeightProblem.unknownType(tensor: "a", "Q8_0")) {
      try tensors(entry("a", type: "Q8_0", offsets: "0,4"), dataBytes: 4)
    }
  }

  @Test(arguments: [
    ([], 8, 0), (Array("PK".utf8), 8, 2),
    (littleEndian(UInt64(100)) + Array("{}".utf8), 108, 10),
  ])
  func aHeaderThatEndsTooEarlyIsRefused(bytes: [UInt8], needed: Int, found: Int) {
    #expect(throws: WeightProblem.truncated(needed: needed, found: found)) {
      try SafetensorsHeader(parsing: bytes, fileSize: bytes.count)
    }
  }

  @Test(arguments: [100_000_001, UInt64.max, 1 << 63])
  func aHeaderLongerThanTheFormatAllowsIsRefused(length: UInt64) {
    let bytes = littleEndian(length) + Array("{}".utf8)
    #expect(throws: WeightProblem.headerTooLong(length, limit: 100_000_000)) {
      try SafetensorsHeader(parsing: bytes, fileSize: Int.max)
    }
  }

  @Test(arguments: [
    ("", 0), (" {}", 0), ("[]", 0), ("{", 1), ("{}x", 2), (#"{"a"}"#, 4), (#"{"a":1}"#, 5),
    (#"{"a":{}}"#, 6), (#"{"a":{"dtype":"F32"}}"#, 19),
    (#"{"a":{"dtype":"F32","dtype":"F32"}}"#, 20), (#"{"a":{"weight":1}}"#, 6),
    (#"{"a":{"shape":[-1]}}"#, 15), (#"{"a":{"shape":[1.5]}}"#, 16), (#"{"a":{"shape":[01]}}"#, 15),
    (#"{"a":{"shape":[9223372036854775808]}}"#, 15), (#"{"a":{"shape":[1,1,1,1,1,1,1,1,1]}}"#, 31),
    (#"{"a":{"data_offsets":[0,1,2]}}"#, 26), (#"{"한":{}}"#, 1), (#"{"a\n":{}}"#, 1),
    (#"{"__metadata__":{"format":1}}"#, 26), (#"{"__metadata__":{"a":"\uD800"}}"#, 21),
    (#"{"a\"#, 4), ("{\"a", 3),
  ])
  func malformedJSONIsRefusedAtItsPlace(header: String, offset: Int) {
    let error = #expect(throws: WeightProblem.self) { try tensors(header, dataBytes: 0) }
    guard case .headerSyntax(offset, _)? = error else {
      Issue.record("\(header): \(String(describing: error))")
      return
    }
  }

  @Test func aHundredThousandTensorsAreReadInOnePass() throws {
    let count = 100_000
    let header = entries((0..<count).map { ("t\($0)", "\(4 * $0),\(4 * $0 + 4)") })
    #expect(try tensors(header, dataBytes: 4 * count).count == count)
  }

  // MARK: Mutations

  /// Ten thousand damaged headers: each is refused with an error, or all its tensors lie in the
  /// file. Only the process's end would be a failure to notice.
  @Test func noDamagedHeaderIsBelievedOrCrashes() throws {
    let intact = safetensors([
      TestTensor(
        "model.embed_tokens.weight", "BF16", shape: [4, 2], values: [1, 2, 3, 4, 5, 6, 7, 8]),
      TestTensor("model.norm.weight", shape: [2], values: [1, 2]),
    ])
    let headerEnd = intact.count - 24
    var random = SplitMix64(seed: 7)
    var refused = 0
    for _ in 0..<10_000 {
      var bytes = intact
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        Self.damage(&bytes, headerEnd: headerEnd, using: &random)
      }
      do {
        let header = try SafetensorsHeader(parsing: bytes, fileSize: bytes.count)
        for tensor in header.tensors {
          #expect(tensor.bytes.lowerBound >= 8 && tensor.bytes.upperBound <= bytes.count)
          #expect(tensor.shape.reduce(tensor.type.size, *) == tensor.bytes.count)
        }
      } catch {
        refused += 1
      }
    }
    #expect(refused > 5_000)
  }

  /// One byte changed, cut out or put in, digits made larger, or the file's end cut off.
  private static func damage(
    _ bytes: inout [UInt8], headerEnd: Int, using random: inout SplitMix64
  ) {
    let place = Int.random(in: 0..<min(headerEnd, bytes.count), using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(Array(#"{}[]",:\019"#.utf8).randomElement(using: &random)!, at: place)
    case 3: bytes.insert(contentsOf: Array("99999999999".utf8), at: place)
    default: bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &random))
    }
  }

  // MARK: Headers

  @discardableResult
  private func tensors(_ header: String, dataBytes: Int) throws -> [StoredTensor] {
    let bytes = safetensors(header: header)
    return try SafetensorsHeader(parsing: bytes, fileSize: bytes.count + dataBytes).tensors
  }

  private func entry(
    _ name: String, type: String = "F32", shape: String = "1", offsets: String
  ) -> String {
    #"{"\#(name)":{"dtype":"\#(type)","shape":[\#(shape)],"data_offsets":[\#(offsets)]}}"#
  }

  private func entries(_ entries: (String, String)...) -> String { self.entries(entries) }

  private func entries(_ entries: [(String, String)]) -> String {
    "{"
      + entries.map { #""\#($0)":{"dtype":"F32","shape":[1],"data_offsets":[\#($1)]}"# }
      .joined(separator: ",") + "}"
  }
}

/// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (OOPSLA 2014).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
