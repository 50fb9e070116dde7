import Boundary
import Foundation

extension RooflineReport.Measured {
  /// The steps of a decode report beside what the roofs allow at their cache positions; the straight calls where they
  /// were run.
  public static func steps(
    of report: DecodeReport, on roofline: Roofline
  ) -> [RooflineReport.Measured] {
    report.rows.compactMap { row in
      guard let step = row.executor ?? row.graph else { return nil }
      var deep = roofline
      deep.cachedPositions = Double(row.position)
      return RooflineReport.Measured(
        name: "decode@\(row.position)", point: deep.decode(batch: 1),
        tokensPerSecond: 1000 / step.median)
    }
  }
}

/// A benchmark's JSON that cannot be used.
public struct BenchResultsError: Error, Equatable, CustomStringConvertible {
  public let path: String
  public let problem: String

  public var description: String { "\(path.onOneLine): \(problem)" }
}

extension DecodeReport {
  static let byteLimit = 16 << 20

  /// - Parameter path: the JSON file that `bench decode --json` wrote.
  /// - Throws: `FileReadError`, `BenchResultsError`.
  public init(file path: String) throws {
    let bytes = try RegularFile.bytes(of: path, limit: Self.byteLimit)
    struct Version: Decodable { let schema: Int }
    guard let version = try? JSONDecoder().decode(Version.self, from: Data(bytes)) else {
      throw BenchResultsError(path: path, problem: "is no report of medbench bench decode --json")
    }
    guard version.schema == Self.schemaVersion else {
      throw BenchResultsError(
        path: path,
        problem:
          "is of schema version \(version.schema), and this medbench reads \(Self.schemaVersion)"
      )
    }
    do {
      self = try JSONDecoder().decode(DecodeReport.self, from: Data(bytes))
    } catch {
      throw BenchResultsError(path: path, problem: "is no report of medbench bench decode --json")
    }
  }
}
