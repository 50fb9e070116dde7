import Foundation
import OCRInference
import PageImaging

/// A shell script in a directory of its own, as an engine. `$DIR` in it is that directory.
struct ScriptedCommand: ~Copyable {
  let directory: URL
  let engine: CommandEngine

  init(_ script: String, arguments: [String] = [], streamsTokens: Bool = false) throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("medbench-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let file = directory.appendingPathComponent("engine.sh")
    try "#!/bin/sh\nexport DIR='\(directory.path)'\necho \"$1\" > \"$DIR/page\"\n\(script)\n"
      .write(to: file, atomically: true, encoding: .utf8)
    engine = try CommandEngine.make(
      command: ["/bin/sh", file.path] + arguments, model: "script", streamsTokens: streamsTokens)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// What the script wrote to `$DIR/name`.
  func note(_ name: String) throws -> String {
    try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Whether the page the script was given is still on disk.
  func pageIsLeft() throws -> Bool {
    FileManager.default.fileExists(atPath: try note("page"))
  }

  /// Whether the process whose number the script wrote to `$DIR/name` goes on running: a KILL that
  /// was sent takes the kernel a moment to carry out.
  func runs(_ name: String) throws -> Bool {
    let process = try note(name)
    for _ in 0..<200 {
      if !Self.isAlive(process) { return false }
      usleep(10_000)
    }
    return true
  }

  /// One that has ended and waits for its parent to ask (state Z) is not.
  private static func isAlive(_ process: String) -> Bool {
    let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    guard let state = stat?.split(separator: ")").last?.split(separator: " ").first else {
      return false
    }
    return state != "Z" && state != "X"
  }
}

extension EnginePage {
  /// A small white page.
  static let blank = EnginePage(
    id: "rx-0001/1", image: PageImage(width: 8, height: 8, color: .grey, filledWith: 255), dpi: 300)
}
