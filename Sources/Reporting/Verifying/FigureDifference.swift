/// A figure of a results directory that is not what the run's transcripts give.
public struct FigureDifference: Codable, Sendable, Equatable {
  /// `pages.csv`
  public var file: String
  /// Where it stands: `groups[0].aggregates.cer.macro`, `rx-1/1 at 300 DPI, cer`, `line 214`.
  public var key: String
  /// nil where there is none; text of pages is never quoted.
  public var stored: String?
  public var recomputed: String?

  public init(file: String, key: String, stored: String?, recomputed: String?) {
    self.file = file
    self.key = key
    self.stored = stored
    self.recomputed = recomputed
  }
}
