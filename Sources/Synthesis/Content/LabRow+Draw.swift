import PageImaging

/// How a sheet writes its ranges; one style a page, as one laboratory prints it.
struct LabStyle: Sendable {
  var separator: String

  static func draw(_ random: inout SeededRandom) -> LabStyle {
    LabStyle(separator: random.pick(["-", "~", " - ", " ~ "]))
  }
}

/// Where a value should lie in its reference interval.
enum LabDirection { case normal, high, low }

extension LabTestEntry {
  func isTested(in sex: String) -> Bool {
    onlySex == nil || onlySex == (sex == "여" ? "F" : "M")
  }

  /// A row whose flag follows from its value and range. Where the test cannot lie in `direction`
  /// (nothing is below `<5.0`), the value is normal.
  func row(
    _ direction: LabDirection, patient: PatientContent, style: LabStyle,
    random: inout SeededRandom
  ) -> LabRow {
    let interval = interval(isFemale: patient.sex == "여", age: patient.age)
    let unflagged = LabRow(
      test: name, value: "", flag: "", unit: unit, referenceRange: text(interval, style))
    var row = unflagged
    if case .reading = interval {
      row.value = direction == .high ? random.pick(readings) : readings[0]
      row.flag = row.value == readings[0] ? "" : "H"
      return row
    }
    let (low, high) = bounds(interval)
    var value: Double
    switch direction {
    case .high where high < extremes.upperBound:
      // Squared, so that most abnormal values stand near the bound.
      let u = random.uniform()
      value = high + step + (extremes.upperBound - high - step) * u * u
    case .low where low > extremes.lowerBound:
      let u = random.uniform()
      value = low - step - (low - step - extremes.lowerBound) * u * u
    default:
      value = low + (high - low) * random.uniform()
    }
    value = (value / step).rounded() * step
    // `<5.0` does not hold for 5.0 itself.
    if direction != .high, case .below(let limit) = interval { value = min(value, limit - step) }
    if direction != .low, case .above(let limit) = interval { value = max(value, limit + step) }
    row.value = fixed(value)
    row.flag = flag(of: Double(row.value)!, in: interval)
    if let limit = detectionLimit, row.flag != "H", value <= limit {
      row.value = "<" + fixed(limit)
    }
    return row
  }

  /// `H`, `L` or nothing.
  func flag(of value: Double, in interval: ReferenceInterval) -> String {
    switch interval {
    case .between(let low, let high): value < low ? "L" : value > high ? "H" : ""
    case .below(let limit): value < limit ? "" : "H"
    case .above(let limit): value > limit ? "" : "L"
    case .reading: ""
    }
  }

  private var step: Double { [1, 0.1, 0.01, 0.001][decimals] }

  private func bounds(_ interval: ReferenceInterval) -> (Double, Double) {
    switch interval {
    case .between(let low, let high): (low, high)
    case .below(let limit): (min(extremes.lowerBound, limit - step), limit - step)
    case .above(let limit): (limit + step, max(extremes.upperBound, limit + step))
    case .reading: (0, 0)
    }
  }

  private func text(_ interval: ReferenceInterval, _ style: LabStyle) -> String {
    switch interval {
    case .between(let low, let high):
      // A hyphen beside a minus sign would not be readable.
      fixed(low) + (low < 0 ? "~" : style.separator) + fixed(high)
    case .below(let limit): "<" + fixed(limit)
    case .above(let limit): ">" + fixed(limit)
    case .reading(let reading): reading
    }
  }

  /// With as many decimals as the test reports.
  private func fixed(_ value: Double) -> String {
    let scale = [1, 10, 100, 1000][decimals]
    let scaled = Int((value * Double(scale)).rounded())
    let sign = scaled < 0 ? "-" : ""
    if decimals == 0 { return sign + "\(abs(scaled))" }
    let fraction = String(abs(scaled) % scale)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return sign + "\(abs(scaled) / scale).\(zeros)\(fraction)"
  }
}
