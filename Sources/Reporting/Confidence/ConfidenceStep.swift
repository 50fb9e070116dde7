/// Confidence as a reader needs it: in steps that are drawn apart. What is `sure` is not marked, so a wrong character
/// that is sure is one that no reader of the transcript would have looked at.
enum ConfidenceStep: String {
  case low, weak, slight, sure

  /// Hundredths below which a step ends; `low` is where something else is likelier.
  static let weakFrom: UInt8 = 50
  static let slightFrom: UInt8 = 80
  static let sureFrom: UInt8 = 95

  init(_ hundredths: UInt8) {
    switch hundredths {
    case ..<Self.weakFrom: self = .low
    case ..<Self.slightFrom: self = .weak
    case ..<Self.sureFrom: self = .slight
    default: self = .sure
    }
  }
}
