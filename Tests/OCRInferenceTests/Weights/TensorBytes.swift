import Foundation
import OCRInference

/// A tensor for a test's safetensors file.
struct TestTensor {
  var name: String
  var type = "F32"
  var shape: [Int]
  var data: [UInt8]

  init(_ name: String, _ type: String = "F32", shape: [Int], data: [UInt8]) {
    self.name = name
    self.type = type
    self.shape = shape
    self.data = data
  }

  /// float32 values, or the same rounded down to bfloat16 or to float16.
  init(_ name: String, _ type: String = "F32", shape: [Int], values: [Float]) {
    let data: [UInt8] =
      switch type {
      case "BF16": values.flatMap { littleEndian(UInt16($0.bitPattern >> 16)) }
      case "F16": values.flatMap { littleEndian(Float16($0).bitPattern) }
      default: values.flatMap { littleEndian($0.bitPattern) }
      }
    self.init(name, type, shape: shape, data: data)
  }
}

func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

/// A safetensors file of a header as given and data.
func safetensors(header: String, data: [UInt8] = []) -> [UInt8] {
  littleEndian(UInt64(header.utf8.count)) + Array(header.utf8) + data
}

/// A safetensors file as the Rust writer makes it: one tensor's data after the other.
/// - Parameter padding: spaces after the header, which decide how the data is aligned.
func safetensors(_ tensors: [TestTensor], padding: Int = 0) -> [UInt8] {
  var data: [UInt8] = []
  let entries = tensors.map { tensor in
    let start = data.count
    data += tensor.data
    return """
      "\(tensor.name)":{"dtype":"\(tensor.type)","shape":\(tensor.shape),\
      "data_offsets":[\(start),\(data.count)]}
      """
  }
  let header = #"{"__metadata__":{"format":"pt"},"# + entries.joined(separator: ",") + "}"
  return safetensors(header: header + String(repeating: " ", count: padding), data: data)
}

/// A model directory with those files, gone when the test ends.
@discardableResult
func withModel<Result>(
  _ files: [String: [UInt8]], _ body: (ModelDirectory) throws -> Result
) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "medbench-weights-" + UUID().uuidString, directoryHint: .isDirectory)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, bytes) in files {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }
  return try body(ModelDirectory(folder.path))
}
