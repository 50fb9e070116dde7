import Boundary
import DocProfiles
import Foundation
import OCRInference

/// The run's memory on disk while it runs: one header line, then a line for every document done.
///
/// A line is on the disk before the next document begins, so a killed run loses at most the
/// document it was reading. The last line may be half-written; it is dropped and read again.
public struct RunJournal: Sendable {
  public static let fileName = "journal.jsonl"
  /// Bytes; some hundred thousand pages.
  private static let limit = 1 << 30

  struct Header: Codable, Equatable {
    var medbenchVersion: String
    var startedAt: String
    var configuration: RunConfiguration
    var engine: EngineIdentity
    var environment: RunEnvironment
  }

  struct Entry: Codable {
    var type: DocumentType
    var dpi: Int
    var document: DocumentRecord
  }

  struct Key: Hashable {
    var type: DocumentType
    var dpi: Int
    var document: String
  }

  let path: String
  let header: Header
  private(set) var done: [Key: DocumentRecord] = [:]
  /// Open for appending.
  private let file: Int32

  /// Begins a journal in `directory`, which must not have one.
  init(creatingIn directory: String, header: Header) throws {
    path = directory + "/" + Self.fileName
    self.header = header
    file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.failure(path) }
    try write(header)
  }

  /// Goes on with the journal in `directory`.
  init(resumingIn directory: String) throws {
    path = directory + "/" + Self.fileName
    let data: Data
    do {
      data = Data(try RegularFile.bytes(of: path, limit: Self.limit))
    } catch {
      throw error.reason == .missing ? RunError.nothingToResume(directory) : error
    }
    let whole = data.lastIndex(of: 0x0A).map { data[...$0] } ?? data[..<data.startIndex]
    let lines = whole.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    guard let first = lines.first else { throw RunError.nothingToResume(directory) }
    header = try Self.decode(Header.self, first, path: path, line: 1)
    for (index, line) in lines.enumerated().dropFirst() {
      let entry = try Self.decode(Entry.self, line, path: path, line: index + 1)
      done[Key(type: entry.type, dpi: entry.dpi, document: entry.document.id)] = entry.document
    }
    file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0, ftruncate(file, whole.count) == 0 else { throw Self.failure(path) }
  }

  /// Keeps a document that has been read; returns when it is on the disk.
  mutating func append(_ document: DocumentRecord, type: DocumentType, dpi: Int) throws {
    try write(Entry(type: type, dpi: dpi, document: document))
    done[Key(type: type, dpi: dpi, document: document.id)] = document
  }

  func document(_ id: String, type: DocumentType, dpi: Int) -> DocumentRecord? {
    done[Key(type: type, dpi: dpi, document: id)]
  }

  /// Once `results.json` holds everything.
  func remove() throws {
    close(file)
    guard unlink(path) == 0 else { throw Self.failure(path) }
  }

  private func write(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var line = try encoder.encode(value)
    line.append(0x0A)
    if let code = line.withUnsafeBytes({ writeAll($0, to: file) }) {
      throw Self.failure(path, code)
    }
    guard fsync(file) == 0 else { throw Self.failure(path) }
  }

  private static func failure(_ path: String, _ code: Int32 = errno) -> RunError {
    RunError.unwritable(path, reason: systemError(code))
  }

  private static func decode<T: Decodable>(
    _ type: T.Type, _ line: Data, path: String, line number: Int
  ) throws -> T {
    do {
      return try JSONDecoder().decode(type, from: line)
    } catch {
      throw RunError.journalCorrupt(path, line: number, reason: "not a line medbench wrote")
    }
  }
}
