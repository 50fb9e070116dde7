import Boundary
import Glibc

/// A dataset's directory on disk: what is read from it stays inside it and has a bounded size.
struct DatasetDirectory: Sendable {
  /// As the caller named it, for messages.
  let name: String
  /// Without symbolic links.
  let root: String

  /// Why a file was not read; how to mend it.
  struct Refusal: Error {
    var message: String
    init(_ message: String) { self.message = message }

    /// In the words of a dataset, and with the path that stands in it.
    init(_ error: FileReadError, of path: String) {
      let mend =
        switch error.reason {
        case .notAFile: "is not a regular file; put a file there"
        case .tooManyBytes(let size, let limit):
          "has \(size) bytes, more than the limit of \(limit); split or shrink it"
        case .failed(EIO): "cannot be read to its end; check its disk and try again"
        case .missing, .failed: "cannot be opened; check its permissions"
        }
      self.init("\(path.onOneLine): \(mend)")
    }
  }

  init(_ name: String) throws(DatasetError) {
    self.name = name
    guard let root = resolved(name) else {
      throw DatasetError(
        DatasetDefect(file: name, message: "no such dataset directory; check the path"))
    }
    var status = stat()
    guard stat(root, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw DatasetError(
        DatasetDefect(
          file: name, message: "is not a directory; give the directory that holds the JSONL files"))
    }
    self.root = root
  }

  /// The names of the JSONL files in the root, ordered by their bytes.
  func jsonlNames() throws(DatasetError) -> [String] {
    guard let directory = opendir(root) else {
      throw DatasetError(
        DatasetDefect(file: name, message: "cannot be listed; check its permissions"))
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".jsonl"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The absolute path of a file that `path` names relative to the directory.
  func file(_ path: String) throws(Refusal) -> String {
    let steps = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.isEmpty, !path.utf8.contains(0), !path.hasPrefix("/"), !steps.contains("..") else {
      throw Refusal(
        "\"\(path.excerptOnOneLine)\" leads out of the dataset; "
          + "use a path relative to its directory without \"..\"")
    }
    guard let file = resolved(root + "/" + path) else {
      throw Refusal("\(path.onOneLine): no such file; add it or mend the path")
    }
    let inside = root == "/" ? root : root + "/"
    guard file.hasPrefix(inside) else {
      throw Refusal(
        "\(path.onOneLine) is a link out of the dataset; copy the file into the directory")
    }
    return file
  }

  /// The bytes of that file.
  func bytes(of path: String, limit: Int) throws(Refusal) -> [UInt8] {
    let file = try file(path)
    do {
      return try RegularFile.bytes(of: file, limit: limit)
    } catch {
      throw Refusal(error, of: path)
    }
  }
}

private func resolved(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
