import Boundary

/// One reading of a dataset's JSONL files: the documents that are sound, and what is wrong with
/// the others. Pictures are not looked at.
struct DatasetScan {
  static let maximumLineBytes = 4 << 20
  /// Over all JSONL files together.
  static let maximumBytes = 256 << 20
  /// After so many the rest is not read: a file of another kind would fill the memory with them.
  static let maximumDefects = 10_000

  struct Entry {
    var document: DatasetDocument
    var file: String
    var line: Int
  }

  let directory: DatasetDirectory
  private(set) var entries: [Entry] = []
  private(set) var defects: [DatasetDefect] = []
  /// SHA-256 over the JSONL files in order: `cat *.jsonl | sha256sum` in the C locale.
  private(set) var contentHash = ""
  private var firstUse: [String: (file: String, line: Int)] = [:]
  private let stopsAtFirst: Bool

  init(_ directory: DatasetDirectory, stopsAtFirst: Bool) throws(DatasetError) {
    self.directory = directory
    self.stopsAtFirst = stopsAtFirst
    var checksum = Checksum(.sha256)
    var remaining = Self.maximumBytes
    for name in try directory.jsonlNames() where !isFinished {
      do {
        let bytes = try directory.bytes(of: name, limit: remaining)
        remaining -= bytes.count
        checksum.update(bytes)
        scan(bytes, shown(name))
      } catch {
        defects.append(DatasetDefect(file: directory.name, message: error.message))
      }
    }
    contentHash = checksum.hexadecimal()
    if entries.isEmpty, defects.isEmpty {
      defects.append(
        DatasetDefect(
          file: directory.name,
          message: "the dataset is empty; put a .jsonl file with a document a line into it"))
    }
  }

  private var isFinished: Bool {
    defects.count >= (stopsAtFirst ? 1 : Self.maximumDefects)
  }

  private func shown(_ name: String) -> String {
    directory.name.hasSuffix("/") ? directory.name + name : directory.name + "/" + name
  }

  private mutating func scan(_ bytes: [UInt8], _ file: String) {
    // Windows editors write a byte order mark; it is no part of the first line.
    var rest = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    var number = 0
    while !rest.isEmpty, !isFinished {
      number += 1
      let end = rest.firstIndex(of: 0x0a) ?? rest.endIndex
      let line = rest[rest.startIndex..<end]
      rest = end < rest.endIndex ? rest[(end + 1)...] : []
      // The last line feed, or one too many, makes no document.
      if line.allSatisfy({ [0x20, 0x09, 0x0d].contains($0) }) { continue }
      scanLine(line, file, number)
    }
  }

  private mutating func scanLine(_ line: ArraySlice<UInt8>, _ file: String, _ number: Int) {
    func defect(_ message: String, _ document: String? = nil) -> DatasetDefect {
      DatasetDefect(file: file, line: number, document: document, message: message)
    }
    guard line.count <= Self.maximumLineBytes else {
      defects.append(
        defect(
          "the line has \(line.count) bytes, more than the limit of \(Self.maximumLineBytes); "
            + "make several documents of it"))
      return
    }
    do {
      let value = try JSONValue(parsing: line, rules: .strict)
      var reading = DocumentReading()
      guard let document = reading.document(value) else {
        let id = DocumentReading.id(of: value)
        defects += reading.problems.map { defect($0, id) }
        return
      }
      let problems = DocumentChecks.problems(in: document)
      defects += problems.map { defect($0, document.id) }
      if let first = firstUse[document.id] {
        defects.append(
          defect(
            "id: stands twice, first at \(first.file.onOneLine):\(first.line); "
              + "give every document its own", document.id))
      } else {
        firstUse[document.id] = (file, number)
        if problems.isEmpty { entries.append(Entry(document: document, file: file, line: number)) }
      }
    } catch {
      defects.append(
        defect(
          "byte \(error.offset + 1): not JSON: \(error.words); write one whole object on the line"
        ))
    }
  }
}
