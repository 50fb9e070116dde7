/// What went wrong in one document, of how much: wrong fields of its fields, edits of its
/// characters, or its time and 1.
public struct ErrorShare: Sendable, Equatable {
  /// Not negative; not whole where a field is half right.
  public var errors: Double
  public var size: Double

  public init(errors: Double, size: Double) {
    self.errors = errors
    self.size = size
  }
}

/// How much less the fields of documents say than as many fields drawn each from a document of its
/// own (Kish, Survey Sampling, 1965, §5.4).
public struct DesignEffect: Sendable, Equatable {
  /// Documents that have any.
  public var documents: Int
  /// Fields in all.
  public var size: Double
  /// Share of them that are wrong.
  public var rate: Double
  /// Variance of the share by documents over its variance by independent fields; 1 or more.
  public var effect: Double
  /// Independent fields that would say as much.
  public var effectiveSize: Double

  /// nil where no document has a field.
  ///
  /// The variance by documents is the ratio estimator's, linearised (Cochran, Sampling Techniques,
  /// 1977, §6.3 and §9A): n/(n−1) · Σ(xᵢ − p·mᵢ)² / M². Where nothing or everything is wrong the
  /// fields do not show how alike a document's are, and a document counts once.
  public init?(of all: [ErrorShare], confidence: Double) {
    let shares = all.filter { $0.size > 0 }.sorted { ($0.size, $0.errors) < ($1.size, $1.errors) }
    guard !shares.isEmpty else { return nil }
    let n = Double(shares.count)
    documents = shares.count
    size = shares.reduce(0) { $0 + $1.size }
    let wrong = shares.reduce(0) { $0 + $1.errors }
    rate = min(wrong / size, 1)
    // As alike as can be: a document's fields all right or all wrong.
    let most = shares.reduce(0) { $0 + $1.size * $1.size } / size
    guard rate > 0, rate < 1, shares.count > 1 else {
      effect = max(most, 1)
      effectiveSize = min(size / effect, n)
      return
    }
    let p = rate
    let squares = shares.reduce(0) { sum, share in
      let residual = share.errors - p * share.size
      return sum + residual * residual
    }
    let variance = n / (n - 1) * squares / (size * size)
    effect = max(variance / (p * (1 - p) / size), 1)
    // Few documents know their own variance badly: Student's quantile for the normal one.
    let normal = StudentDistribution.quantile(confidence, degrees: 1e6)
    let student = StudentDistribution.quantile(confidence, degrees: n - 1)
    effectiveSize = size / effect * (normal / student) * (normal / student)
  }
}
