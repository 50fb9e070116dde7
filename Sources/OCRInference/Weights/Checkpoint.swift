import Boundary
import Synchronization

/// An opened model directory: its files by name and its tensors by canonical name. Weights are
/// mapped; a page of them is read when a kernel first touches it.
public final class Checkpoint: WeightSource {
  public let directory: ModelDirectory
  private let weights: WeightFiles
  private let asked = Mutex<Set<String>>([])

  /// Opens and checks every header; reads no weight.
  public init(_ directory: ModelDirectory) throws(WeightError) {
    self.directory = directory
    weights = try WeightFiles(in: directory)
  }

  /// Names of the tensors, canonical, sorted.
  public var names: [String] { weights.places.keys.sorted() }

  /// Bytes of all tensors as stored.
  public var byteCount: Int { weights.places.values.reduce(0) { $0 + $1.tensor.bytes.count } }

  public func has(_ name: String) -> Bool { weights.places[name] != nil }

  public func matrix(_ name: String, shape: [Int]) throws(WeightError) -> WeightMatrix {
    let (file, tensor) = try tensor(name, shape: shape)
    return try file.matrix(tensor)
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
