import Boundary
import Foundation
import Pipeline

/// Where probes leave their files: `probes.json`, `probes.html`, `pictures/`.
public struct ProbesDirectory: Sendable {
  public static let jsonName = "probes.json"
  public static let htmlName = "probes.html"
  /// Bytes.
  private static let limit = 1 << 28

  public var path: String
  public var pictures: String { path + "/pictures" }

  public init(_ path: String) { self.path = path }

  /// Makes the directory, mode 0700: probes quote pages.
  public func create() throws(ResultsError) {
    try ResultsDirectory(path).create()
  }

  /// Each file whole or not at all.
  public func write(_ record: ProbesRecord, language: Language) throws(ResultsError) {
    try create()
    try writeJSON(record)
    let page = HTMLProbesPage(record, language: language, pictures: pictures)
    try ResultsFile.write(Data(page.rendered().utf8), to: path + "/" + Self.htmlName)
  }

  public func writeJSON(_ record: ProbesRecord) throws(ResultsError) {
    let path = path + "/" + Self.jsonName
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(record) else {
      throw .unencodable(path: path, place: "the probes")
    }
    try ResultsFile.write(data + Data("\n".utf8), to: path)
  }

  /// Reads `probes.json` of a directory; its schema version is looked at first.
  public func read() throws(ResultsError) -> ProbesRecord {
    struct Version: Decodable {
      var schemaVersion: Int
      enum CodingKeys: String, CodingKey { case schemaVersion = "schema_version" }
    }
    let path = path + "/" + Self.jsonName
    let data: Data
    do {
      data = Data(try RegularFile.bytes(of: path, limit: Self.limit))
    } catch {
      throw .unreadable(path: path, reason: error.reason.words)
    }
    guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
      throw .corrupt(path: path, place: "schema_version is missing")
    }
    guard version.schemaVersion == ProbesRecord.currentSchemaVersion else {
      throw .otherVersion(path: path, found: version.schemaVersion)
    }
    guard let record = try? JSONDecoder().decode(ProbesRecord.self, from: data) else {
      throw .corrupt(path: path, place: "not what medbench wrote")
    }
    return record
  }
}
