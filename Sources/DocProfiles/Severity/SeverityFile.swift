import Boundary
import Foundation

/// Reads `--severity FILE.yaml`: rules that replace built-in ones of the same id, or stand before
/// them. docs/scoring.md holds the schema.
public enum SeverityFile {
  public static func rules(
    at file: URL, extending base: SeverityRules = .builtIn
  ) throws(ProfileFileError) -> SeverityRules {
    try rules(
      yaml: yamlText(at: file, what: "severity", entries: "rules", option: "--severity"),
      file: file.relativePath, extending: base)
  }

  /// The same from text; `file` is its name in errors.
  public static func rules(
    yaml: String, file: String, extending base: SeverityRules = .builtIn
  ) throws(ProfileFileError) -> SeverityRules {
    let top = try YAMLMapping(
      document: yaml, file: file, mend: "start the file with \"rules:\" (docs/scoring.md)")
    try top.allow(keys: ["rules"], allOf: true)
    var rules: [SeverityRule] = []
    for entry in try top.mappings("rules")! {
      let rule = try rule(entry, base)
      guard !rules.contains(where: { $0.id == rule.id }) else {
        throw entry.failure(
          "the rule \"\(rule.id)\" stands twice", "remove one or rename it", at: "id")
      }
      rules.append(rule)
    }
    return base.overridden(by: rules)
  }

  private static let keys = [
    "id", "class", "severity", "kinds", "types", "ratio_at_least", "ratio_below", "unreadable",
    "least_length", "reason", "korean_reason", "source",
  ]

  private static func rule(
    _ entry: YAMLMapping, _ base: SeverityRules
  ) throws(ProfileFileError) -> SeverityRule {
    try entry.allow(keys: keys)
    guard let id = try entry.text("id", bytes: 64) else {
      throw entry.failure("the rule has no \"id\"", "name it, as in dose-tenfold")
    }
    let old = base[id]
    for key in ["class", "severity", "reason"] where old == nil && !entry.has(key) {
      throw entry.failure(
        "the new rule \"\(id.excerptOnOneLine)\" has no \"\(key)\"",
        "add it; only a built-in rule's id has values to fall back on")
    }
    let reason = try entry.text("reason", bytes: 400)
    let errorClass: ErrorClass? = try named(entry, "class", "error class")
    let severity: Severity? = try named(entry, "severity", "severity")
    let factors = 1.0...1_000_000
    let atLeast = try entry.number("ratio_at_least", in: factors)
    let below = try entry.number("ratio_below", in: factors)
    if let atLeast, let below, atLeast >= below {
      throw entry.failure(
        "the rule \"\(id.excerptOnOneLine)\" fits no ratio: at least \(atLeast) and below \(below)",
        "widen one of them")
    }
    return SeverityRule(
      id, errorClass ?? old!.errorClass, severity ?? old!.severity,
      kinds: try kinds(entry) ?? old?.kinds ?? [],
      types: try entry.texts("types").map { Set($0.map(DocumentType.init(rawValue:))) }
        ?? old?.types ?? [],
      leastLogRatio: atLeast.map { log10($0) }
        ?? old?.leastLogRatio,
      belowLogRatio: below.map { log10($0) }
        ?? old?.belowLogRatio,
      unreadable: try entry.flag("unreadable") ?? old?.unreadable,
      leastLength: try entry.count("least_length") ?? old?.leastLength ?? 0,
      reason: reason ?? old!.reason,
      korean: try entry.text("korean_reason", bytes: 400) ?? reason ?? old!.koreanReason,
      source: try entry.text("source", bytes: 400) ?? old?.source ?? entry.file)
  }

  private static func kinds(_ entry: YAMLMapping) throws(ProfileFileError) -> Set<FieldKind>? {
    guard let names = try entry.texts("kinds") else { return nil }
    var kinds: Set<FieldKind> = []
    for name in names { kinds.insert(try value(name, entry, "kinds", "kind")) }
    return kinds
  }

  private static func named<Value>(
    _ entry: YAMLMapping, _ key: String, _ what: String
  ) throws(ProfileFileError) -> Value?
  where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    guard let name = try entry.text(key) else { return nil }
    return try value(name, entry, key, what)
  }

  private static func value<Value>(
    _ name: String, _ entry: YAMLMapping, _ key: String, _ what: String
  ) throws(ProfileFileError) -> Value
  where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    if let value = Value(rawValue: name) { return value }
    let known = Value.allCases.map(\.rawValue)
    throw entry.failure(
      "unknown \(what) \"\(name.excerptOnOneLine)\"",
      known.nearest(to: name).map { "did you mean \"\($0)\"?" }
        ?? "use one of: \(known.joined(separator: ", "))", at: key)
  }
}
