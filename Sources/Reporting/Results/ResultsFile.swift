import Boundary
import Foundation
import Pipeline

/// `results.json`: a run's record as JSON, keys sorted, so that the same run is the same bytes.
/// `docs/results.schema.json` describes it.
public enum ResultsFile {
  public static let name = "results.json"
  /// Bytes; some hundred thousand pages.
  static let limit = 1 << 30
  static var schemaVersion: Int { RunRecord.currentSchemaVersion }

  public static func encode(_ record: RunRecord, path: String = name) throws(ResultsError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      return try encoder.encode(record) + Data("\n".utf8)
    } catch EncodingError.invalidValue(_, let context) {
      throw .unencodable(path: path, place: place(context.codingPath))
    } catch {
      throw .unencodable(path: path, place: "a value")
    }
  }

  /// Writes the record to `path`, whole or not at all, readable only by its owner.
  public static func write(_ record: RunRecord, to path: String) throws(ResultsError) {
    try write(try encode(record, path: path), to: path)
  }

  /// Any file of a results directory: it holds page text, so it is its owner's alone.
  static func write(_ data: Data, to path: String) throws(ResultsError) {
    do {
      try AtomicFile.write(data, to: path, permissions: 0o600)
    } catch {
      throw ResultsError(error)
    }
  }

  /// Reads a record. The schema version is looked at before anything else, so that a file of
  /// another version is called that and not corrupt.
  public static func read(_ path: String) throws(ResultsError) -> RunRecord {
    let data: Data
    do {
      data = Data(try RegularFile.bytes(of: path, limit: Self.limit))
    } catch {
      throw .unreadable(path: path, reason: error.reason.words)
    }
    return try decode(data, path: path)
  }

  public static func decode(_ data: Data, path: String = name) throws(ResultsError) -> RunRecord {
    let version = try decode(SchemaVersion.self, from: data, path: path).schemaVersion
    guard version == schemaVersion else { throw .otherVersion(path: path, found: version) }
    return try decode(RunRecord.self, from: data, path: path)
  }

  private struct SchemaVersion: Decodable {
    var schemaVersion: Int
    enum CodingKeys: String, CodingKey { case schemaVersion = "schema_version" }
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, path: String
  ) throws(ResultsError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch DecodingError.keyNotFound(let key, let context) {
      throw .corrupt(path: path, place: "\(place(context.codingPath + [key])) is missing")
    } catch DecodingError.typeMismatch(_, let context),
      DecodingError.valueNotFound(_, let context)
    {
      throw .corrupt(path: path, place: "\(place(context.codingPath)) has the wrong type")
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      throw .corrupt(path: path, place: "\(place(context.codingPath)) has an unknown value")
    } catch {
      throw .corrupt(path: path, place: "not whole JSON")
    }
  }

  /// `groups[0].documents[3].id`
  private static func place(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { place, key in
      if let index = key.intValue {
        place += "[\(index)]"
      } else {
        place += (place.isEmpty ? "" : ".") + key.stringValue
      }
    }
  }
}
