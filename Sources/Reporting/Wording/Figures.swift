import Foundation
import Pipeline
import Scoring

/// Figures as reports write them: the same in both languages, a decimal point, a comma between
/// thousands, plain ASCII signs.
enum Figures {
  static let absent = "n/a"

  /// `0.0042`; never a bare zero for what is not zero.
  static func rate(_ value: Double?) -> String {
    fixed(value, decimals(4, telling: value, from: [0, 1]))
  }

  /// `97.5%`; never `100.0%` for what is less.
  static func percent(_ value: Double?) -> String {
    let percent = value.map { $0 * 100 }
    return percent.map { fixed($0, decimals(1, telling: $0, from: [0, 100])) + "%" } ?? absent
  }

  /// `0.982`
  static func share(_ value: Double?) -> String {
    fixed(value, decimals(3, telling: value, from: [0, 1]))
  }

  /// `0.43` of 43 hundredths.
  static func confidence(_ hundredths: UInt8) -> String {
    "0.\(hundredths < 10 ? "0" : "")\(hundredths)"
  }

  /// `1.08`
  static func ratio(_ value: Double?) -> String { fixed(value, 2) }

  /// `2,431 ms`; below 100 ms one decimal.
  static func milliseconds(_ value: Double?) -> String {
    guard let value else { return absent }
    return fixed(value, value.magnitude < 99.95 ? 1 : 0) + " ms"
  }

  /// `1.4 GiB`
  static func bytes(_ count: UInt64) -> String {
    var value = Double(count)
    var unit = "B"
    for larger in ["KiB", "MiB", "GiB", "TiB"] where value >= 1024 {
      value /= 1024
      unit = larger
    }
    return fixed(value, unit == "B" ? 0 : 1) + " " + unit
  }

  /// Rounded to `decimals`; `n/a` for nil and for what is no number.
  static func fixed(_ value: Double?, _ decimals: Int) -> String {
    guard let value, value.isFinite else { return absent }
    let digits = String(format: "%.\(decimals)f", value)
    let isNegative = digits.hasPrefix("-") && digits.contains { ("1"..."9").contains($0) }
    let unsigned = digits.hasPrefix("-") ? digits.dropFirst() : digits[...]
    let whole = unsigned.prefix { $0 != "." }
    return (isNegative ? "-" : "") + grouped(whole) + unsigned.dropFirst(whole.count)
  }

  /// How many decimals, `fewest` or more, keep `value` from reading like one of `others`.
  static func decimals(_ fewest: Int, telling value: Double?, from others: [Double]) -> Int {
    guard let value, value.isFinite else { return fewest }
    let distinct = others.filter { $0 != value }
    return (fewest...fewest + 6).first { decimals in
      distinct.allSatisfy { fixed($0, decimals) != fixed(value, decimals) }
    } ?? fewest
  }

  static func grouped(_ digits: some StringProtocol) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}

/// A check's figure, limit and margin as text, with enough decimals that a figure beyond the limit
/// never looks like the limit.
struct CheckFigures {
  var figure: String
  /// `≤ 0.0100`
  var limit: String
  /// Signed; negative where the check fails.
  var margin: String
  /// `0.0031 - 0.0125`, nil where no bounds were taken.
  var bounds: String?

  init(_ check: Check, in language: Language) {
    let scale: Double
    let unit: String
    var marginUnit: String
    let fewest: Int
    let others: [Double]
    switch check.subject {
    case .cer: (scale, unit, marginUnit, fewest, others) = (1, "", "", 4, [0, 1])
    case .latency, .latencyP95, .latencyP99, .ttft:
      (scale, unit, marginUnit, fewest, others) = (1, " ms", " ms", 0, [])
    case .criticalErrors: (scale, unit, marginUnit, fewest, others) = (1, "", "", 1, [0])
    case .throughput: (scale, unit, marginUnit, fewest, others) = (1, "", "", 1, [])
    case .memory: (scale, unit, marginUnit, fewest, others) = (1, " MiB", " MiB", 0, [])
    case .field, .blankPages, .pagesRead, .hallucinationRate, .counterfactualFollow,
      .probeHallucination:
      (scale, unit, fewest, others) = (100, "%", 1, [0, 100])
      marginUnit = language("%p", " pp")
    }
    let value = check.figure.map { $0 * scale }
    let limit = check.limit * scale
    let decimals = Figures.decimals(fewest, telling: value, from: others + [limit])
    figure = value.map { Figures.fixed($0, decimals) + unit } ?? Figures.absent
    self.limit = (check.subject.isCeiling ? "≤ " : "≥ ") + Figures.fixed(limit, fewest) + unit
    margin =
      check.margin.map {
        ($0 > 0 ? "+" : "") + Figures.fixed($0 * scale, decimals) + marginUnit
      } ?? Figures.absent
    bounds = check.evidence.map { evidence in
      func bound(_ value: Double?, orElse infinite: String) -> String {
        guard let value else { return infinite }
        let scaled = value * scale
        // Enough decimals that a bound beyond the limit never looks like the limit.
        return Figures.fixed(
          scaled, Figures.decimals(fewest, telling: scaled, from: others + [limit]))
      }
      return bound(evidence.lower, orElse: "0") + " - " + bound(evidence.upper, orElse: "∞") + unit
    }
  }
}
