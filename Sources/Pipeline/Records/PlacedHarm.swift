import DocProfiles
import OCRInference
import Scoring

/// A finding with its place in the run.
public struct PlacedHarm: Sendable, Equatable {
  /// Index of the group.
  public var group: Int
  /// Id of the page.
  public var page: String
  /// Which of the page's findings, from 0.
  public var index: Int
  public var finding: HarmFinding
}

extension RunRecord {
  /// Critical errors that a report shows with their pictures.
  public static let criticalErrorsShown = 24

  /// At most so many critical errors, in the order of the groups and their pages. Where there are
  /// more, every group and every class has its first, then its second and so on, so that a model's
  /// one bad habit does not hide its others. Pages that were not read are told of elsewhere.
  public static func shownCriticalErrors(
    of groups: [GroupRecord], _ count: Int = criticalErrorsShown
  ) -> [PlacedHarm] {
    let all = groups.enumerated().flatMap { $1.criticalErrors(at: $0) }
    guard all.count > count else { return all }
    var turns: [String: Int] = [:]
    let ranked = all.enumerated().map { place, harm in
      let queue = "\(harm.group)/\(harm.finding.errorClass.rawValue)"
      defer { turns[queue, default: 0] += 1 }
      return (turn: turns[queue, default: 0], place: place)
    }
    let chosen = ranked.sorted { ($0.turn, $0.place) < ($1.turn, $1.place) }.prefix(count)
    return chosen.map(\.place).sorted().map { all[$0] }
  }
}

extension GroupRecord {
  /// Of pages that were read, in their order.
  fileprivate func criticalErrors(at group: Int) -> [PlacedHarm] {
    documents.flatMap(\.pages).filter { $0.transcript.outcome.status == .read }.flatMap { page in
      (page.score.harms ?? []).enumerated().filter { $1.severity == .critical }.map {
        PlacedHarm(group: group, page: page.id, index: $0, finding: $1)
      }
    }
  }
}

extension PageRecord {
  /// The name of a finding's picture in a results directory's `pictures/`:
  /// `prescription-0001-1@300-harm-2.png` for the page's second finding.
  public func pictureName(dpi: Int, harm index: Int) -> String {
    pictureName(dpi: dpi).dropLast(4) + "-harm-\(index + 1).png"
  }
}
