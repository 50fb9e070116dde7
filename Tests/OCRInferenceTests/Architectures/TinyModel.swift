import Boundary
import Foundation
import OCRInference
import PageImaging

/// The tiny random checkpoints beside the golden vectors: Golden/decoder/README.md.
enum TinyModel {
  static var directory: String {
    Bundle.module.resourceURL!.appendingPathComponent("Golden/decoder").path
  }

  /// - Parameter types: its matrices become the first of them, those the next.
  static func decoder(
    _ name: String, config: String = "config.json", as types: [WeightType] = [], threads: Int = 2
  ) throws -> any TextDecoder {
    let pool = ThreadPool(threads: threads)
    let checkpoint = try Checkpoint(ModelDirectory("\(directory)/\(name)"))
    let weights = types.reduce(checkpoint as any WeightSource) {
      ConvertedWeights(source: $0, type: $1, pool: pool)
    }
    return try ArchitectureTable.decoder(
      config: ConfigFile(file: "\(directory)/\(name)/\(config)"), weights: weights, pool: pool)
  }
}

/// A source's matrices in another type.
struct ConvertedWeights: WeightSource {
  let source: any WeightSource
  let type: WeightType
  let pool: ThreadPool

  func has(_ name: String) -> Bool { source.has(name) }

  func vector(_ name: String, count: Int) throws -> [Float] {
    try source.vector(name, count: count)
  }

  func matrix(_ name: String, shape: [Int]) throws -> WeightMatrix {
    let stored = try source.matrix(name, shape: shape)
    return WeightMatrix(
      (0..<stored.rows).flatMap { stored.values(row: $0) }, rows: stored.rows,
      columns: stored.columns, type: type, pool: pool)
  }
}

/// Weights drawn from a seed and the tensor's name.
struct RandomWeights: WeightSource {
  let type: WeightType
  let pool: ThreadPool
  var scale: Double = 0.2

  func has(_ name: String) -> Bool { true }

  func vector(_ name: String, count: Int) throws -> [Float] {
    // Around 1, so that a norm's weight keeps what it scales.
    draw(name, count).map { name.hasSuffix("bias") ? $0 : 1 + $0 / 4 }
  }

  func matrix(_ name: String, shape: [Int]) throws -> WeightMatrix {
    WeightMatrix(
      draw(name, shape.reduce(1, *)), rows: shape[0], columns: shape[1...].reduce(1, *),
      type: type, pool: pool)
  }

  private func draw(_ name: String, _ count: Int) -> [Float] {
    var random = SeededRandom(seed: 7, name)
    return (0..<count).map { _ in Float(random.uniform(-scale...scale)) }
  }
}

/// A golden file: safetensors of F32 and I64.
struct GoldenTensors {
  private let header: JSONValue
  private let data: ArraySlice<UInt8>

  init(_ name: String) throws {
    try self.init(path: "\(TinyModel.directory)/\(name).golden.safetensors")
  }

  init(path: String) throws {
    let bytes = try RegularFile.bytes(of: path, limit: 1 << 24)
    let size = Int(Self.integers(bytes[..<8])[0])
    header = try JSONValue(parsing: bytes[8..<8 + size])
    data = bytes[(8 + size)...]
  }

  private func bytes(_ name: String) throws -> ArraySlice<UInt8> {
    guard case .array(let offsets)? = header[name]?["data_offsets"],
      let start = offsets[0].integer, let end = offsets[1].integer
    else { throw MissingTensor(name: name) }
    return data[data.startIndex + start..<data.startIndex + end]
  }

  /// What the script wrote down beside the tensors.
  var metadata: [String: String] {
    guard case .object(let members)? = header["__metadata__"] else { return [:] }
    return members.reduce(into: [:]) { texts, member in
      if case .string(let text) = member.value { texts[member.key] = text }
    }
  }

  struct MissingTensor: Error { let name: String }

  private static func integers(_ bytes: ArraySlice<UInt8>) -> [Int64] {
    bytes.withUnsafeBytes { raw in
      (0..<raw.count / 8).map { raw.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self) }
    }
  }

  func floats(_ name: String) throws -> [Float] {
    try bytes(name).withUnsafeBytes { raw in
      (0..<raw.count / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
  }

  func ids(_ name: String) throws -> [Int32] { try Self.integers(bytes(name)).map(Int32.init) }
}

/// The largest difference as a share of the largest expected value.
func relativeError(_ found: [Float], _ expected: [Float]) -> Float {
  guard found.count == expected.count else { return .infinity }
  let scale = expected.map(abs).max() ?? 0
  let error = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
  return error.isNaN ? .infinity : error / scale
}
