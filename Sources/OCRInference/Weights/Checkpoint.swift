import Boundary
import CKernels
import Synchronization

/// An opened model directory: its files by name and its tensors by canonical name. Weights are
/// mapped; a page of them is read when a kernel first touches it.
public final class Checkpoint: WeightSource {
  public let directory: ModelDirectory
  let weights: WeightFiles
  private let packed: PackedWeights?
  /// As what matrices are kept that are stored otherwise; nil leaves them.
  private let rounded: WeightType?
  private let asked = Mutex<Set<String>>([])

  /// Opens and checks every header. As stored, no weight is read; quantised, all are packed now,
  /// unless the cache has them from an earlier start.
  /// - Parameters:
  ///   - pool: whose threads pack; nil takes all cores for the while.
  ///   - cache: where packed weights are kept.
  public init(
    _ directory: ModelDirectory, policy: WeightPolicy = .asStored, pool: ThreadPool? = nil,
    cache: WeightCacheDirectory = WeightCacheDirectory(path: nil)
  ) throws(WeightError) {
    self.directory = directory
    weights = try WeightFiles(in: directory)
    switch policy {
    case .asStored: (packed, rounded) = (nil, nil)
    case .rounded(let type):
      precondition(!type.isQuantized, "\(type) is packed, not rounded")
      (packed, rounded) = (nil, type)
    case .quantized(let type, let keepWide):
      precondition(type.isQuantized, "no packed layout of \(type)")
      rounded = nil
      packed = try PackedWeights(
        of: weights, type: type, keepWide: keepWide, pool: pool ?? ThreadPool(), cache: cache)
    }
  }

  /// What a user should know of how the weights were loaded: why nothing is kept for the next start.
  public var note: String? { packed?.note }

  /// Names of the tensors, canonical, sorted.
  public var names: [String] { weights.places.keys.sorted() }

  /// Bytes of all tensors as stored.
  public var byteCount: Int { weights.places.values.reduce(0) { $0 + $1.tensor.bytes.count } }

  public func has(_ name: String) -> Bool { weights.places[name] != nil }

  public func matrix(_ name: String, shape: [Int]) throws(WeightError) -> WeightMatrix {
    let (file, tensor) = try tensor(name, shape: shape)
    if let matrix = packed?.matrix(name, of: tensor) { return matrix }
    let stored = try file.matrix(tensor)
    guard let rounded, rounded != stored.type, shape.count == 2 else { return stored }
    guard let matrix = stored.rounded(to: rounded) else {
      throw WeightError(
        path: file.path, problem: .outOfRange(tensor: tensor.name, rounded))
    }
    file.mapped.release(tensor.bytes)
    return matrix
  }

  /// Refuses values that are not finite: one in a bias or a norm spoils every output.
  public func vector(_ name: String, count: Int) throws(WeightError) -> [Float] {
    let (file, tensor) = try tensor(name, shape: [count])
    let values = try file.floats(tensor)
    guard values.allSatisfy(\.isFinite) else {
      throw WeightError(path: file.path, problem: .notFinite(tensor: tensor.name))
    }
    return values
  }

  /// For the end of a model's construction: where its matrices are packed or rounded, lets the pages of the stored files
  /// go. What was kept wide is read again when a kernel touches it.
  public func releaseStoredPages() {
    guard packed != nil || rounded != nil else { return }
    for file in weights.files { file.mapped.release(0..<file.mapped.bytes.count) }
  }

  private func tensor(
    _ name: String, shape: [Int]
  ) throws(WeightError) -> (SafetensorsFile, StoredTensor) {
    guard let place = weights.places[name] else {
      throw WeightError(
        path: weights.path,
        problem: .missing(
          tensor: name, shape: shape, nearest: names.prefix(5_000).nearest(to: name)))
    }
    let file = weights.files[place.file]
    guard place.tensor.shape == shape else {
      throw WeightError(
        path: file.path,
        problem: .misshapen(
          tensor: place.tensor.name, expected: shape, found: place.tensor.shape))
    }
    asked.withLock { _ = $0.insert(name) }
    return (file, place.tensor)
  }
}

// MARK: Weights that are no numbers

extension Checkpoint {
  /// Reads every matrix that a kernel would read as stored and refuses the first with a NaN or an
  /// infinite weight. Vectors are checked when they are asked for and packed matrices when they are
  /// packed, so only these are left: a pass at the memory's bandwidth, which also brings the file
  /// into memory before the first page has to wait for it.
  public func verifyFinite(_ pool: ThreadPool) throws(WeightError) {
    for (name, place) in weights.places.sorted(by: { $0.key < $1.key }) {
      let file = weights.files[place.file]
      guard place.tensor.type.weightType != nil, place.tensor.shape.count > 1,
        packed?.matrix(name, of: place.tensor) == nil
      else { continue }
      let matrix = try file.matrix(place.tensor)
      // A copy, where the data is not aligned: it must live while the kernel reads it.
      defer { withExtendedLifetime(matrix) {} }
      guard mb_all_finite(pool.handle, matrix.code) else {
        throw WeightError(path: file.path, problem: .notFinite(tensor: place.tensor.name))
      }
    }
  }
}

// MARK: What no layer asked for

extension Checkpoint {
  /// Tensors that no layer asked for, canonical, sorted; without those known to be harmless: tables
  /// that old exports stored and code computes, and a head that is tied to the embedding.
  public func unusedTensors() -> [String] {
    let asked = asked.withLock { $0 }
    return names.filter { name in
      !asked.contains(name) && name != "lm_head.weight"
        && !Self.computedTables.contains { name.hasSuffix($0) }
    }
  }

  /// For the end of a model's construction: a tensor left over means that the weights and
  /// config.json are not of one model.
  public func refuseUnusedTensors() throws(WeightError) {
    let unused = unusedTensors()
    guard unused.isEmpty else {
      throw WeightError(path: weights.path, problem: .unused(tensors: unused))
    }
  }

  /// Buffers of rotary embeddings (Llama 2, pythia, the vision towers) and of GPT-NeoX's masks.
  private static let computedTables = [
    ".rotary_emb.inv_freq", ".rotary_pos_emb.inv_freq", ".attention.bias",
    ".attention.masked_bias",
  ]
}
