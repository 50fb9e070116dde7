import DocProfiles

/// One thing that went wrong on a page.
public struct HarmFinding: Codable, Sendable, Equatable {
  public var errorClass: ErrorClass
  public var severity: Severity
  /// The field's key; nil outside fields.
  public var field: String?
  /// The row of the truth's table.
  public var row: Int?
  /// nil where the reading has what the page has not.
  public var truth: String?
  /// nil where nothing was read.
  public var reading: String?
  /// Code points of the page's transcript, end exclusive; nil for what is not on the page.
  public var span: Range<Int>?
  /// The severity rule that decided: `dose-tenfold`.
  public var rule: String
  /// log10(reading / truth) of an amount.
  public var ratio: Double?

  enum CodingKeys: String, CodingKey {
    case errorClass = "class"
    case severity, field, row, truth, reading, span, rule, ratio
  }

  public init(
    errorClass: ErrorClass, severity: Severity, field: String? = nil, row: Int? = nil,
    truth: String?, reading: String?, span: Range<Int>? = nil, rule: String, ratio: Double? = nil
  ) {
    self.errorClass = errorClass
    self.severity = severity
    self.field = field
    self.row = row
    self.truth = truth
    self.reading = reading
    self.span = span
    self.rule = rule
    self.ratio = ratio
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    errorClass = try container.decode(ErrorClass.self, forKey: .errorClass)
    severity = try container.decode(Severity.self, forKey: .severity)
    field = try container.decodeIfPresent(String.self, forKey: .field)
    row = try container.decodeIfPresent(Int.self, forKey: .row)
    truth = try container.decodeIfPresent(String.self, forKey: .truth)
    reading = try container.decodeIfPresent(String.self, forKey: .reading)
    rule = try container.decode(String.self, forKey: .rule)
    ratio = try container.decodeIfPresent(Double.self, forKey: .ratio)
    if let ends = try container.decodeIfPresent([Int].self, forKey: .span) {
      guard ends.count == 2, ends[0] <= ends[1] else {
        throw DecodingError.dataCorruptedError(
          forKey: .span, in: container, debugDescription: "a span is [start, end]")
      }
      span = ends[0]..<ends[1]
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(errorClass, forKey: .errorClass)
    try container.encode(severity, forKey: .severity)
    try container.encodeIfPresent(field, forKey: .field)
    try container.encodeIfPresent(row, forKey: .row)
    try container.encodeIfPresent(truth, forKey: .truth)
    try container.encodeIfPresent(reading, forKey: .reading)
    try container.encodeIfPresent(span.map { [$0.lowerBound, $0.upperBound] }, forKey: .span)
    try container.encode(rule, forKey: .rule)
    try container.encodeIfPresent(ratio, forKey: .ratio)
  }
}
