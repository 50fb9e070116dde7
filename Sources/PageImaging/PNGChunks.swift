/// The chunks of a PNG datastream in order (PNG specification, third edition, section 5.3), read
/// with bounds checked at every step. The walk ends after IEND; whatever follows is ignored.
struct PNGChunks: Sequence, IteratorProtocol {
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  struct Chunk {
    /// The four letters as a big-endian number, `0x49484452` for IHDR.
    let type: UInt32
    /// Where the length field stands in the file.
    let offset: Int
    /// The data, without length, type and CRC.
    let data: Range<Int>

    /// Length, type, data and CRC.
    var whole: Range<Int> { offset..<data.upperBound + 4 }
    /// A reader that does not know it must not go on (bit 5 of the first letter).
    var isCritical: Bool { type & 0x2000_0000 == 0 }
    var name: String { PNGChunks.name(of: type) }
  }

  static let ihdr: UInt32 = 0x4948_4452
  static let plte: UInt32 = 0x504c_5445
  static let trns: UInt32 = 0x7452_4e53
  static let phys: UInt32 = 0x7048_5973
  static let idat: UInt32 = 0x4944_4154
  static let iend: UInt32 = 0x4945_4e44

  private let bytes: [UInt8]
  private var position: Int
  private var ended = false

  /// - Parameter bytes: a datastream whose signature was checked.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = PNGChunks.signature.count
  }

  /// Where the walk stands: after the last whole chunk.
  var offset: Int { position }
  /// Whether IEND was met.
  var isComplete: Bool { ended }

  /// nil after IEND, and where the file ends within a chunk.
  mutating func next() -> Chunk? {
    guard !ended, bytes.count - position >= 12 else { return nil }
    let length = Int(bytes.bigEndian(at: position))
    guard length <= bytes.count - position - 12 else { return nil }
    let chunk = Chunk(
      type: bytes.bigEndian(at: position + 4), offset: position,
      data: position + 8..<position + 8 + length)
    position = chunk.whole.upperBound
    ended = chunk.type == PNGChunks.iend
    return chunk
  }

  static func name(of type: UInt32) -> String {
    var name = ""
    for shift in [24, 16, 8, 0] {
      let byte = UInt8(truncatingIfNeeded: type >> UInt32(shift))
      name.unicodeScalars.append((0x21...0x7e).contains(byte) ? Unicode.Scalar(byte) : "?")
    }
    return name
  }
}

extension [UInt8] {
  func bigEndian(at offset: Int) -> UInt32 {
    UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16
      | UInt32(self[offset + 2]) << 8 | UInt32(self[offset + 3])
  }

  mutating func append(bigEndian value: UInt32) {
    for shift in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
  }
}

/// CRC-32 of PNG chunks (ISO 3309), over type and data.
enum PNGChecksum {
  private static let table: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }

  static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var crc: UInt32 = 0xffff_ffff
    for byte in bytes { crc = table[Int((crc ^ UInt32(byte)) & 0xff)] ^ (crc >> 8) }
    return ~crc
  }
}
