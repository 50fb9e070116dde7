import Glibc

/// A directory that only its owner may enter: pages and what was read from them are patient data.
public enum PrivateDirectory {
  /// Makes the directory and those above it, mode 0700; one that is there already stays as it is.
  public static func make(_ path: String) throws(FileWriteError) {
    var reached = path.hasPrefix("/") ? "" : "."
    for step in path.split(separator: "/") {
      reached += "/" + step
      guard mkdir(reached, 0o700) != 0 else { continue }
      let code = errno
      guard isDirectory(reached) else {
        throw FileWriteError(path: path, code: code == EEXIST ? ENOTDIR : code)
      }
    }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
