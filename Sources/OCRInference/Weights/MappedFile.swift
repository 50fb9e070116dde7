import Boundary
import Glibc

/// A file's bytes in the address space: read when touched, shared with every process that maps it.
///
/// The size is that of the moment it was opened. A file that someone shortens afterwards ends the
/// process with SIGBUS at the first touch beyond its new end, as with every reader that maps; model
/// files are replaced by rename (so does the hub's client), which leaves a map whole.
final class MappedFile: Sendable {
  let path: String
  /// Never empty: mmap(2) has no map of nothing.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  /// For telling one version of a file from the next.
  let status: stat

  /// - Throws: WeightProblem of a path that is missing, empty or no regular file; symbolic links
  ///   are followed, for the hub's cache is made of them.
  init(_ path: String) throws(WeightError) {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      throw WeightError(
        path: path, problem: .unreadable(errno == ENOENT ? .missing : .failed(errno)))
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw WeightError(path: path, problem: .unreadable(.failed(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw WeightError(path: path, problem: .unreadable(.notAFile))
    }
    let size = Int(status.st_size)
    guard size > 0 else { throw WeightError(path: path, problem: .truncated(needed: 8, found: 0)) }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      throw WeightError(path: path, problem: .notMapped(errno))
    }
    self.path = path
    self.status = status
    bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  /// Lets the pages go that lie whole in a range: they are read again if they are touched again.
  func release(_ range: Range<Int>) {
    let page = sysconf(Int32(_SC_PAGESIZE))
    let first = (range.lowerBound + page - 1) / page * page
    let count = range.upperBound / page * page - first
    guard count > 0 else { return }
    madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress! + first), count, MADV_DONTNEED)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count) }
}
