/// How a safetensors file stores the elements of a tensor.
public enum TensorType: String, Sendable, CaseIterable {
  case f64 = "F64"
  case f32 = "F32"
  case f16 = "F16"
  case bf16 = "BF16"
  case f8e4m3 = "F8_E4M3"
  case f8e5m2 = "F8_E5M2"
  case i64 = "I64"
  case i32 = "I32"
  case i16 = "I16"
  case i8 = "I8"
  case u64 = "U64"
  case u32 = "U32"
  case u16 = "U16"
  case u8 = "U8"
  case bool = "BOOL"

  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .f64, .i64, .u64: 8
    case .f32, .i32, .u32: 4
    case .f16, .bf16, .i16, .u16: 2
    case .f8e4m3, .f8e5m2, .i8, .u8, .bool: 1
    }
  }

  /// The same as a weight's type; nil for those that no kernel reads.
  public var weightType: WeightType? {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    default: nil
    }
  }
}

/// Where a tensor lies in its file.
public struct StoredTensor: Sendable, Equatable {
  public let name: String
  public let type: TensorType
  public let shape: [Int]
  /// From the start of the file.
  public let bytes: Range<Int>

  public init(name: String, type: TensorType, shape: [Int], bytes: Range<Int>) {
    self.name = name
    self.type = type
    self.shape = shape
    self.bytes = bytes
  }
}

/// What a safetensors file says of itself: eight bytes of length (little-endian), that much JSON
/// `{"NAME": {"dtype", "shape", "data_offsets"}, …}`, then the data
/// (https://huggingface.co/docs/safetensors, "Format").
///
/// Every promise is checked against the file's size before anything is read from the data. Two
/// departures from the Rust reader: bytes that no tensor claims are allowed, for they do no harm,
/// and names must be printable ASCII of at most 512 bytes, because they go into errors and
/// dictionaries.
public struct SafetensorsHeader: Sendable, Equatable {
  /// In the order of their data.
  public let tensors: [StoredTensor]

  /// The longest header that the format allows.
  public static let lengthLimit = 100_000_000

  /// Pure: looks at nothing but its arguments.
  /// - Parameters:
  ///   - bytes: the file's, from its start to at least the header's end.
  ///   - fileSize: of the whole file, in bytes.
  public init(parsing bytes: UnsafeRawBufferPointer, fileSize: Int) throws(WeightProblem) {
    guard bytes.count >= 8, fileSize >= 8 else {
      throw .truncated(needed: 8, found: min(bytes.count, fileSize))
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(Self.lengthLimit) else {
      throw .headerTooLong(length, limit: Self.lengthLimit)
    }
    let dataStart = 8 + Int(length)
    guard dataStart <= fileSize, dataStart <= bytes.count else {
      throw .truncated(needed: dataStart, found: min(bytes.count, fileSize))
    }
    var scanner = SafetensorsScanner(UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart]))
    var tensors = try scanner.entries().map { entry throws(WeightProblem) in
      try entry.placed(from: dataStart, fileSize: fileSize)
    }
    tensors.sort {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    for (before, after) in zip(tensors, tensors.dropFirst())
    where before.bytes.upperBound > after.bytes.lowerBound {
      throw .overlap(tensor: before.name, with: after.name)
    }
    self.tensors = tensors
  }

  public init(parsing bytes: [UInt8], fileSize: Int) throws(WeightProblem) {
    self = try bytes.withUnsafeBufferPointer { buffer throws(WeightProblem) in
      try SafetensorsHeader(parsing: UnsafeRawBufferPointer(buffer), fileSize: fileSize)
    }
  }
}

extension SafetensorsScanner.Entry {
  /// The tensor, once its dtype, shape and offsets agree with one another and with the file.
  fileprivate func placed(
    from dataStart: Int, fileSize: Int
  ) throws(WeightProblem) -> StoredTensor {
    guard let type = TensorType(rawValue: type) else {
      throw .unknownType(tensor: name, self.type)
    }
    var size = type.size
    for side in shape {
      let (product, overflows) = size.multipliedReportingOverflow(by: side)
      guard !overflows else { throw .shapeTooLarge(tensor: name, shape) }
      size = product
    }
    let dataBytes = fileSize - dataStart
    guard start <= end, end <= dataBytes else {
      throw .offsets(tensor: name, start, end, dataBytes: dataBytes)
    }
    guard end - start == size else {
      throw .sizeDiffers(
        tensor: name, shape: shape, type: type, expected: size, found: end - start)
    }
    return StoredTensor(
      name: name, type: type, shape: shape, bytes: dataStart + start..<dataStart + end)
  }
}
