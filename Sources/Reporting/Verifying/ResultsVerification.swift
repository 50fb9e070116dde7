import Boundary
import Foundation
import Pipeline

/// A results directory against what its transcripts give: every figure of every file.
public struct ResultsVerification: Sendable {
  public private(set) var differences: [FigureDifference] = []
  /// Values of results.json that were compared.
  public private(set) var comparedValues = 0
  /// Files that are as they ought to be, and files that are not there.
  public private(set) var verified: [String] = []
  public private(set) var absent: [String] = []

  public var holds: Bool { differences.isEmpty }

  public init(of directory: ResultsDirectory, against verification: Verification) throws {
    let record = verification.record
    differences = verification.missing.map {
      FigureDifference(
        file: ResultsFile.name, key: $0.onOneLine, stored: nil, recomputed: "in the dataset")
    }
    for file in ResultsDirectory.File.allCases {
      guard let bytes = try Self.bytes(of: directory.path(of: file)) else {
        absent.append(file.rawValue)
        continue
      }
      let before = differences.count
      if file == .json {
        try compare(bytes, with: record, path: directory.path(of: file))
      } else {
        differences += Self.differences(
          of: file, stored: String(decoding: bytes, as: UTF8.self), record: record, in: directory)
      }
      if differences.count == before, verification.missing.isEmpty || file != .json {
        verified.append(file.rawValue)
      }
    }
  }

  private mutating func compare(_ bytes: [UInt8], with record: RunRecord, path: String) throws {
    let again = [UInt8](try ResultsFile.encode(record, path: path))
    guard let stored = try? JSONValue(parsing: bytes[...]) else {
      throw ResultsError.corrupt(path: path, place: "not whole JSON")
    }
    let found = JSONDifferences(
      file: ResultsFile.name, stored: stored, recomputed: try JSONValue(parsing: again[...]))
    differences += found.differences
    comparedValues = found.compared
  }

  private static func differences(
    of file: ResultsDirectory.File, stored: String, record: RunRecord,
    in directory: ResultsDirectory
  ) -> [FigureDifference] {
    func again(_ language: Language) -> String {
      directory.text(of: file, record, language: language)
    }
    switch file {
    case .json: return []
    case .csv: return TextDifferences.csv(stored: stored, recomputed: again(.english))
    case .junit:
      return TextDifferences.lines(
        file: file.rawValue, stored: stored, recomputed: again(.english)
      ) { _ in true }
    case .html:
      // Nothing in the record says in which language it was drawn.
      let all = Language.allCases.map { language in
        TextDifferences.lines(
          file: file.rawValue, stored: stored, recomputed: again(language),
          quotes: TextDifferences.isFigures)
      }
      return all.min { $0.count < $1.count } ?? []
    }
  }

  private static func bytes(of path: String) throws -> [UInt8]? {
    do {
      return try RegularFile.bytes(of: path, limit: ResultsFile.limit)
    } catch  where error.reason == .missing {
      return nil
    }
  }
}
