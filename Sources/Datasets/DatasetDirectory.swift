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
        "\"\(path.escapedOnOneLine)\" leads out of the dataset; "
          + "use a path relative to its directory without \"..\"")
    }
    guard let file = resolved(root + "/" + path) else {
      throw Refusal("\(path.escapedPath): no such file; add it or mend the path")
    }
    let inside = root == "/" ? root : root + "/"
    guard file.hasPrefix(inside) else {
      throw Refusal(
        "\(path.escapedPath) is a link out of the dataset; copy the file into the directory")
    }
    return file
  }

  /// The bytes of that file.
  func bytes(of path: String, limit: Int) throws(Refusal) -> [UInt8] {
    let shown = path.escapedPath
    // O_NONBLOCK so that a pipe is refused below instead of waited for.
    let descriptor = open(try file(path), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Refusal("\(shown): cannot be opened; check its permissions")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Refusal("\(shown): is not a regular file; put a file there")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw Refusal(
        "\(shown): has \(size) bytes, more than the limit of \(limit); split or shrink it")
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(descriptor, buffer.baseAddress! + count, size - count)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        count += got
      }
    }
    guard bytes.count == size else {
      throw Refusal("\(shown): cannot be read to its end; check its disk and try again")
    }
    return bytes
  }
}

private func resolved(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
