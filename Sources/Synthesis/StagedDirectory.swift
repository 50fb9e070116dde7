import Foundation

/// A directory that is filled beside its place and renamed into it whole.
struct StagedDirectory: Sendable {
  private let target: String
  private let staging: String
  private let permissions: mode_t

  /// - Throws: `GenerationError` where `target` holds something or cannot be made.
  ///
  /// - Parameter permissions: of the directory and those made in it.
  init(for target: String, permissions: mode_t = 0o755) throws {
    self.permissions = permissions
    var target = target
    while target.count > 1, target.hasSuffix("/") { target.removeLast() }
    try Self.checkEmpty(target)
    self.target = target
    let url = URL(fileURLWithPath: target)
    staging =
      url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).medbench-\(getpid()).tmp"
    try Self.make(staging, permissions, reportedAs: target)
  }

  private static func checkEmpty(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw GenerationError.notADirectory(path) }
    let entries = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard entries?.isEmpty == true else { throw GenerationError.notEmpty(path) }
  }

  private static func make(
    _ path: String, _ permissions: mode_t, reportedAs name: String
  ) throws {
    guard mkdir(path, permissions) == 0 else { throw GenerationError.unwritable(name, errno) }
  }

  func path(_ relative: String) -> String { staging + "/" + relative }

  func makeDirectory(_ relative: String) throws {
    try Self.make(path(relative), permissions, reportedAs: path(relative))
  }

  /// Takes the target's name; an empty directory there makes way.
  func publish() throws {
    guard rename(staging, target) == 0 else { throw GenerationError.unwritable(target, errno) }
  }

  func discard() { try? FileManager.default.removeItem(atPath: staging) }
}
