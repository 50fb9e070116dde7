import Foundation
import Glibc

/// The model that comes with medbench, medocr-nano: `models/medocr-nano` in the package of the program that runs, else in the
/// current directory.
public struct BundledModel: Sendable {
  static let place = "models/medocr-nano"

  /// Absolute and without symbolic links, where it is there.
  private let executable: String
  private let workingDirectory: String

  /// - Parameters:
  ///   - executable: the running program by default.
  ///   - workingDirectory: the current one by default.
  public init(
    executable: String = "/proc/self/exe",
    workingDirectory: String = FileManager.default.currentDirectoryPath
  ) {
    let real = realpath(executable, nil)
    defer { free(real) }
    self.executable = real.map { String(cString: $0) } ?? executable
    self.workingDirectory = workingDirectory
  }

  /// - Throws: `ModelLocationError.noBundledModel` with the places where it was looked for.
  public func directory() throws(ModelLocationError) -> ModelDirectory {
    var ancestor = URL(filePath: executable)
    while ancestor.path != "/" {
      ancestor.deleteLastPathComponent()
      if let found = Self.model(in: ancestor.path) { return found }
    }
    if let found = Self.model(in: workingDirectory) { return found }
    throw .noBundledModel(above: executable, under: workingDirectory)
  }

  /// nil without the file that every checkpoint has: a directory of that name alone is no model.
  private static func model(in directory: String) -> ModelDirectory? {
    let path = (directory == "/" ? "" : directory) + "/" + place
    guard let found = try? ModelDirectory(path), found.existing(.config) != nil else { return nil }
    return found
  }
}
