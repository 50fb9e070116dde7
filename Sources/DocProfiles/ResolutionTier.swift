/// A scanning resolution that documents are judged at, with the image tokens expected of a page
/// (source chapter 14.4, 해상도별 벤치마크).
public struct ResolutionTier: Hashable, Sendable {
  public var dpi: Int
  public var expectedImageTokens: Int

  public static let all = [
    ResolutionTier(dpi: 72, expectedImageTokens: 500),
    ResolutionTier(dpi: 150, expectedImageTokens: 1500),
    ResolutionTier(dpi: 300, expectedImageTokens: 4000),
    ResolutionTier(dpi: 600, expectedImageTokens: 12000),
  ]
}
