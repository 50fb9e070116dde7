import Boundary
import Foundation
import OCRInference

/// A benchmark's report whose speeds can be set beside the roofs.
public protocol RooflineMeasured: BenchReport {
  /// Names of the models that were measured.
  var models: Set<String> { get }
  /// The speeds, each beside what the roofs allow for the way in which it was measured: its weights' and its cache's
  /// types, its rows a pass and its position.
  func points(on roofline: Roofline) -> [RooflineReport.Measured]
}

/// What benchmarks measured, read from the JSON they wrote.
public struct MeasuredResults: Sendable {
  public var points: [RooflineReport.Measured] = []
  public var models: Set<String> = []
  /// One of them was stopped before its end.
  public var isPartial = false

  /// The reports that are understood, by their key `benchmark`.
  public static let reports: [any RooflineMeasured.Type] = [
    DecodeReport.self, PrefillResults.self, SpeedReport.self, LoadReport.self,
  ]

  /// - Parameter path: a JSON file, or a directory of them; what else lies there is left alone.
  /// - Throws: `FileReadError`, `BenchResultsError` for a report of another version, or none at all.
  public init(path: String, on roofline: Roofline) throws {
    for report in try Self.reports(in: path) {
      points.append(contentsOf: report.points(on: roofline))
      models.formUnion(report.models)
      isPartial = isPartial || report.isPartial
    }
    guard !models.isEmpty else {
      let names = Self.reports.map { $0.benchmark }.joined(separator: ", ")
      throw BenchResultsError(path: path, problem: "holds no report of medbench bench \(names)")
    }
  }

  private static func reports(in path: String) throws -> [any RooflineMeasured] {
    let files = files(in: path)
    var found: [any RooflineMeasured] = []
    for file in files ?? [path] {
      guard let bytes = try bytes(of: file, isOneOfMany: files != nil),
        let heading = BenchHeading(bytes)
      else { continue }
      for type in reports where type.benchmark == heading.benchmark {
        found.append(try type.init(bytes, heading, path: file))
      }
    }
    return found
  }

  /// nil for a file among others that is too large for a report: a profiler's trace lies beside its own.
  private static func bytes(of file: String, isOneOfMany: Bool) throws -> [UInt8]? {
    do {
      return try RegularFile.bytes(of: file, limit: BenchHeading.byteLimit)
    } catch {
      guard isOneOfMany, case .tooManyBytes = error.reason else { throw error }
      return nil
    }
  }

  /// The JSON files of a directory, sorted; nil where the path is none.
  private static func files(in path: String) -> [String]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return nil }
    return names.filter { $0.hasSuffix(".json") }.sorted().map { "\(path)/\($0)" }
  }
}

extension Roofline {
  /// Over the bytes that a benchmark moved: its own types of weights and cache, so many positions deep.
  func measuring(weights: WeightType, cache: WeightType, at position: Double = 0) -> Roofline {
    var copy = self
    copy.model = model.stored(at: weights.bytesPerNumber).keeping(cache)
    copy.cachedPositions = position
    return copy
  }
}
