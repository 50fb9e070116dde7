import Boundary
import Foundation

/// What a benchmark's JSON begins with, so that a reader knows which benchmark it is of and how to read it.
public protocol BenchReport: Codable, Sendable {
  /// As the key `benchmark` says it.
  static var benchmark: String { get }
  /// As the key `schema_version` says it.
  static var schemaVersion: Int { get }
  /// Stopped before its end.
  var isPartial: Bool { get }
}

extension BenchReport {
  /// - Parameter path: the JSON file that this benchmark wrote.
  /// - Throws: `FileReadError`, `BenchResultsError`.
  public init(file path: String) throws {
    let bytes = try RegularFile.bytes(of: path, limit: BenchHeading.byteLimit)
    guard let heading = BenchHeading(bytes), heading.benchmark == Self.benchmark else {
      throw BenchResultsError(
        path: path, problem: "is no report of medbench bench \(Self.benchmark)")
    }
    try self.init(bytes, heading, path: path)
  }

  init(_ bytes: [UInt8], _ heading: BenchHeading, path: String) throws(BenchResultsError) {
    guard heading.version == Self.schemaVersion else {
      throw BenchResultsError(
        path: path,
        problem: "is of schema version \(heading.version), and this medbench reads "
          + "\(Self.schemaVersion)")
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    } catch {
      throw BenchResultsError(
        path: path, problem: "is no whole report of medbench bench \(Self.benchmark)")
    }
  }
}

/// The two keys that every benchmark's JSON has.
struct BenchHeading: Decodable {
  /// A report has some kilobytes; a trace of a profiler may have gigabytes.
  static let byteLimit = 16 << 20

  var benchmark: String
  var version: Int

  enum CodingKeys: String, CodingKey {
    case benchmark
    case version = "schema_version"
  }

  /// nil for bytes of anything else.
  init?(_ bytes: [UInt8]) {
    guard let heading = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
    self = heading
  }
}

/// A benchmark's JSON that cannot be used.
public struct BenchResultsError: Error, Equatable, CustomStringConvertible {
  public let path: String
  public let problem: String

  public init(path: String, problem: String) {
    self.path = path
    self.problem = problem
  }

  public var description: String { "\(path.onOneLine): \(problem)" }
}
