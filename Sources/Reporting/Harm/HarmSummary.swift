import DocProfiles
import OCRInference
import Pipeline

/// How much harm a run's readings hold.
struct HarmSummary {
  private(set) var counts: [Severity: Int] = [:]
  /// Documents as they were read: one at two resolutions counts twice.
  private(set) var documents = 0
  private(set) var documentsWithCritical = 0
  /// Critical errors of pages that were not read at all: their rows count as left out.
  private(set) var criticalOfUnread = 0

  /// nil where a page was not looked at for harm.
  init?(_ groups: [GroupRecord]) {
    for document in groups.lazy.flatMap(\.documents) {
      guard let critical = document.criticalErrors else { return nil }
      documents += 1
      documentsWithCritical += critical > 0 ? 1 : 0
      for page in document.pages {
        let isRead = page.transcript.outcome.status == .read
        for finding in page.score.harms ?? [] {
          counts[finding.severity, default: 0] += 1
          if finding.severity == .critical, !isRead { criticalOfUnread += 1 }
        }
      }
    }
    if documents == 0 { return nil }
  }

  subscript(severity: Severity) -> Int { counts[severity, default: 0] }
}
