import Foundation
import OCRInference
import Pipeline

extension EngineTable {
  /// The engine that a run's record asks for.
  static func make(_ request: EngineRequest) async throws -> any OCREngine {
    let defaults = EngineOptions()
    let bar = ProgressBar()
    defer { bar.finish() }
    let engine = try await make(
      name: request.name,
      options: EngineOptions(
        local: request.local ?? defaults.local,
        download: { bar.show($0.bytes >> 20, of: $0.total >> 20, "MiB of the model") },
        command: request.command ?? [],
        modelLabel: request.modelLabel,
        streamsTokens: request.streamsTokens ?? false,
        languages: request.languages ?? defaults.languages,
        pageSegmentationMode: request.pageSegmentationMode ?? defaults.pageSegmentationMode))
    if let note = (engine as? LocalEngine)?.model.note {
      FileHandle.standardError.write(Data("medbench: \(note)\n".utf8))
    }
    return engine
  }
}
