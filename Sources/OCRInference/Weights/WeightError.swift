import Boundary

/// Weights that cannot be used: one line with the file, what was expected and found, and the mend.
public struct WeightError: Error, Equatable, Sendable, CustomStringConvertible {
  public let path: String
  public let problem: WeightProblem

  public init(path: String, problem: WeightProblem) {
    self.path = path
    self.problem = problem
  }

  public var description: String {
    "\(path.onOneLine): \(problem.words); \(problem.mend)"
  }
}

/// What is wrong with a file of weights, or with what a model asked of it.
public enum WeightProblem: Error, Equatable, Sendable {
  case unreadable(FileReadError.Reason)
  case notADirectory
  /// The system's error number (errno) of a map that failed.
  case notMapped(Int32)
  case noWeights

  // MARK: The header of a safetensors file

  /// Bytes that the header or a tensor needs, and bytes that are there.
  case truncated(needed: Int, found: Int)
  case headerTooLong(UInt64, limit: Int)
  /// `offset` in bytes from the start of the header.
  case headerSyntax(offset: Int, expected: String)
  case repeated(tensor: String)
  case unknownType(tensor: String, String)
  case shapeTooLarge(tensor: String, [Int])
  /// Offsets of a tensor's data that do not lie in the file, in order.
  case offsets(tensor: String, Int, Int, dataBytes: Int)
  case sizeDiffers(tensor: String, shape: [Int], type: TensorType, expected: Int, found: Int)
  case overlap(tensor: String, with: String)

  // MARK: The index of shards

  case indexSyntax(offset: Int)
  case indexShape(String)
  case shardOutside(String)
  case shardLacks(tensor: String, shard: String)
  /// Two stored names for one tensor of the model.
  case sameTensor(String, String)

  // MARK: What a model asks for

  case missing(tensor: String, shape: [Int], nearest: String?)
  case misshapen(tensor: String, expected: [Int], found: [Int])
  case unusableType(tensor: String, TensorType)
  case notFinite(tensor: String)
  /// Rounded to that type, a weight is no finite number any more.
  case outOfRange(tensor: String, WeightType)
  case unused(tensors: [String])
}

extension WeightProblem {
  var words: String {
    switch self {
    case .unreadable(let reason): reason.words
    case .notADirectory: "is not a directory"
    case .notMapped(let code): "cannot be mapped into memory (\(systemError(code)))"
    case .noWeights: "has neither model.safetensors nor model.safetensors.index.json"
    case .truncated(let needed, let found):
      "ends too early: \(needed) bytes expected, \(found) found"
    case .headerTooLong(let bytes, let limit):
      "is no safetensors file: a header of \(bytes) bytes, at most \(limit) expected"
    case .headerSyntax(let offset, let expected):
      "its safetensors header is malformed at byte \(offset): \(expected) expected"
    case .repeated(let tensor): "names the tensor \(tensor.quoted) twice"
    case .unknownType(let tensor, let type):
      "tensor \(tensor.quoted) has the unknown dtype \(type.quoted); expected one of "
        + TensorType.allCases.map(\.rawValue).joined(separator: ", ")
    case .shapeTooLarge(let tensor, let shape):
      "tensor \(tensor.quoted) has the shape \(shape), more elements than memory has addresses"
    case .offsets(let tensor, let start, let end, let bytes):
      "tensor \(tensor.quoted) has data_offsets [\(start), \(end)], "
        + "expected in order and within 0...\(bytes)"
    case .sizeDiffers(let tensor, let shape, let type, let expected, let found):
      "tensor \(tensor.quoted), \(type.rawValue) \(shape), needs \(expected) bytes, "
        + "but its data_offsets give it \(found)"
    case .overlap(let tensor, let other):
      "tensors \(tensor.quoted) and \(other.quoted) share bytes"
    case .indexSyntax(let offset): "is not JSON at byte \(offset)"
    case .indexShape(let expected): "is no index of shards: \(expected) expected"
    case .shardOutside(let shard): "names the shard \(shard.quoted) outside its directory"
    case .shardLacks(let tensor, let shard):
      "places the tensor \(tensor.quoted) in \(shard.quoted), which lacks it"
    case .sameTensor(let first, let second):
      "tensors \(first.quoted) and \(second.quoted) are two names of one weight"
    case .missing(let tensor, let shape, let nearest):
      "lacks the tensor \(tensor.quoted) \(shape)"
        + (nearest.map { " (it has \($0.quoted))" } ?? "")
    case .misshapen(let tensor, let expected, let found):
      "tensor \(tensor.quoted) has the shape \(found); config.json asks for \(expected)"
    case .unusableType(let tensor, let type):
      "tensor \(tensor.quoted) is stored as \(type.rawValue); expected F32, F16 or BF16"
    case .notFinite(let tensor): "tensor \(tensor.quoted) holds a weight that is NaN or infinite"
    case .outOfRange(let tensor, let type):
      "tensor \(tensor.quoted) holds a weight that \(type.rawValue) cannot express"
    case .unused(let tensors):
      "has \(tensors.count) tensor\(tensors.count == 1 ? "" : "s") that the architecture does not "
        + "know: " + tensors.prefix(3).map(\.quoted).joined(separator: ", ")
        + (tensors.count > 3 ? ", …" : "")
    }
  }

  var mend: String {
    switch self {
    case .unreadable(.missing), .notADirectory: "check the path, or download the model again"
    case .unreadable: "give the path of a regular file that you may read"
    case .notMapped: "free some memory, or raise the limit of address space (ulimit -v)"
    case .noWeights: "give a model directory as Hugging Face publishes them"
    case .truncated, .headerTooLong, .headerSyntax, .repeated, .unknownType, .shapeTooLarge,
      .offsets, .sizeDiffers, .overlap:
      "download or export the file again"
    case .indexSyntax, .indexShape, .shardOutside, .shardLacks:
      "download the index and its shards again, of one revision"
    case .sameTensor: "export the model again under one set of names"
    case .missing, .misshapen, .unused:
      "check that config.json and the weights are of the same model"
    case .unusableType: "export the model as bfloat16, float16 or float32"
    case .outOfRange: "keep the type it is stored in, or choose bf16 or f32"
    case .notFinite: "the training or the export went wrong: take another checkpoint"
    }
  }
}

extension String {
  fileprivate var quoted: String { "“\(excerptOnOneLine)”" }
}
