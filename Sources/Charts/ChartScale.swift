import Foundation

/// How an axis runs.
public enum ChartScale: Sendable {
  case linear
  case log2
  case log10

  /// Where a value stands; equal steps of it are equal lengths.
  func place(_ value: Double) -> Double {
    switch self {
    case .linear: value
    case .log2: Foundation.log2(value)
    case .log10: Foundation.log10(value)
    }
  }

  func value(at place: Double) -> Double {
    switch self {
    case .linear: place
    case .log2: exp2(place)
    case .log10: pow(10, place)
    }
  }

  /// Whether the scale has a place for the value.
  func shows(_ value: Double) -> Bool {
    value.isFinite && (self == .linear || value > 0)
  }
}
