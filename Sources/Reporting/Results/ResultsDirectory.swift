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

  /// Where the pipeline puts the pictures of the worst pages, each as `PageRecord.pictureName`.
  public var pictures: String { path + "/pictures" }

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
      let data: Data
      switch file {
      case .json: data = try ResultsFile.encode(record, path: path(of: .json))
      case .junit: data = Data(JUnitReport(record).rendered().utf8)
      case .csv: data = Data(PagesCSV(record).rendered().utf8)
      case .html:
        let report = HTMLReport(record, language: language, pictures: pictures)
        data = Data(report.rendered().utf8)
      }
      try ResultsFile.write(data, to: path(of: file))
    }
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
