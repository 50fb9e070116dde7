import Foundation

/// One axis of a plot: the values it runs over and those it names.
struct ChartAxis: Equatable {
  var scale: ChartScale
  var range: ClosedRange<Double>
  var ticks: [Double]

  /// An axis that shows all of `values` with a little air, in round steps.
  /// - Parameter fromZero: a linear axis begins (or ends) at 0.
  init(_ scale: ChartScale, showing values: [Double], fromZero: Bool = false) {
    self.scale = scale
    let shown = values.filter(scale.shows)
    guard var low = shown.min(), var high = shown.max() else {
      self = ChartAxis(scale: scale, range: 1...2, ticks: [1, 2])
      return
    }
    switch scale {
    case .linear:
      if fromZero { (low, high) = (min(0, low), max(0, high)) }
      self = Self.linear(low, high, fromZero: fromZero)
    case .log2, .log10: self = Self.logarithmic(scale, low, high)
    }
  }

  init(scale: ChartScale, range: ClosedRange<Double>, ticks: [Double]) {
    self.scale = scale
    self.range = range
    self.ticks = ticks
  }

  /// 0 at the axis's beginning, 1 at its end.
  func fraction(_ value: Double) -> Double {
    let (low, high) = (scale.place(range.lowerBound), scale.place(range.upperBound))
    return (scale.place(value) - low) / (high - low)
  }

  private static func linear(_ low: Double, _ high: Double, fromZero: Bool) -> ChartAxis {
    let size = max(abs(low), abs(high))
    // Values that differ in their last digits only have no round steps between them.
    let isApart = high - low > max(size * 1e-9, 1e-300)
    let spread = isApart ? high - low : max(size, 1) * 0.2
    let air = spread * 0.12
    let bottom = fromZero && low == 0 ? 0 : low - air
    let top = fromZero && high == 0 && low < 0 ? 0 : high + air
    let step = roundStep((top - bottom) / 5)
    let first = (bottom / step).rounded(.up)
    let last = (top / step).rounded(.down)
    let ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    return ChartAxis(scale: .linear, range: bottom...top, ticks: ticks)
  }

  /// Whole powers, thinned out to at most ten.
  private static func logarithmic(_ scale: ChartScale, _ low: Double, _ high: Double) -> ChartAxis {
    var (first, last) = (scale.place(low).rounded(.down), scale.place(high).rounded(.up))
    if first == last { (first, last) = (first - 1, last + 1) }
    let step = max(1, ((last - first) / 10).rounded(.up))
    let ticks = stride(from: first, through: last, by: step).map(scale.value(at:))
    let air = (last - first) * 0.02
    return ChartAxis(
      scale: scale, range: scale.value(at: first - air)...scale.value(at: last + air),
      ticks: ticks)
  }

  /// 1, 2 or 5 times a power of ten, near `rough`.
  private static func roundStep(_ rough: Double) -> Double {
    let power = pow(10, Foundation.log10(rough).rounded(.down))
    let digit = rough / power
    return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10)
  }
}

/// A figure as a chart writes it: no more digits than are read at a glance.
func chartFigure(_ value: Double) -> String {
  if value == 0 { return "0" }
  let size = abs(value)
  switch size {
  case 1e9...: return trimmed(value / 1e9) + "G"
  case 1e6..<1e9: return trimmed(value / 1e6) + "M"
  case 10000..<1e6: return trimmed(value / 1000) + "k"
  case 0.001..<10000: return trimmed(value)
  default: return String(format: "%.1e", value)
  }
}

/// Three significant digits, without zeros at the end; whole numbers as they are.
private func trimmed(_ value: Double) -> String {
  if abs(value - value.rounded()) < 1e-9, abs(value) < 10000 { return "\(Int(value.rounded()))" }
  let digits = max(0, 2 - Int(log10(abs(value)).rounded(.down)))
  var text = String(format: "%.\(digits)f", value)
  if text.contains(".") {
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
  }
  return text
}
