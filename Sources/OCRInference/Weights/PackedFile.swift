import Boundary
import Glibc

/// The cache file of packed weights: a page that says what it is, then the matrices where the
/// layout puts them.
///
/// A file is written whole under another name, synced and then renamed, so that neither a crash nor
/// a second process leaves a torn one to be found; two that pack at once write the same bytes, and
/// the later rename wins. One that is not exactly what the layout asks for, or whose matrices are not
/// those that were written, is never used: the next rename replaces it. A rotten block on a disk
/// would otherwise be a model that reads worse, judged under the good one's name.
enum PackedFile {
  /// Why a file could not be written.
  struct Obstacle: Error {
    var error: FileWriteError
    var note: String { "packed weights are not kept for the next start: \(error)" }
  }

  /// The file of an earlier start, if there is one and it is ours.
  static func open(_ layout: PackedLayout, in cache: WeightCacheDirectory) -> MappedFile? {
    guard let path = cache.file(key: layout.key), let file = try? MappedFile(path),
      file.bytes.count == layout.byteCount,
      // Whoever may write the file may choose the weights.
      file.status.st_uid == geteuid(), file.status.st_mode & 0o022 == 0,
      file.bytes.prefix(PackedLayout.headerBytes).elementsEqual(
        header(of: layout, sum: sum(of: file.bytes, in: layout)))
    else { return nil }
    return file
  }

  static func write(
    _ layout: PackedLayout, packing weights: WeightFiles, pool: ThreadPool,
    in cache: WeightCacheDirectory
  ) throws(WeightError) -> Result<MappedFile, Obstacle> {
    guard let path = cache.file(key: layout.key), let directory = cache.path else {
      return failure("", ENOENT)
    }
    do {
      try PrivateDirectory.make(directory)
    } catch {
      return .failure(Obstacle(error: error))
    }
    cache.removeAbandoned()
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
    let file = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return failure(path, errno) }
    // After the rename there is nothing to remove.
    defer { unlink(temporary) }
    var code = try fill(file, layout, packing: weights, pool: pool)
    if code == nil, fsync(file) != 0 { code = errno }
    if close(file) != 0, code == nil { code = errno }
    if code == nil, rename(temporary, path) != 0 { code = errno }
    if let code { return failure(path, code) }
    guard let kept = open(layout, in: cache) else { return failure(path, EIO) }
    return .success(kept)
  }

  /// - Returns: the system's error number (errno), or nil.
  private static func fill(
    _ file: Int32, _ layout: PackedLayout, packing weights: WeightFiles, pool: ThreadPool
  ) throws(WeightError) -> Int32? {
    // Ask for the space first: better to learn of a full disk before the work than after.
    let code = posix_fallocate(file, 0, layout.byteCount)
    guard code == 0 else { return code }
    guard lseek(file, off_t(PackedLayout.headerBytes), SEEK_SET) >= 0 else { return errno }
    var sum = WeightSum()
    let scratch = AnonymousMemory(byteCount: layout.slots.map(\.byteCount).max() ?? 0)
    defer { withExtendedLifetime(scratch) {} }
    for slot in layout.slots {
      let packed = UnsafeMutableRawBufferPointer(rebasing: scratch.bytes[..<slot.byteCount])
      try weights.pack(slot, as: layout.type, into: packed, pool: pool)
      sum.add(UnsafeRawBufferPointer(packed))
      if let code = writeAll(UnsafeRawBufferPointer(packed), to: file) { return code }
    }
    guard lseek(file, 0, SEEK_SET) == 0 else { return errno }
    return header(of: layout, sum: sum).withUnsafeBytes { writeAll($0, to: file) }
  }

  private static func sum(of bytes: UnsafeRawBufferPointer, in layout: PackedLayout) -> WeightSum {
    var sum = WeightSum()
    for slot in layout.slots {
      sum.add(UnsafeRawBufferPointer(rebasing: bytes[slot.offset..<slot.end]))
    }
    return sum
  }

  /// `medbench packed weights`, the format's version, the size, the key and the matrices' sum, one a
  /// line, then a checksum of the lines; zeros to the page's end.
  private static func header(of layout: PackedLayout, sum: WeightSum) -> [UInt8] {
    let lines =
      "medbench packed weights 2\n\(layout.byteCount) bytes\n\(layout.key)\n\(sum.value)\n"
    let text = Array((lines + Checksum.sha256(of: Array(lines.utf8)) + "\n").utf8)
    return text + [UInt8](repeating: 0, count: PackedLayout.headerBytes - text.count)
  }

  private static func failure(_ path: String, _ code: Int32) -> Result<MappedFile, Obstacle> {
    .failure(Obstacle(error: FileWriteError(path: path, code: code)))
  }
}
