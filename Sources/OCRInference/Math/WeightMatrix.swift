import CKernels

/// How numbers of a weight or a cache are stored.
public enum WeightType: String, Sendable, Codable, CaseIterable {
  case f32, f16, bf16
  /// Blocks of 32 with one f16 scale: 8.5 and 4.5 bits a weight.
  case q8 = "q8_0"
  case q4 = "q4_0"

  var code: mb_dtype {
    switch self {
    case .f32: MB_F32
    case .f16: MB_F16
    case .bf16: MB_BF16
    case .q8: MB_Q8_0
    case .q4: MB_Q4_0
    }
  }

  public var isQuantized: Bool { self == .q8 || self == .q4 }

  /// Of blocks with their scales.
  public var bytesPerNumber: Double {
    switch self {
    case .f32: 4
    case .f16, .bf16: 2
    case .q8: 34.0 / 32
    case .q4: 18.0 / 32
    }
  }
}

/// A weight [rows, columns] in mapped or packed memory: y = W x. `owner` keeps the memory alive.
public struct WeightMatrix: @unchecked Sendable {
  public let type: WeightType
  public let rows: Int
  public let columns: Int
  let data: UnsafeRawPointer
  let owner: AnyObject

  init(type: WeightType, rows: Int, columns: Int, data: UnsafeRawPointer, owner: AnyObject) {
    self.type = type
    self.rows = rows
    self.columns = columns
    self.data = data
    self.owner = owner
  }

  var code: mb_matrix {
    mb_matrix(dtype: type.code, rows: Int32(rows), columns: Int32(columns), data: data)
  }

  /// Bytes it holds in memory.
  public var byteCount: Int { mb_matrix_bytes(type.code, Int32(rows), Int32(columns)) }

  /// Row `index` as float32, into `destination` [columns]: an embedding.
  func copyRow(_ index: Int, to destination: UnsafeMutablePointer<Float>) {
    precondition(index >= 0 && index < rows)
    mb_matrix_rows(code, Int32(index), 1, destination)
  }
}

/// A weight with its bias, as checkpoints name them: `NAME.weight`, `NAME.bias`.
public struct Linear: Sendable {
  public let weight: WeightMatrix
  public let bias: [Float]?

  public init(weight: WeightMatrix, bias: [Float]? = nil) {
    self.weight = weight
    self.bias = bias
  }
}
