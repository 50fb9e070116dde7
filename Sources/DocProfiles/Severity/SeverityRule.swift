/// What a severity rule is asked about: an error with its circumstances.
public struct ErrorCircumstances: Sendable, Equatable {
  public var errorClass: ErrorClass
  /// nil outside fields.
  public var kind: FieldKind?
  /// nil where a single pair is explained without a document.
  public var type: DocumentType?
  /// |log10(reading / truth)|, where both are amounts of one thing.
  public var logRatio: Double?
  /// The reading is nothing that its kind knows (`5 mq`): a reader is likely to stop at it.
  public var unreadable: Bool
  /// Characters of the truth that were lost, or of the reading that were invented.
  public var length: Int

  public init(
    _ errorClass: ErrorClass, kind: FieldKind? = nil, type: DocumentType? = nil,
    logRatio: Double? = nil, unreadable: Bool = false, length: Int = 0
  ) {
    self.errorClass = errorClass
    self.kind = kind
    self.type = type
    self.logRatio = logRatio
    self.unreadable = unreadable
    self.length = length
  }
}

/// One rule of severity, as data: which errors it is about, how bad they are, why, and who says so.
public struct SeverityRule: Sendable, Equatable {
  /// `dose-tenfold`; reports name the rule that decided by it.
  public var id: String
  public var errorClass: ErrorClass
  /// Empty for fields of every kind and for text outside fields.
  public var kinds: Set<FieldKind>
  /// Empty for every type.
  public var types: Set<DocumentType>
  /// The rule fits from this |log10 ratio| on; an error without a ratio does not fit then.
  public var leastLogRatio: Double?
  /// The rule fits up to, not including, this |log10 ratio|.
  public var belowLogRatio: Double?
  /// nil for readings of either sort.
  public var unreadable: Bool?
  /// The rule fits from this many characters on.
  public var leastLength: Int
  public var severity: Severity
  public var reason: String
  public var koreanReason: String
  public var source: String

  public init(
    _ id: String, _ errorClass: ErrorClass, _ severity: Severity, kinds: Set<FieldKind> = [],
    types: Set<DocumentType> = [], leastLogRatio: Double? = nil, belowLogRatio: Double? = nil,
    unreadable: Bool? = nil, leastLength: Int = 0, reason: String, korean: String, source: String
  ) {
    self.id = id
    self.errorClass = errorClass
    self.severity = severity
    self.kinds = kinds
    self.types = types
    self.leastLogRatio = leastLogRatio
    self.belowLogRatio = belowLogRatio
    self.unreadable = unreadable
    self.leastLength = leastLength
    self.reason = reason
    koreanReason = korean
    self.source = source
  }

  public func fits(_ error: ErrorCircumstances) -> Bool {
    guard errorClass == error.errorClass, error.length >= leastLength else { return false }
    if !kinds.isEmpty {
      guard let kind = error.kind, kinds.contains(kind) else { return false }
    }
    if !types.isEmpty {
      guard let type = error.type, types.contains(type) else { return false }
    }
    if let unreadable, unreadable != error.unreadable { return false }
    if leastLogRatio != nil || belowLogRatio != nil {
      guard let ratio = error.logRatio.map(abs) else { return false }
      if let leastLogRatio, ratio < leastLogRatio - 1e-9 { return false }
      if let belowLogRatio, ratio >= belowLogRatio - 1e-9 { return false }
    }
    return true
  }
}

/// The rules in force. The first that fits decides.
public struct SeverityRules: Sendable, Equatable {
  public private(set) var all: [SeverityRule]

  init(_ all: [SeverityRule]) { self.all = all }

  public func rule(for error: ErrorCircumstances) -> SeverityRule {
    // An override may have taken a condition-free rule away; the built-in ones know every class.
    all.first { $0.fits(error) } ?? Self.builtIn.all.first { $0.fits(error) }!
  }

  public subscript(id: String) -> SeverityRule? { all.first { $0.id == id } }

  /// A rule of the same id takes the place of the old one; new ones are asked before all others, in
  /// their order.
  func overridden(by rules: [SeverityRule]) -> SeverityRules {
    var all = all
    var added: [SeverityRule] = []
    for rule in rules {
      if let place = all.firstIndex(where: { $0.id == rule.id }) {
        all[place] = rule
      } else {
        added.append(rule)
      }
    }
    return SeverityRules(added + all)
  }
}
