/// What an alignment of a reading with the truth came to, counted once; every rate derives from it.
public struct EditCounts: Hashable, Sendable, Codable {
  public var hits: Int
  public var substitutions: Int
  public var deletions: Int
  public var insertions: Int

  public init(hits: Int = 0, substitutions: Int = 0, deletions: Int = 0, insertions: Int = 0) {
    self.hits = hits
    self.substitutions = substitutions
    self.deletions = deletions
    self.insertions = insertions
  }

  /// i + s + d
  public var errors: Int { substitutions + deletions + insertions }

  /// |GT| = hits + s + d
  public var referenceCount: Int { hits + substitutions + deletions }

  /// (i + s + d) / |GT|, which may exceed 1; nil where the reference is empty, because neither
  /// dinglehopper's infinity nor jiwer's insertion count survives a mean.
  public var rate: Double? {
    referenceCount == 0 ? nil : Double(errors) / Double(referenceCount)
  }

  /// (i + s + d) / (i + s + d + c), in 0...1: OCR-D's normalised rate, jiwer's MER; nil where both
  /// sides are empty.
  public var boundedRate: Double? {
    errors + hits == 0 ? nil : Double(errors) / Double(errors + hits)
  }

  public static func + (a: EditCounts, b: EditCounts) -> EditCounts {
    EditCounts(
      hits: a.hits + b.hits, substitutions: a.substitutions + b.substitutions,
      deletions: a.deletions + b.deletions, insertions: a.insertions + b.insertions)
  }
}
