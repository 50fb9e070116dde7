import Foundation

/// A number's exact size: significant digits times a power of ten, so that `0.5 g` and `500 mg`
/// compare without rounding.
struct DecimalMagnitude: Equatable {
  /// Without zeros at either end; empty for nought.
  var significand: String
  /// Of the last significant digit; 0 for nought.
  var exponent: Int

  /// - Parameter digits: as `ClinicalNumber.digits`: `12`, `0.5`.
  init(digits: String) {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    var all = Substring((parts[0] + fraction).drop { $0 == "0" })
    exponent = -fraction.count
    while all.last == "0" {
      all.removeLast()
      exponent += 1
    }
    significand = String(all)
    if all.isEmpty { exponent = 0 }
  }

  func scaled(byPowerOfTen power: Int) -> DecimalMagnitude {
    var result = self
    if !significand.isEmpty { result.exponent += power }
    return result
  }

  /// log10; nil for nought and for numbers too long to be any.
  var logarithm: Double? {
    guard !significand.isEmpty, significand.utf8.count < 300, let value = Double(significand) else {
      return nil
    }
    return log10(value) + Double(exponent)
  }

  /// Whether the point alone has moved: 5 and 50, 1.25 and 12.5.
  func isShift(of other: DecimalMagnitude) -> Bool {
    significand == other.significand && exponent != other.exponent
  }
}
