import Boundary
import Glibc

/// Where packed weights wait for the next start.
public struct WeightCacheDirectory: Sendable, Hashable {
  /// Nil where there is nowhere to keep them.
  public let path: String?

  public init(path: String?) { self.path = path }

  /// `MEDBENCH_CACHE`, else `XDG_CACHE_HOME`/medbench, else ~/.cache/medbench; in it `weights`.
  public init(environment: [String: String]) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let root =
      value("MEDBENCH_CACHE")
      ?? value("XDG_CACHE_HOME").map { $0 + "/medbench" }
      ?? value("HOME").map { $0 + "/.cache/medbench" }
    self.init(path: root.map { $0 + "/weights" })
  }

  func file(key: String) -> String? { path.map { "\($0)/\(key).mbq" } }

  /// Files that a killed process left half written, and that none is writing any more.
  func removeAbandoned() {
    guard let path, let directory = opendir(path) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.contains(".mbq."), name.hasSuffix(".tmp") else { continue }
      var status = stat()
      let file = path + "/" + name
      if lstat(file, &status) == 0, status.st_mtim.tv_sec + 86_400 < time(nil) { unlink(file) }
    }
  }
}
