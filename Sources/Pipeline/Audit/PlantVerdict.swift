import Planting
import Scoring

/// What a judge made of a plant.
enum PlantVerdict: String, Codable, Sendable {
  /// Every error with its class, severity and field, and nothing beside; of a rewrite, nothing.
  case right
  /// An error of which nothing at all was said.
  case missed
  /// Found, and called something else.
  case wrongClass = "wrong-class"
  /// Found with its class, and thought better or worse than it is.
  case wrongSeverity = "wrong-severity"
  /// Something was found that was not planted.
  case falseAlarm = "false-alarm"

  /// - Parameters:
  ///   - findings: in any order.
  ///   - fieldsAreRight: whether every critical field was judged correct.
  init(_ plant: Plant, findings: [HarmFinding], fieldsAreRight: Bool) {
    // The same in other terms may be marked; with a style of its own it is the very same.
    var left = findings.filter { !(plant.isInOtherTerms && $0.errorClass == .rewritten) }
    func take(_ fits: (HarmFinding) -> Bool) -> Bool {
      guard let place = left.firstIndex(where: fits) else { return false }
      left.remove(at: place)
      return true
    }
    // The ones with a field first: those without would take their findings.
    let expected =
      plant.expected.filter { $0.field != nil } + plant.expected.filter { $0.field == nil }
    let unmatched = expected.filter { expected in
      !take {
        expected.isWhere($0) && $0.errorClass == expected.errorClass
          && $0.severity == expected.severity
      }
    }
    for expected in unmatched {
      if take({ expected.isWhere($0) && $0.errorClass == expected.errorClass }) {
        self = .wrongSeverity
      } else if left.contains(where: { $0.errorClass != .rewritten }) {
        self = .wrongClass
      } else {
        self = .missed
      }
      return
    }
    let isHarmless = plant.expected.isEmpty
    self = left.isEmpty && (!isHarmless || fieldsAreRight) ? .right : .falseAlarm
  }
}

extension ExpectedError {
  /// Whether a finding is about the planted place: its field and row, where the plant has one.
  fileprivate func isWhere(_ finding: HarmFinding) -> Bool {
    guard let field else { return true }
    return finding.field == field && finding.row == row
  }
}
