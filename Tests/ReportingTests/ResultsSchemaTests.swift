import Foundation
import Pipeline
import Reporting
import Scoring
import Testing

/// `docs/results.schema.json` is what others write readers by; it must describe what we write.
@Suite struct ResultsSchemaTests {
  @Test func theSampleFollowsTheSchema() throws {
    let results = try JSONSerialization.jsonObject(with: ResultsFile.encode(SampleRun.record))
    #expect(try schema().violations(of: results) == [])
  }

  @Test func aVerdictByBoundsFollowsTheSchemaAndSurvivesTheFile() throws {
    let record = SampleRun.judgedByBounds
    let data = try ResultsFile.encode(record)
    #expect(try schema().violations(of: JSONSerialization.jsonObject(with: data)) == [])
    #expect(try ResultsFile.decode(data) == record)
    #expect(record.groups[2].verdict.outcome == .inconclusive)
  }

  @Test func aRunsProvenanceFollowsTheSchemaAndSurvivesTheFile() throws {
    var record = SampleRun.record
    record.provenance = RunProvenance(
      scorer: PageScorer(), profiles: record.configuration.profiles)
    record.groups[0].documents[0].pages[0].imageHash = String(repeating: "3fa9", count: 16)
    let data = try ResultsFile.encode(record)
    #expect(try schema().violations(of: JSONSerialization.jsonObject(with: data)) == [])
    #expect(try ResultsFile.decode(data) == record)
  }

  /// Results from before there were three outcomes.
  @Test func resultsWithoutOutcomesAreRead() throws {
    let text = String(decoding: try ResultsFile.encode(SampleRun.record), as: UTF8.self)
    let old = text.split(separator: "\n").filter { !$0.contains("\"outcome\" : \"") }
    #expect(old.count < text.split(separator: "\n").count)
    let read = try ResultsFile.decode(Data(old.joined(separator: "\n").utf8))
    #expect(read == SampleRun.record)
  }

  @Test func theSchemaNoticesWhatDoesNotFit() throws {
    var record = SampleRun.record
    record.schemaVersion = 2
    record.groups[0].dpi = 0
    var results =
      try JSONSerialization.jsonObject(with: ResultsFile.encode(record)) as! [String: Any]
    results["surprise"] = 1
    results["engine"] = nil
    #expect(
      try schema().violations(of: results) == [
        "engine is missing", "groups[0].dpi < 1", "schema_version is not 1", "surprise is unknown",
      ])
  }

  private func schema() throws -> Schema {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: root.appending(path: "docs/results.schema.json"))
    return Schema(root: try JSONSerialization.jsonObject(with: data) as! [String: Any])
  }
}

/// The part of JSON Schema that our schema uses.
private struct Schema {
  var root: [String: Any]

  func violations(of value: Any) -> [String] { violations(of: value, root, "").sorted() }

  private func violations(of value: Any, _ rule: [String: Any], _ place: String) -> [String] {
    if let reference = rule["$ref"] as? String {
      let definitions = root["$defs"] as! [String: [String: Any]]
      return violations(of: value, definitions[String(reference.dropFirst(8))]!, place)
    }
    if let constant = rule["const"] as? Int {
      return value as? Int == constant ? [] : ["\(place) is not \(constant)"]
    }
    if let words = rule["enum"] as? [String] {
      return words.contains(value as? String ?? "") ? [] : ["\(place) is none of \(words)"]
    }
    switch rule["type"] as! String {
    case "string": return value is String ? [] : ["\(place) is no string"]
    case "boolean": return isBoolean(value) ? [] : ["\(place) is no boolean"]
    case "integer", "number": return violations(ofNumber: value, rule, place)
    case "array":
      guard let list = value as? [Any] else { return ["\(place) is no array"] }
      return list.enumerated().flatMap {
        violations(of: $1, rule["items"] as! [String: Any], "\(place)[\($0)]")
      }
    default: return violations(ofObject: value, rule, place)
    }
  }

  private func violations(ofNumber value: Any, _ rule: [String: Any], _ place: String) -> [String] {
    guard !isBoolean(value), let number = value as? Double else { return ["\(place) is no number"] }
    if rule["type"] as? String == "integer", number != number.rounded() {
      return ["\(place) is no integer"]
    }
    if let least = rule["minimum"] as? Double, number < least {
      return ["\(place) < \(Int(least))"]
    }
    if let most = rule["maximum"] as? Double, number > most { return ["\(place) > \(Int(most))"] }
    return []
  }

  private func violations(ofObject value: Any, _ rule: [String: Any], _ place: String) -> [String] {
    guard let object = value as? [String: Any] else { return ["\(place) is no object"] }
    let dot = place.isEmpty ? "" : place + "."
    let properties = rule["properties"] as? [String: [String: Any]] ?? [:]
    let missing = (rule["required"] as? [String] ?? []).filter { object[$0] == nil }
    return missing.map { "\(dot)\($0) is missing" }
      + object.flatMap { key, value in
        if let property = properties[key] { return violations(of: value, property, dot + key) }
        if let others = rule["additionalProperties"] as? [String: Any] {
          return violations(of: value, others, dot + key)
        }
        return ["\(dot)\(key) is unknown"]
      }
  }

  private func isBoolean(_ value: Any) -> Bool {
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? (value is Bool)
  }
}
