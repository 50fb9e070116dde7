import Pipeline
import Scoring

/// A figure and its bounds against its limit, laid out for an SVG of 240 × 24 user units.
///
/// Every plot has one scale, so that they can be read down a column: the ratio r of what was measured
/// to what is allowed, errors to the right. r/2 up to the limit, which stands in the middle, and
/// 1 − 1/(2r) beyond it, so that twice the limit is at three quarters and nothing lies outside. What is
/// right rather than wrong (accuracy, pages read) is turned into what is wrong; documents a minute into
/// the time they take. A limit of nothing allowed has no ratio: what is above it is shown as the root of
/// its share of everything, beginning in the middle, so that one in a thousand is seen to lie outside.
package struct DotWhisker {
  /// `good`, `bad`, `caution` or `faint`.
  var plotTone: String
  /// The figure.
  var dotX: String
  /// The mark: a dot inside the limit, a square outside, a ring where nothing is decided.
  var isDot = false
  var isSquare = false
  var isRing = false
  var squareX = ""
  var whisker: Whisker?
  /// The plot in words.
  var plotLabel: String

  struct Whisker {
    var lowX: String
    var highX: String
  }

  static let width = 240.0
  /// Where the axis begins and ends.
  private static let left = 8.0
  private static let right = 232.0

  /// nil where nothing was measured.
  init?(_ rate: CheckedRate, label: String) {
    guard let figure = rate.check.figure,
      let position = Self.position(of: figure, in: rate.check)
    else { return nil }
    dotX = Self.place(position)
    squareX = Self.place(position, shift: -5)
    plotLabel = label
    switch rate.isJudged ? rate.check.outcome : nil {
    case .pass: (plotTone, isDot) = ("good", true)
    case .fail: (plotTone, isSquare) = ("bad", true)
    case .inconclusive: (plotTone, isRing) = ("caution", true)
    case nil: (plotTone, isRing) = (figure > 0 ? "bad" : "faint", true)
    }
    if let evidence = rate.evidence {
      let ends = [evidence.lower, evidence.upper].map { bound in
        bound.flatMap { Self.position(of: $0, in: rate.check) }
      }
      // A bound that no sample gives lies at the end of the scale.
      let isMirrored = !rate.check.subject.isCeiling
      let low = isMirrored ? ends[1] ?? 0 : ends[0] ?? 0
      let high = isMirrored ? ends[0] ?? 1 : ends[1] ?? 1
      whisker = Whisker(
        lowX: Self.place(min(low, position)), highX: Self.place(max(high, position)))
    }
  }

  /// 0…1 along the axis; 0.5 is the limit. nil for what is no number.
  package static func position(of value: Double, in check: Check) -> Double? {
    guard value.isFinite else { return nil }
    let allowed: Double
    let measured: Double
    let whole: Double
    switch check.subject {
    case .field, .blankPages, .pagesRead:
      (measured, allowed, whole) = (1 - value, 1 - check.limit, 1)
    case .throughput:
      (measured, allowed, whole) = (value > 0 ? 1 / value : .infinity, 1 / check.limit, 1)
    case .criticalErrors: (measured, allowed, whole) = (value, check.limit, 1000)
    default: (measured, allowed, whole) = (value, check.limit, 1)
    }
    guard measured > 1e-12 else { return allowed > 1e-12 ? 0 : 0.5 }
    guard allowed > 1e-12 else { return 0.5 + 0.5 * min(measured / whole, 1).squareRoot() }
    let ratio = measured / allowed
    return ratio <= 1 ? ratio / 2 : 1 - 1 / (2 * ratio)
  }

  private static func place(_ position: Double, shift: Double = 0) -> String {
    Figures.fixed(left + position * (right - left) + shift, 1)
  }
}
