import Scoring

/// A stretch of a page's diff as the template shows it: the same on both sides, missed by the
/// model, added by it, or both at once where it read one thing for another.
struct DiffPiece {
  var same: String?
  var missed: String?
  var added: String?
  var isSubstitution: Bool
  /// Text left out for length: `[…]`.
  var gap: String?

  static func pieces(truth: String, reading: String) -> [DiffPiece] {
    [DiffPiece(same: truth, isSubstitution: false)]
  }
}
