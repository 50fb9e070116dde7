import Boundary
import Foundation
import OCRInference

/// What becomes of a JSON file's top-level object.
typealias ChangedKeys = @Sendable (inout [String: Any]) -> Void

/// A model's directory with some files changed, gone when the test ends.
/// - Parameters:
///   - keys: changes to JSON files, by name.
///   - without: files that are left out.
///   - weights: what becomes of model.safetensors' tensors.
func withChangedModel<Result>(
  _ original: ModelDirectory, keys: [String: ChangedKeys] = [:], without: Set<String> = [],
  weights: ((inout [TestTensor]) -> Void)? = nil,
  _ body: (ModelDirectory) async throws -> Result
) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "medbench-model-" + UUID().uuidString, directoryHint: .isDirectory)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for name in try FileManager.default.contentsOfDirectory(atPath: original.path)
  where !without.contains(name) {
    let source = "\(original.path)/\(name)"
    var data = try Data(contentsOf: URL(filePath: source))
    if let change = keys[name],
      var object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    {
      change(&object)
      data = try JSONSerialization.data(withJSONObject: object)
    }
    if name == "model.safetensors", let weights {
      var tensors = try SafetensorsFile(source).tensors.map { tensor in
        TestTensor(
          tensor.name, tensor.type.rawValue, shape: tensor.shape, data: Array(data[tensor.bytes]))
      }
      weights(&tensors)
      data = Data(safetensors(tensors))
    }
    try data.write(to: folder.appending(path: name))
  }
  return try await body(ModelDirectory(folder.path))
}

extension [TestTensor] {
  subscript(_ name: String) -> TestTensor {
    get { first { $0.name == name }! }
    set { self[firstIndex { $0.name == name }!] = newValue }
  }
}
