/// How a judge did on planted errors and rewrites.
public struct AuditRecord: Codable, Sendable, Equatable {
  /// As given on the command line.
  public var dataset: String
  /// SHA-256 over its ground-truth files.
  public var datasetHash: String
  public var pages: Int
  public var plants: Int
  /// A row an error class, a kind of rewrite and one for several errors at once.
  public var rows: [AuditRow]

  public var passed: Bool { rows.allSatisfy { $0.right == $0.planted } }

  enum CodingKeys: String, CodingKey {
    case dataset, pages, plants, rows, passed
    case datasetHash = "dataset_hash"
  }

  public init(
    dataset: String, datasetHash: String, pages: Int, plants: Int, rows: [AuditRow]
  ) {
    self.dataset = dataset
    self.datasetHash = datasetHash
    self.pages = pages
    self.plants = plants
    self.rows = rows
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    dataset = try container.decode(String.self, forKey: .dataset)
    datasetHash = try container.decode(String.self, forKey: .datasetHash)
    pages = try container.decode(Int.self, forKey: .pages)
    plants = try container.decode(Int.self, forKey: .plants)
    rows = try container.decode([AuditRow].self, forKey: .rows)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(dataset, forKey: .dataset)
    try container.encode(datasetHash, forKey: .datasetHash)
    try container.encode(pages, forKey: .pages)
    try container.encode(plants, forKey: .plants)
    try container.encode(rows, forKey: .rows)
    try container.encode(passed, forKey: .passed)
  }
}

/// One kind of plant, counted.
public struct AuditRow: Codable, Sendable, Equatable {
  public enum Sort: String, Codable, Sendable {
    case harmful, combined, harmless
  }

  public var sort: Sort
  /// An error class (`decimal-shift`), `combined`, or a kind of rewrite (`unit-spelling`).
  public var kind: String
  public var planted = 0
  /// Errors found with class and severity and nothing beside; rewrites left in peace.
  public var right = 0
  public var missed = 0
  public var wrongClass = 0
  public var wrongSeverity = 0
  public var falseAlarms = 0
  /// Of what went wrong, else of what was planted; a few.
  public var examples: [AuditExample] = []

  enum CodingKeys: String, CodingKey {
    case sort, kind, planted, right, missed, examples
    case wrongClass = "wrong_class"
    case wrongSeverity = "wrong_severity"
    case falseAlarms = "false_alarms"
  }

  public init(_ sort: Sort, _ kind: String) {
    self.sort = sort
    self.kind = kind
  }
}

/// One plant and what was said of it.
public struct AuditExample: Codable, Sendable, Equatable {
  /// `prescription-0001/1`
  public var page: String
  public var recipe: String
  /// What stands on the page and what was planted in its place, each edit's.
  public var truth: [String]
  public var reading: [String]
  /// `decimal-shift critical`
  public var expected: [String]
  public var found: [String]
  public var isRight: Bool

  enum CodingKeys: String, CodingKey {
    case page, recipe, truth, reading, expected, found
    case isRight = "right"
  }
}
