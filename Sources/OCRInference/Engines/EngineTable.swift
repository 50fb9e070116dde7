import Boundary

/// What an engine may be told; each takes what concerns it.
public struct EngineOptions: Sendable {
  public var local: LocalEngineOptions
  /// For `local`: called while a checkpoint comes from the hub.
  public var download: @Sendable (HubDownload.Progress) -> Void
  /// For `command`: the program and its arguments (`CommandWords.split`).
  public var command: [String]
  /// For `command`: what reports call the model; the program's file name by default.
  public var modelLabel: String?
  /// For `command`: whether it prints a JSON line a token.
  public var streamsTokens: Bool
  /// For `tesseract`.
  public var languages: String
  public var pageSegmentationMode: Int

  public init(
    local: LocalEngineOptions = LocalEngineOptions(),
    download: @escaping @Sendable (HubDownload.Progress) -> Void = { _ in }, command: [String] = [],
    modelLabel: String? = nil, streamsTokens: Bool = false,
    languages: String = TesseractEngine.defaultLanguages,
    pageSegmentationMode: Int = TesseractEngine.defaultPageSegmentationMode
  ) {
    self.local = local
    self.download = download
    self.command = command
    self.modelLabel = modelLabel
    self.streamsTokens = streamsTokens
    self.languages = languages
    self.pageSegmentationMode = pageSegmentationMode
  }
}

/// The engines there are. Another one is a file beside this and a line in the table.
public enum EngineTable {
  public struct Entry: Sendable {
    public let name: String
    public let summary: String
    let make: @Sendable (EngineOptions) async throws -> any OCREngine
  }

  public static let entries: [Entry] = [
    Entry(name: "local", summary: "medbench's own decoder: a Hugging Face checkpoint") {
      try await LocalEngine.make($0.local, download: $0.download)
    },
    Entry(name: "tesseract", summary: "Tesseract's command line, Korean and English") {
      try await TesseractEngine.make(
        languages: $0.languages, pageSegmentationMode: $0.pageSegmentationMode)
    },
    Entry(name: "command", summary: "any program: page path in, text or JSON out") {
      try CommandEngine.make(
        command: $0.command, model: $0.modelLabel, streamsTokens: $0.streamsTokens)
    },
  ]

  /// The engine of that name, ready to read.
  /// - Throws: `EngineUsageError` for an unknown name or unusable options, `EngineUnavailable`
  ///   where the machine lacks what the engine needs.
  public static func make(
    name: String, options: EngineOptions = EngineOptions()
  ) async throws -> any OCREngine {
    guard let entry = entries.first(where: { $0.name == name }) else {
      let names = entries.map(\.name)
      let guess = names.nearest(to: name).map { "; did you mean '\($0)'?" } ?? ""
      throw EngineUsageError(
        description:
          "engine '\(name)' is unknown (there are \(names.joined(separator: ", ")))\(guess)")
    }
    return try await entry.make(options)
  }
}
