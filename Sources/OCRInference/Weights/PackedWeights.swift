import Boundary
import CKernels
import Glibc

/// A model's matrices in the kernels' packed layout: mapped from a cache file of an earlier start,
/// or packed now, and then kept for the next.
struct PackedWeights: Sendable {
  private let type: WeightType
  private let offsets: [String: Int]
  nonisolated(unsafe) private let start: UnsafeRawPointer
  private let owner: any AnyObject & Sendable
  /// Why nothing is kept for the next start; nil where it is.
  let note: String?

  /// - Throws: at the first weight that is not finite, and nothing is kept.
  init(
    of weights: WeightFiles, type: WeightType, keepWide: Set<String>, pool: ThreadPool,
    cache: WeightCacheDirectory
  ) throws(WeightError) {
    let layout = PackedLayout(of: weights, type: type, keepWide: keepWide)
    if let kept = PackedFile.open(layout, in: cache) {
      self.init(layout, kept.bytes.baseAddress!, kept, note: nil)
      return
    }
    switch try PackedFile.write(layout, packing: weights, pool: pool, in: cache) {
    case .success(let kept):
      self.init(layout, kept.bytes.baseAddress!, kept, note: nil)
    case .failure(let obstacle):
      let memory = try AnonymousMemory(packing: weights, by: layout, pool: pool)
      self.init(layout, UnsafeRawPointer(memory.bytes.baseAddress!), memory, note: obstacle.note)
    }
  }

  private init(
    _ layout: PackedLayout, _ start: UnsafeRawPointer, _ owner: any AnyObject & Sendable,
    note: String?
  ) {
    type = layout.type
    offsets = Dictionary(uniqueKeysWithValues: layout.slots.map { ($0.name, $0.offset) })
    self.start = start
    self.owner = owner
    self.note = note
  }

  /// The packed matrix; nil for a tensor that stays as stored.
  func matrix(_ name: String, of tensor: StoredTensor) -> WeightMatrix? {
    guard let offset = offsets[name], let sides = tensor.sides else { return nil }
    return WeightMatrix(
      type: type, rows: sides.rows, columns: sides.columns, data: start + offset, owner: owner)
  }
}

extension AnonymousMemory {
  fileprivate convenience init(
    packing weights: WeightFiles, by layout: PackedLayout, pool: ThreadPool
  ) throws(WeightError) {
    self.init(byteCount: layout.byteCount)
    for slot in layout.slots {
      let place = UnsafeMutableRawBufferPointer(rebasing: bytes[slot.offset..<slot.end])
      try weights.pack(slot, as: layout.type, into: place, pool: pool)
    }
  }
}

extension WeightFiles {
  /// Quantises one tensor, then lets its stored pages go: packing a model takes the memory of the
  /// result and of one tensor.
  func pack(
    _ slot: PackedLayout.Slot, as type: WeightType, into destination: UnsafeMutableRawBufferPointer,
    pool: ThreadPool
  ) throws(WeightError) {
    let place = places[slot.name]!
    let file = files[place.file]
    let plain = try file.matrix(place.tensor)
    // A copy, where the data is not aligned: it must live while the kernel reads it.
    defer { withExtendedLifetime(plain) {} }
    precondition(
      mb_matrix_bytes(type.code, plain.code.rows, plain.code.columns) <= destination.count)
    guard mb_quantize(pool.handle, plain.code, type.code, destination.baseAddress) else {
      throw WeightError(path: file.path, problem: .notFinite(tensor: place.tensor.name))
    }
    file.mapped.release(place.tensor.bytes)
  }
}
