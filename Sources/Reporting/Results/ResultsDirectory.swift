import Boundary
import Foundation
import OCRInference
import Pipeline

/// A run's directory, `{engine}_{model}_{YYYYMMDD_HHMMSS}`, and the files in it. `docs/reports.md`
/// says what each holds.
public struct ResultsDirectory: Sendable {
  public enum File: String, CaseIterable, Sendable {
    case json = "results.json"
    case junit = "junit.xml"
    case csv = "pages.csv"
    case html = "report.html"
  }

  public var path: String

  public init(_ path: String) {
    self.path = path
  }

  /// Where the pipeline puts pictures of pages and places, each as `PageRecord.pictureName`.
  public var pictures: String { path + "/pictures" }

  /// The same pictures with what says whom they are about covered.
  private var redactedPictures: String { pictures + "/redacted" }

  /// What `writeRedacted` makes: a results directory for others than the ward.
  public var redacted: ResultsDirectory { ResultsDirectory(path + "/redacted") }

  public func path(of file: File) -> String { path + "/" + file.rawValue }

  /// `tesseract_kor-eng_20260314_015926`, of the engine and the start of the run in UTC. What is not
  /// a letter, a digit, `.` or `-` in ASCII becomes `-`, so that a model's path is no path here.
  public static func name(for engine: EngineIdentity, startedAt: String) -> String {
    let digits = startedAt.filter { $0.isASCII && $0.isNumber }.prefix(14)
    let time = "\(digits.prefix(8))_\(digits.dropFirst(8))"
    return "\(safe(engine.engine))_\(safe(engine.model))_\(time)"
  }

  /// Makes the directory, mode 0700; an existing one stays as it is.
  public func create() throws(ResultsError) {
    do {
      try PrivateDirectory.make(path)
    } catch {
      throw ResultsError(error)
    }
  }

  public func read() throws(ResultsError) -> RunRecord {
    try ResultsFile.read(path(of: .json))
  }

  /// SHA-256 of `results.json`: two runs that have it in common are one.
  public func hash() throws(ResultsError) -> String {
    do {
      return Checksum.sha256(
        of: try RegularFile.bytes(of: path(of: .json), limit: ResultsFile.limit))
    } catch {
      throw .unreadable(path: path(of: .json), reason: error.reason.words)
    }
  }

  /// Writes the files, each whole or not at all; `results.json` first, for the others can be made
  /// from it.
  public func write(
    _ record: RunRecord, language: Language, files: [File] = File.allCases
  ) throws(ResultsError) {
    try create()
    if files.contains(.json), let probes = ProbesRecord(record) {
      try ProbesDirectory(path).writeJSON(probes)
    }
    for file in File.allCases where files.contains(file) {
      let data =
        file == .json
        ? try ResultsFile.encode(record, path: path(of: .json))
        : Data(text(of: file, record, language: language).utf8)
      try ResultsFile.write(data, to: path(of: file))
    }
  }

  /// What a file that is drawn from `results.json` says of a record.
  func text(of file: File, _ record: RunRecord, language: Language) -> String {
    switch file {
    case .json: ""
    case .junit: JUnitReport(record).rendered()
    case .csv: PagesCSV(record).rendered()
    case .html: HTMLReport(record, language: language, pictures: pictures).rendered()
    }
  }

  /// Writes the files into `redacted` without what says whom the documents are about, with the pictures
  /// in which that is covered. `results.json` is always among them, since the others come from it.
  public func writeRedacted(
    _ record: RunRecord, language: Language, files: [File] = File.allCases
  ) throws(ResultsError) {
    let copy = redacted
    try copy.create()
    do {
      try PrivateDirectory.make(copy.pictures)
    } catch {
      throw ResultsError(error)
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: redactedPictures)) ?? []
    let redactedRecord = record.redacted()
    let shown = redactedRecord.pictureNames(as: record)
    for name in names.sorted() {
      guard let shownName = shown[name] else { continue }
      let data: Data
      do {
        data = Data(
          try RegularFile.bytes(of: redactedPictures + "/" + name, limit: PagePictures.budget))
      } catch {
        continue  // A report without this picture says so.
      }
      try ResultsFile.write(data, to: copy.pictures + "/" + shownName)
    }
    try copy.write(redactedRecord, language: language, files: files + [.json])
  }

  private static func safe(_ name: String) -> String {
    let safe = name.unicodeScalars.map { scalar in
      let isSafe =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789.-".unicodeScalars.contains(scalar))
      return isSafe ? Character(scalar) : "-"
    }
    let text = String(safe.prefix(80))
    return text.isEmpty || text.hasPrefix(".") ? "-" + text : text
  }
}

extension RunRecord {
  /// The names of the pictures that reports show, by those of the same run before its redaction.
  fileprivate func pictureNames(as original: RunRecord) -> [String: String] {
    let pairs = zip(original.pictureNames, pictureNames)
    return Dictionary(pairs.map { ($0, $1) }) { first, _ in first }
  }

  private var pictureNames: [String] {
    groups.flatMap { group in
      group.documents.flatMap(\.pages).flatMap { page in
        [page.pictureName(dpi: group.dpi)]
          + (page.score.harms ?? []).indices.map { page.pictureName(dpi: group.dpi, harm: $0) }
      }
    }
  }
}
