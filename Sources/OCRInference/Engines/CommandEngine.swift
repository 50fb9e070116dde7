import Synchronization

/// Any program as an engine: a page's path goes in, text or JSON comes out (docs/engines.md).
///
/// The program runs once a page, without a shell, with the path of a PNG where its arguments say
/// `{page}`, else as its last argument; `MEDBENCH_PAGE_ID` and `MEDBENCH_DPI` tell it more.
public struct CommandEngine: OCREngine {
  public let identity: EngineIdentity
  private let program: String
  private let arguments: [String]

  /// - Parameters:
  ///   - command: the program, found in `PATH` or by its path, and its arguments.
  ///   - model: what reports call it; the program's file name by default.
  ///   - streamsTokens: whether the program prints a JSON line a token, so that TPOT has a meaning.
  /// - Throws: `EngineUsageError` without a program, `EngineUnavailable` where there is no such
  ///   executable file.
  public static func make(
    command: [String], model: String? = nil, streamsTokens: Bool = false
  ) throws -> CommandEngine {
    guard let name = command.first, !name.isEmpty else {
      throw EngineUsageError(
        description: "engine 'command': no program; give one with --command 'PROGRAM ARGUMENTS'")
    }
    guard let program = ProgramPath.find(name) else {
      throw EngineUnavailable(
        description: name.contains("/")
          ? "\(name): no executable file; give the path of a program (chmod +x a script)"
          : "\(name): no program of that name in PATH; install it or give its path")
    }
    let fileName = name.split(separator: "/").last.map(String.init) ?? name
    return CommandEngine(
      identity: EngineIdentity(
        engine: "command", model: model ?? fileName, version: "unknown",
        streamsTokens: streamsTokens),
      program: program, arguments: Array(command.dropFirst()))
  }

  public func read(_ page: EnginePage) -> AsyncThrowingStream<TextChunk, any Error> {
    chunkStream { yield in
      try await PageFile.withPageFile(page, as: .png) { path in
        let child = ChildProcess(
          program: program, arguments: arguments(for: path),
          environment: ["MEDBENCH_PAGE_ID": page.id, "MEDBENCH_DPI": "\(page.dpi)"])
        let output = Mutex(CommandOutput())
        let diagnostics = try await child.run { bytes in
          try output.withLock { try $0.append(bytes) }.forEach(yield)
        }
        do {
          try output.withLock { try $0.finish() }.forEach(yield)
        } catch let failure as EngineFailure {
          throw failure.with(diagnostics: diagnostics)
        }
      }
    }
  }

  private func arguments(for path: String) -> [String] {
    let named = arguments.map { $0.replacing("{page}", with: path) }
    return named == arguments ? arguments + [path] : named
  }
}
