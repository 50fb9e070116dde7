import Foundation

/// The part of JSON Schema that the schemas in docs/ use.
public struct Schema {
  private let root: [String: Any]

  /// - Parameter document: a file's name in docs/.
  public init(document: String) throws {
    let home = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: home.appending(path: "docs/" + document))
    root = try JSONSerialization.jsonObject(with: data) as! [String: Any]
  }

  /// What does not fit, each with its place; sorted.
  public func violations(of data: Data) throws -> [String] {
    violations(of: try JSONSerialization.jsonObject(with: data))
  }

  public func violations(of value: Any) -> [String] { violations(of: value, root, "").sorted() }

  private func violations(of value: Any, _ rule: [String: Any], _ place: String) -> [String] {
    if let reference = rule["$ref"] as? String {
      let definitions = root["$defs"] as! [String: [String: Any]]
      return violations(of: value, definitions[String(reference.dropFirst(8))]!, place)
    }
    if let constant = rule["const"] as? Int {
      return value as? Int == constant ? [] : ["\(place) is not \(constant)"]
    }
    if let constant = rule["const"] as? String {
      return value as? String == constant ? [] : ["\(place) is not \(constant)"]
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
