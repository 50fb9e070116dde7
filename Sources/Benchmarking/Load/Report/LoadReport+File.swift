import Boundary
import Foundation

extension LoadReport {
  /// `benchmark_20260314_015926`, of the moment it began in UTC.
  public var fileName: String {
    let digits = timestamp.filter { $0.isASCII && $0.isNumber }.prefix(14)
    return "benchmark_\(digits.prefix(8))_\(digits.dropFirst(8))"
  }

  /// Writes the report as JSON and text, and its chart.
  /// - Parameter directory: made where it is missing.
  /// - Returns: the JSON file's path; a name that is taken gets a number.
  /// - Throws: `FileWriteError`, and what drawing throws.
  public func write(to directory: String) throws -> String {
    try PrivateDirectory.make(directory)
    var path = directory + "/" + fileName
    var number = 2
    while FileManager.default.fileExists(atPath: path + ".json") {
      path = "\(directory)/\(fileName)-\(number)"
      number += 1
    }
    try JSONReport.write(self, to: path + ".json")
    try AtomicFile.write(text().utf8, to: path + ".txt")
    if let chart = chart() { try AtomicFile.write(chart.png(), to: path + ".png") }
    return path + ".json"
  }

  /// The report in a file, or the newest in a directory.
  /// - Throws: `FileReadError`, `BenchResultsError`.
  public init(at path: String) throws {
    try self.init(file: Self.newest(in: path) ?? path)
  }

  /// The latest `benchmark_*.json` of a directory; nil where it has none, or is none.
  public static func newest(in directory: String) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let reports = names.compactMap { name in
      name.wholeMatch(of: /(benchmark_[0-9]{8}_[0-9]{6})(?:-([0-9]{1,9}))?\.json/).map {
        (name: name, time: String($0.1), number: $0.2.flatMap { Int($0) } ?? 1)
      }
    }
    return reports.max { ($0.time, $0.number) < ($1.time, $1.number) }
      .map { directory + "/" + $0.name }
  }
}
