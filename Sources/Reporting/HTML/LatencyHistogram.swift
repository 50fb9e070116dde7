import Pipeline

/// How the latencies of a group's documents lie about its limit, laid out for an SVG of
/// `width` × `height` user units. The axis ends at three times the limit at most; what lies beyond
/// is one bar at its end, so that a single time-out does not flatten the rest.
struct LatencyHistogram {
  struct Bar {
    var x, y, width, height: String
    var isBeyondLimit: Bool
    /// `2,000–2,200 ms: 14`
    var title: String
  }
  struct Mark {
    var x, labelX, labelY, side, label: String
  }
  struct Tick {
    var x, label: String
  }

  var width = Self.number(Self.fullWidth)
  var height = "236"
  var bars: [Bar] = []
  var percentiles: [Mark] = []
  var limit: Mark?
  var ticks: [Tick] = []
  var baseline = Self.number(Self.bottom)
  var tickY = Self.number(Self.bottom + 18)
  var right = Self.number(Self.fullWidth - Self.left)

  private static let fullWidth = 760.0
  private static let left = 16.0
  private static let top = 84.0
  private static let bottom = 206.0
  private static let binCount = 30

  /// nil where there is nothing to draw.
  init?(_ latencies: [Double], summary: LatencySummary, limit: Double?) {
    guard !latencies.isEmpty, summary.maximum > 0, summary.maximum.isFinite else { return nil }
    let reach = max(summary.maximum * 1.05, (limit ?? 0) * 1.2)
    let end = min(reach, limit.map { $0 * 3 } ?? reach)
    let step = Self.niceStep(end / 8)
    let binWidth = end / Double(Self.binCount)
    // One slot more than the axis has: the bar for what lies beyond it.
    let hasOverflow = latencies.contains { $0 >= end }
    let slots = Self.binCount + (hasOverflow ? 2 : 0)
    let span = Self.fullWidth - 2 * Self.left
    let slot = span / Double(slots)
    let axis = slot * Double(Self.binCount)
    func position(_ value: Double) -> Double {
      value >= end ? Self.left + axis + slot * 1.5 : Self.left + value / end * axis
    }

    var counts = [Int](repeating: 0, count: Self.binCount)
    var overflow = 0
    for latency in latencies {
      if latency >= end {
        overflow += 1
      } else {
        counts[min(max(Int(latency / binWidth), 0), Self.binCount - 1)] += 1
      }
    }
    let tallest = max(counts.max()!, overflow)
    func bar(_ count: Int, x: Double, isBeyondLimit: Bool, range: String) -> Bar {
      let rise = Double(count) / Double(tallest) * (Self.bottom - Self.top)
      return Bar(
        x: Self.number(x + 1), y: Self.number(Self.bottom - rise), width: Self.number(slot - 2),
        height: Self.number(rise), isBeyondLimit: isBeyondLimit, title: "\(range): \(count)")
    }
    for (index, count) in counts.enumerated() where count > 0 {
      let from = Double(index) * binWidth
      bars.append(
        bar(
          count, x: Self.left + Double(index) * slot,
          isBeyondLimit: limit.map { from >= $0 } ?? false,
          range: "\(Figures.fixed(from, 0))–\(Figures.fixed(from + binWidth, 0)) ms"))
    }
    if hasOverflow {
      bars.append(
        bar(
          overflow, x: Self.left + axis + slot, isBeyondLimit: true,
          range: "≥ \(Figures.fixed(end, 0)) ms"))
    }

    func mark(_ label: String, _ value: Double, row: Int, isLeft: Bool) -> Mark {
      let x = position(value)
      return Mark(
        x: Self.number(x), labelX: Self.number(isLeft ? x - 5 : x + 5),
        labelY: Self.number(14 + Double(row) * 18), side: isLeft ? "end" : "start",
        label: "\(label) \(Figures.milliseconds(value))")
    }
    self.limit = limit.map { mark("≤", $0, row: 0, isLeft: position($0) > Self.fullWidth / 2) }
    // All labels on one side and stepping away from their lines, so that no line crosses a label.
    let isLeft = position(summary.p99) > Self.fullWidth * 0.75
    let marks = [("P50", summary.p50), ("P95", summary.p95), ("P99", summary.p99)]
    percentiles = marks.enumerated().map { index, percentile in
      mark(percentile.0, percentile.1, row: isLeft ? 3 - index : index + 1, isLeft: isLeft)
    }
    let lastTick = hasOverflow ? end - step * 0.6 : end
    ticks = stride(from: 0, through: lastTick, by: step).map { value in
      Tick(x: Self.number(Self.left + value / end * axis), label: Figures.fixed(value, 0))
    }
    if hasOverflow {
      ticks.append(Tick(x: Self.number(position(end)), label: "≥ \(Figures.fixed(end, 0))"))
    }
  }

  /// 1, 2 or 5 times a power of ten, at least `value`.
  private static func niceStep(_ value: Double) -> Double {
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= value } ?? power * 10
  }

  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
