import Foundation

extension Double {
  /// With so many digits after the point.
  func fixed(_ digits: Int) -> String {
    isFinite ? String(format: "%.\(digits)f", self) : "n/a"
  }

  /// With so many significant digits, no exponent and no zeros at the end.
  func figure(_ digits: Int) -> String {
    guard isFinite else { return "n/a" }
    guard self != 0 else { return "0" }
    let decimals = max(0, digits - 1 - Int(log10(abs(self)).rounded(.down)))
    var text = String(format: "%.\(decimals)f", self)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text
  }
}

/// The text at the end of a column of that width.
func padded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
