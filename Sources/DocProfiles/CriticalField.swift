/// A field whose misreading may hurt someone; every profile lists its own.
public struct CriticalField: Hashable, Sendable, Codable {
  /// The key in ground truth, JSON output and reports: `drug_name`.
  public var key: String
  /// The name on the Korean form: `약물명`.
  public var koreanName: String
  public var kind: FieldKind

  enum CodingKeys: String, CodingKey {
    case key, kind
    case koreanName = "korean_name"
  }

  public init(_ key: String, _ koreanName: String, _ kind: FieldKind) {
    self.key = key
    self.koreanName = koreanName
    self.kind = kind
  }
}
