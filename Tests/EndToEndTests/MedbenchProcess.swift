import Foundation

/// The built `medbench`, run as a stranger would.
struct MedbenchProcess {
  struct End {
    var status: Int32
    var output: String
    var error: String
  }

  /// Beside the test bundle that is running.
  static let program = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("medbench")

  /// The package's root, where `datasets/` lies.
  static let home = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  let process = Process()
  private let output: URL
  private let error: URL

  /// - Parameter working: the directory it stands in; the tests' own by default.
  init(
    _ arguments: [String], environment: [String: String] = [:], directory working: String? = nil
  ) throws {
    let directory = FileManager.default.temporaryDirectory
    output = directory.appendingPathComponent("medbench-out-\(UUID().uuidString)")
    error = directory.appendingPathComponent("medbench-err-\(UUID().uuidString)")
    for file in [output, error] {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.executableURL = Self.program
    process.arguments = arguments
    if let working { process.currentDirectoryURL = URL(fileURLWithPath: working) }
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["MEDBENCH_HOME": Self.home.path, "LC_ALL": "C"].merging(environment) { $1 }
    ) { $1 }
    // Files and not pipes: a killed run must not leave its reader waiting.
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  func end() throws -> End {
    process.waitUntilExit()
    defer { for file in [output, error] { try? FileManager.default.removeItem(at: file) } }
    return End(
      status: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      error: try String(contentsOf: error, encoding: .utf8))
  }

  /// Its end by Ctrl-C, pressed from when the benchmark runs and it no longer kills.
  func interrupted() throws -> End {
    while process.isRunning, !takesInterrupts { usleep(20_000) }
    while process.isRunning {
      process.interrupt()
      usleep(50_000)
    }
    return try end()
  }

  /// Whether SIGINT, bit 1, is caught or ignored (proc(5)).
  private var takesInterrupts: Bool {
    let path = "/proc/\(process.processIdentifier)/status"
    guard let status = try? String(contentsOfFile: path, encoding: .utf8) else { return false }
    return status.split(separator: "\n").contains { line in
      guard line.hasPrefix("SigIgn:") || line.hasPrefix("SigCgt:") else { return false }
      let mask = UInt64(line.dropFirst(7).filter { !$0.isWhitespace }, radix: 16)
      return mask.map { $0 & 2 != 0 } ?? false
    }
  }

  static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> End {
    try MedbenchProcess(arguments, environment: environment).end()
  }
}

/// A directory that is gone when the test is.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/medbench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>, executable: Bool = false) throws
    -> String
  {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    if executable {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
    return file
  }

  func contents(of directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + directory).sorted()
  }
}
