import Boundary
import DocProfiles

extension PageScorer {
  /// Raised whenever any score, finding or bound can come out otherwise for the same texts. Runs of
  /// different versions are not compared, however alike their figures look. `ScorerVersionTests` pins
  /// the scores of many texts to it, so that nobody changes one without the other.
  public static let version = "2"
}

extension HarmScorer {
  /// SHA-256 of the names it knows: another lexicon may give other findings.
  public var lexiconHash: String {
    let lists = [names.drugs.sortedKeys, names.tests.sortedKeys, names.diagnoses.sortedKeys]
    let lines = lists.map { $0.joined(separator: "\n") }
    return Checksum.sha256(of: Array(lines.joined(separator: "\n\n").utf8))
  }
}

extension SeverityRules {
  /// SHA-256 of all that decides a severity, in the order in which rules are asked; their reasons in
  /// words are no part of it.
  public var hash: String {
    let lines = all.map { rule in
      [
        rule.id, rule.errorClass.rawValue, rule.severity.rawValue,
        rule.kinds.map(\.rawValue).sorted().joined(separator: ","),
        rule.types.map(\.rawValue).sorted().joined(separator: ","),
        rule.leastLogRatio.map { "\($0)" } ?? "", rule.belowLogRatio.map { "\($0)" } ?? "",
        rule.unreadable.map { "\($0)" } ?? "", "\(rule.leastLength)",
      ].joined(separator: "\t")
    }
    return Checksum.sha256(of: Array(lines.joined(separator: "\n").utf8))
  }
}
