import Foundation

/// Where the program a user named is: the absolute path of an executable file.
package enum ProgramPath {
  /// A name without `/` is looked for in `PATH`, anything else relative to the working directory.
  package static func find(_ name: String) -> String? {
    let candidates: [String]
    if name.contains("/") {
      candidates = [URL(fileURLWithPath: name).path]
    } else {
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
      candidates = path.split(separator: ":").map {
        URL(fileURLWithPath: String($0)).appendingPathComponent(name).path
      }
    }
    return candidates.first(where: isProgram)
  }

  private static func isProgram(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && !isDirectory.boolValue && FileManager.default.isExecutableFile(atPath: path)
  }
}
