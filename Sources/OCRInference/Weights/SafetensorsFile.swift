/// One mapped safetensors file.
public struct SafetensorsFile: Sendable {
  public let path: String
  /// In the order of their data.
  public let tensors: [StoredTensor]
  let mapped: MappedFile

  public init(_ path: String) throws(WeightError) {
    let mapped = try MappedFile(path)
    do {
      tensors = try SafetensorsHeader(parsing: mapped.bytes, fileSize: mapped.bytes.count).tensors
    } catch {
      throw WeightError(path: path, problem: error)
    }
    self.path = path
    self.mapped = mapped
  }

  /// The tensor as a matrix [shape[0], product of the rest], in the mapped memory. A copy only
  /// where the writer did not align the data to its elements.
  func matrix(_ tensor: StoredTensor) throws(WeightError) -> WeightMatrix {
    guard let type = tensor.type.weightType else { throw unusable(tensor) }
    guard let (rows, columns) = tensor.sides else {
      throw WeightError(path: path, problem: .shapeTooLarge(tensor: tensor.name, tensor.shape))
    }
    let data = data(of: tensor)
    guard Int(bitPattern: data.baseAddress!) % tensor.type.size == 0 else {
      let copy = AnonymousMemory(byteCount: data.count)
      copy.bytes.copyMemory(from: data)
      return WeightMatrix(
        type: type, rows: rows, columns: columns, data: UnsafeRawPointer(copy.bytes.baseAddress!),
        owner: copy)
    }
    return WeightMatrix(
      type: type, rows: rows, columns: columns, data: data.baseAddress!, owner: mapped)
  }

  /// Every element as float32.
  func floats(_ tensor: StoredTensor) throws(WeightError) -> [Float] {
    let data = data(of: tensor)
    let count = data.count / tensor.type.size
    switch tensor.type {
    case .f32: return (0..<count).map { data.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    case .f16:
      return (0..<count).map {
        Float(Float16(bitPattern: data.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)))
      }
    case .bf16:
      return (0..<count).map {
        let upper = data.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)
        return Float(bitPattern: UInt32(upper) << 16)
      }
    default: throw unusable(tensor)
    }
  }

  func data(of tensor: StoredTensor) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: mapped.bytes[tensor.bytes])
  }

  private func unusable(_ tensor: StoredTensor) -> WeightError {
    WeightError(path: path, problem: .unusableType(tensor: tensor.name, tensor.type))
  }
}

extension StoredTensor {
  /// As a matrix; nil where a side is more than the kernels count to.
  var sides: (rows: Int, columns: Int)? {
    let rows = shape.first ?? 1
    var columns = 1
    for side in shape.dropFirst() {
      let (product, overflows) = columns.multipliedReportingOverflow(by: side)
      guard !overflows else { return nil }
      columns = product
    }
    return rows <= Int32.max && columns <= Int32.max ? (rows, columns) : nil
  }
}
