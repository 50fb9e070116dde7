import Boundary
import CKernels

/// Which tensors of a model are packed and where: the plan of a cache file, made from the headers
/// alone, so that nothing but weights is ever taken from such a file.
struct PackedLayout: Sendable {
  struct Slot: Sendable {
    var name: String
    var offset: Int
    /// With what it takes for the next to be aligned.
    var byteCount: Int
    var end: Int { offset + byteCount }
  }

  let type: WeightType
  /// In the order of the file.
  let slots: [Slot]
  let byteCount: Int
  /// SHA-256 in hexadecimal over everything that decides a packed byte.
  let key: String

  /// A page, before the first weight.
  static let headerBytes = 4096
  private static let alignment = 64

  init(of weights: WeightFiles, type: WeightType, keepWide: Set<String>) {
    var slots: [Slot] = []
    var end = Self.headerBytes
    for (name, place) in weights.places.sorted(by: { $0.key < $1.key }) {
      let tensor = place.tensor
      guard tensor.shape.count == 2, tensor.type.weightType != nil, !keepWide.contains(name),
        tensor.bytes.count > 0, let sides = tensor.sides
      else { continue }
      let size = mb_matrix_bytes(type.code, Int32(sides.rows), Int32(sides.columns))
      let byteCount = (size + Self.alignment - 1) / Self.alignment * Self.alignment
      slots.append(Slot(name: name, offset: end, byteCount: byteCount))
      end += byteCount
    }
    self.type = type
    self.slots = slots
    byteCount = end
    key = Self.key(of: weights, type: type, slots: slots)
  }

  private static func key(of weights: WeightFiles, type: WeightType, slots: [Slot]) -> String {
    var checksum = Checksum(.sha256)
    checksum.update(Array("medbench packed weights 1 \(type.rawValue)\n".utf8))
    checksum.update(kernelFingerprint(type))
    for file in weights.files { file.identify(in: &checksum) }
    for slot in slots { checksum.update(Array("\(slot.name) \(slot.offset)\n".utf8)) }
    return checksum.hexadecimal()
  }

  /// What the kernels make of a small matrix: a change of their layout or rounding changes the key
  /// without anyone having to think of it.
  private static func kernelFingerprint(_ type: WeightType) -> [UInt8] {
    let rows = 37
    let columns = 100
    let values = (0..<rows * columns).map { Float(($0 &* 7919) % 1009) - 504.25 }
    let packed = AnonymousMemory(
      byteCount: mb_matrix_bytes(type.code, Int32(rows), Int32(columns)))
    let pool = ThreadPool(threads: 1)
    defer { withExtendedLifetime((packed, pool)) {} }
    values.withUnsafeBytes { bytes in
      let plain = mb_matrix(
        dtype: MB_F32, rows: Int32(rows), columns: Int32(columns), data: bytes.baseAddress)
      precondition(mb_quantize(pool.handle, plain, type.code, packed.bytes.baseAddress))
    }
    return Array(packed.bytes)
  }
}

extension SafetensorsFile {
  /// Which version of which file this is: the time of its last change, and what `sample` takes.
  /// Reading 3 GB to be sure would take longer than packing them; a file that changed and kept its
  /// size, its time to the nanosecond, its header and all samples is taken for the same.
  fileprivate func identify(in checksum: inout Checksum) {
    let time = mapped.status.st_mtim
    checksum.update(Array("\(time.tv_sec) \(time.tv_nsec)\n".utf8))
    sample(into: &checksum)
  }
}
