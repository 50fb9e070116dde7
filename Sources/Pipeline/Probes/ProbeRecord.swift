import Datasets
import DocProfiles
import Scoring

/// What one kind of probe came to for one document type at one DPI.
public struct ProbeRecord: Codable, Sendable, Equatable {
  public var kind: ProbeKind
  public var type: DocumentType
  public var dpi: Int
  /// What `hits` counts.
  public var measure: ProbeMeasure
  /// Places tried: changed values, places with nothing to read, values under a mark, values read
  /// again. A place of a page that the engine did not read counts by `ProbeMeasure.countsUnread`.
  public var n: Int
  public var hits: Int
  /// One-sided bounds on the rate by documents (Clopper–Pearson with the design effect).
  public var confidence: Double
  public var lower: Double?
  public var upper: Double?
  /// Of the places tried: read as the original has them, which the page does not say any more.
  public var recalled: Int
  /// One-sided lower bound on the share of them.
  public var recalledLower: Double?
  /// Of the places tried: neither right nor recalled.
  public var other: Int
  /// Pages that the engine did not read.
  public var unreadPages: Int
  /// The same by what was done: `digit`, `unit`, …; `again`, `dpi+3%`, ….
  public var parts: [ProbePart]
  /// By document, which bounds are taken over.
  public var documents: [ProbeShare]
  /// Those to look at first.
  public var worst: [ProbeCase]

  public var rate: Double? { n > 0 ? Double(hits) / Double(n) : nil }

  /// Values are given from habit, and not by chance alone: the lower bound on the share of recalled
  /// ones is above this.
  public static let memoryShare = 0.05
  public var readsFromMemory: Bool { (recalledLower ?? 0) > Self.memoryShare }

  enum CodingKeys: String, CodingKey {
    case kind, type, dpi, measure, n, hits, rate, confidence, lower, upper, recalled, other, parts
    case documents, worst
    case recalledLower = "recalled_lower"
    case unreadPages = "unread_pages"
    case readsFromMemory = "reads_from_memory"
  }

  public init(
    kind: ProbeKind, type: DocumentType, dpi: Int, confidence: Double, trials: [ProbeTrial],
    unreadPages: Int, worst: [ProbeCase]
  ) {
    self.kind = kind
    self.type = type
    self.dpi = dpi
    self.confidence = confidence
    self.unreadPages = unreadPages
    self.worst = worst
    let measure = ProbeMeasure(kind)
    self.measure = measure
    n = trials.count
    hits = trials.count { measure.counts($0.result) }
    recalled = trials.count { $0.result == .recalled }
    other = trials.count { $0.result == .other }
    var order: [String] = []
    for trial in trials where !order.contains(trial.part) { order.append(trial.part) }
    parts = order.sorted().map { name in
      let own = trials.filter { $0.part == name }
      return ProbePart(
        name: name, n: own.count, hits: own.count { measure.counts($0.result) },
        recalled: own.count { $0.result == .recalled })
    }
    var ids: [String] = []
    for trial in trials where !ids.contains(trial.document) { ids.append(trial.document) }
    let byDocument = Dictionary(grouping: trials, by: \.document)
    documents = ids.map { id in
      let own = byDocument[id]!
      return ProbeShare(
        id: id, n: own.count, hits: own.count { measure.counts($0.result) },
        recalled: own.count { $0.result == .recalled })
    }
    let bounds = ProportionBounds.clustered(
      documents.map { ErrorShare(errors: Double($0.hits), size: Double($0.n)) },
      confidence: confidence)?.bounds
    lower = bounds?.lower
    upper = bounds?.upper
    recalledLower =
      ProportionBounds.clustered(
        documents.map { ErrorShare(errors: Double($0.recalled), size: Double($0.n)) },
        confidence: confidence)?.bounds.lower
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    kind = try values.decode(ProbeKind.self, forKey: .kind)
    type = try values.decode(DocumentType.self, forKey: .type)
    dpi = try values.decode(Int.self, forKey: .dpi)
    measure = try values.decode(ProbeMeasure.self, forKey: .measure)
    n = try values.decode(Int.self, forKey: .n)
    hits = try values.decode(Int.self, forKey: .hits)
    confidence = try values.decode(Double.self, forKey: .confidence)
    lower = try values.decodeIfPresent(Double.self, forKey: .lower)
    upper = try values.decodeIfPresent(Double.self, forKey: .upper)
    recalled = try values.decode(Int.self, forKey: .recalled)
    recalledLower = try values.decodeIfPresent(Double.self, forKey: .recalledLower)
    other = try values.decode(Int.self, forKey: .other)
    unreadPages = try values.decode(Int.self, forKey: .unreadPages)
    parts = try values.decode([ProbePart].self, forKey: .parts)
    documents = try values.decode([ProbeShare].self, forKey: .documents)
    worst = try values.decode([ProbeCase].self, forKey: .worst)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(kind, forKey: .kind)
    try values.encode(type, forKey: .type)
    try values.encode(dpi, forKey: .dpi)
    try values.encode(measure, forKey: .measure)
    try values.encode(n, forKey: .n)
    try values.encode(hits, forKey: .hits)
    try values.encodeIfPresent(rate, forKey: .rate)
    try values.encode(confidence, forKey: .confidence)
    try values.encodeIfPresent(lower, forKey: .lower)
    try values.encodeIfPresent(upper, forKey: .upper)
    try values.encode(recalled, forKey: .recalled)
    try values.encodeIfPresent(recalledLower, forKey: .recalledLower)
    try values.encode(readsFromMemory, forKey: .readsFromMemory)
    try values.encode(other, forKey: .other)
    try values.encode(unreadPages, forKey: .unreadPages)
    try values.encode(parts, forKey: .parts)
    try values.encode(documents, forKey: .documents)
    try values.encode(worst, forKey: .worst)
  }
}

/// What a probe's rate is a rate of.
public enum ProbeMeasure: String, Codable, Sendable {
  /// Changed values read as they stand on the page: the more the better. The others are the fewer
  /// the better.
  case followed
  /// Places with nothing on them into which something was read.
  case invented
  /// Values read right on the plain page and wrong on this one.
  case misled
  /// Unreadable values that were read without doubt.
  case guessed
  /// Values that came out otherwise when the page was read again.
  case flipped

  public init(_ kind: ProbeKind) {
    switch kind {
    case .counterfactual: self = .followed
    case .blank, .blankField: self = .invented
    case .distractor: self = .misled
    case .legibility: self = .guessed
    case .repeated: self = .flipped
    }
  }

  public var isBetterHigh: Bool { self == .followed }

  func counts(_ result: ProbeTrial.Result) -> Bool { (result == .right) == isBetterHigh }

  /// Whether a page that was not read speaks against the model here. Nothing is invented on it, and
  /// that is no merit either.
  var countsUnread: Bool { self == .followed || self == .misled || self == .flipped }
}

/// One place tried.
public struct ProbeTrial: Sendable, Equatable {
  public enum Result: String, Codable, Sendable {
    /// As it should be.
    case right
    /// The original's value, which is not on the page.
    case recalled
    /// Something else.
    case other
  }

  public var document: String
  public var part: String
  public var result: Result

  public init(document: String, part: String, result: Result) {
    self.document = document
    self.part = part
    self.result = result
  }
}

public struct ProbePart: Codable, Sendable, Equatable {
  public var name: String
  public var n: Int
  public var hits: Int
  public var recalled: Int
}

public struct ProbeShare: Codable, Sendable, Equatable {
  public var id: String
  public var n: Int
  public var hits: Int
  public var recalled: Int
}

/// A place that went wrong, as a report shows it.
public struct ProbeCase: Codable, Sendable, Equatable {
  /// The original document's id and page, from 1.
  public var document: String
  public var page: Int
  /// The twin's id; the same as the document's where the page is the original.
  public var twin: String
  /// nil where the page as a whole is meant.
  public var field: String?
  public var row: Int?
  public var part: String
  public var result: ProbeTrial.Result
  /// What the original says.
  public var original: String?
  /// What the page says; nil where it says nothing.
  public var truth: String?
  /// nil where nothing was read.
  public var reading: String?
  /// On the master.
  public var box: PixelBox?
  /// File name in the results directory's `pictures`; nil where none was kept.
  public var picture: String?

  public init(
    document: String, page: Int, twin: String, field: String?, row: Int?, part: String,
    result: ProbeTrial.Result, original: String?, truth: String?, reading: String?,
    box: PixelBox?, picture: String? = nil
  ) {
    self.document = document
    self.page = page
    self.twin = twin
    self.field = field
    self.row = row
    self.part = part
    self.result = result
    self.original = original
    self.truth = truth
    self.reading = reading
    self.box = box
    self.picture = picture
  }
}
