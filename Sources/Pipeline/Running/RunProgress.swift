import DocProfiles

/// How far a run is.
public struct RunProgress: Sendable {
  public let pagesInAll: Int
  public private(set) var pagesDone = 0
  /// Pages read in this process, not found in the journal: what an estimate may count.
  public private(set) var pagesReadNow = 0
  public private(set) var type = DocumentType(rawValue: "")
  public private(set) var dpi = 0
  public private(set) var document = ""

  init(pagesInAll: Int) { self.pagesInAll = pagesInAll }

  mutating func enter(_ group: RunPlan.Group, document: String) {
    type = group.profile.type
    dpi = group.dpi
    self.document = document
  }

  mutating func advance(pages: Int, wasKnown: Bool) {
    pagesDone += pages
    if !wasKnown { pagesReadNow += pages }
  }
}
