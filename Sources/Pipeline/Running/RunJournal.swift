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
    var provenance: RunProvenance
    /// Where relative paths in the configuration begin.
    var workingDirectory: String
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
  private let file: JournalFile

  /// Begins a journal in `directory`, which must not have one.
  init(creatingIn directory: String, header: Header) throws {
    path = directory + "/" + Self.fileName
    self.header = header
    file = try JournalFile(path, O_CREAT | O_EXCL)
    try write(header)
  }

  /// What the run in `directory` was begun with.
  static func header(in directory: String) throws -> Header {
    let path = directory + "/" + fileName
    return try header(of: try wholeLines(of: path, in: directory), path: path)
  }

  /// Goes on with the journal in `directory`.
  init(resumingIn directory: String) throws {
    path = directory + "/" + Self.fileName
    guard FileManager.default.fileExists(atPath: path) else {
      throw RunError.nothingToResume(directory)
    }
    // Locked before it is read: what another process would still append must not be missed.
    file = try JournalFile(path)
    let lines = try Self.wholeLines(of: path, in: directory)
    header = try Self.header(of: lines, path: path)
    for (index, line) in lines.enumerated().dropFirst() {
      let entry = try Self.decode(Entry.self, line, path: path, line: index + 1)
      done[Key(type: entry.type, dpi: entry.dpi, document: entry.document.id)] = entry.document
    }
    let length = lines.reduce(0) { $0 + $1.count + 1 }
    try file.truncate(to: length)
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
  func remove() throws { try file.remove() }

  private func write(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var line = try encoder.encode(value)
    line.append(0x0A)
    try file.append(line)
  }

  /// The lines that a line feed ends; what comes after the last one was being written.
  private static func wholeLines(of path: String, in directory: String) throws -> [Data] {
    let data: Data
    do {
      data = Data(try RegularFile.bytes(of: path, limit: limit))
    } catch {
      throw error.reason == .missing ? RunError.nothingToResume(directory) : error
    }
    guard let end = data.lastIndex(of: 0x0A) else { return [] }
    return data[..<end].split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  private static func header(of lines: [Data], path: String) throws -> Header {
    guard let first = lines.first else {
      throw RunError.journalCorrupt(path, line: 1, reason: "its first line was never whole")
    }
    return try decode(Header.self, first, path: path, line: 1)
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
