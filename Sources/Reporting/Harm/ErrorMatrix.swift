import DocProfiles
import Pipeline

/// Findings by severity and class, for every group: what a model gets wrong, and where.
struct ErrorMatrix {
  struct Row: Equatable {
    var severity: Severity
    var errorClass: ErrorClass
    /// One a group, in the groups' order.
    var counts: [Int]

    var total: Int { counts.reduce(0, +) }
  }

  /// The worst severity first, then the commonest class. Without benign findings: no error.
  private(set) var rows: [Row] = []
  /// For each severity and group, how many documents have such a finding.
  private(set) var documents: [Severity: [Int]] = [:]

  static let severities: [Severity] = [.critical, .major, .minor]

  init(_ groups: [GroupRecord]) {
    var counts: [Severity: [ErrorClass: [Int]]] = [:]
    let none = [Int](repeating: 0, count: groups.count)
    for (index, group) in groups.enumerated() {
      for document in group.documents {
        var seen: Set<Severity> = []
        for finding in document.pages.lazy.flatMap({ $0.score.harms ?? [] }) {
          counts[finding.severity, default: [:]][finding.errorClass, default: none][index] += 1
          seen.insert(finding.severity)
        }
        for severity in seen { documents[severity, default: none][index] += 1 }
      }
    }
    for severity in Self.severities {
      let order = ErrorClass.allCases
      let classes = (counts[severity] ?? [:]).map {
        Row(severity: severity, errorClass: $0.key, counts: $0.value)
      }
      rows += classes.sorted { a, b in
        a.total != b.total
          ? a.total > b.total
          : order.firstIndex(of: a.errorClass)! < order.firstIndex(of: b.errorClass)!
      }
    }
  }
}
