import Boundary

/// Two JSON texts laid over each other, value by value.
struct JSONDifferences {
  private(set) var differences: [FigureDifference] = []
  /// Numbers, truth values and words that were compared.
  private(set) var compared = 0
  private let file: String

  init(file: String, stored: JSONValue, recomputed: JSONValue) {
    self.file = file
    compare(stored, recomputed, at: "", key: "")
  }

  private mutating func compare(
    _ stored: JSONValue?, _ again: JSONValue?, at place: String, key: String
  ) {
    switch (stored, again) {
    case (.object(let a)?, .object(let b)?):
      for name in Set(a.map(\.key) + b.map(\.key)).sorted() {
        compare(
          stored?[name], again?[name], at: place.isEmpty ? name : "\(place).\(name)", key: name)
      }
      if Set(a.map(\.key)).count < a.count { differ(place, "a key twice", nil) }
    case (.array(let a)?, .array(let b)?):
      for index in 0..<max(a.count, b.count) {
        compare(
          index < a.count ? a[index] : nil, index < b.count ? b[index] : nil,
          at: "\(place)[\(index)]", key: key)
      }
    default:
      compared += 1
      if !Self.areEqual(stored, again) {
        differ(place, Self.shown(stored, key), Self.shown(again, key))
      }
    }
  }

  private mutating func differ(_ place: String, _ stored: String?, _ again: String?) {
    differences.append(
      FigureDifference(
        file: file, key: place.onOneLine, stored: stored, recomputed: again))
  }

  /// Numbers by value: the last digit of a logarithm is each machine's own.
  private static func areEqual(_ a: JSONValue?, _ b: JSONValue?) -> Bool {
    guard case .number(let a)? = a, case .number(let b)? = b, a != b,
      let x = Double(a), let y = Double(b)
    else { return a == b }
    return abs(x - y) <= 1e-9 * max(abs(x), abs(y))
  }

  /// Keys whose texts are medbench's own words and nobody's page.
  private static let words: Set<String> = [
    "outcome", "status", "judgement", "severity", "class", "rule", "field_status", "subject",
    "kind", "code", "field", "name", "id", "type", "image", "image_sha256", "medbench_version",
    "scorer_version", "profiles_sha256", "severity_rules_sha256", "lexicon_sha256",
  ]

  private static func shown(_ value: JSONValue?, _ key: String) -> String? {
    switch value {
    case nil: nil
    case .null?: "null"
    case .bool(let value)?: "\(value)"
    case .number(let digits)?: digits.excerptOnOneLine
    case .string(let text)?: words.contains(key) ? text.excerptOnOneLine : "(text)"
    case .array(let list)?: "(a list of \(list.count))"
    case .object?: "(an object)"
    }
  }
}
