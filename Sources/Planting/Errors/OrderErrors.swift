import Datasets
import DocProfiles

extension PlantingPage {
  /// How often and by which way a drug is given.
  func orderErrors() -> [Plant] {
    fields.flatMap { field -> [Plant] in
      switch field.kind {
      case .frequency: return frequencyErrors(of: field)
      case .route: return routeErrors(of: field)
      default: return []
      }
    }
  }

  /// Times a day, with the others by how many times oftener or rarer they are.
  private func frequencyErrors(of field: FieldTruth) -> [Plant] {
    let others: [String: [(String, Severity)]] = [
      "1일 1회": [
        ("1일 2회", .critical), ("1일 4회", .critical), ("격일", .critical),
        ("7일 1회", .critical), ("주 1회", .critical),
      ],
      "1일 2회": [
        ("1일 1회", .critical), ("1일 3회", .major), ("1일 4회", .critical),
        ("2일 2회", .critical),
      ],
      "1일 3회": [
        ("1일 1회", .critical), ("1일 2회", .major), ("1일 4회", .major),
        ("1일 8회", .critical), ("8일 3회", .critical),
      ],
      "1일 4회": [("1일 1회", .critical), ("1일 3회", .major), ("1일 2회", .critical)],
      "주 1회": [("1일 1회", .critical), ("주 7회", .critical), ("주 2회", .critical)],
      "3일 1회": [("1일 1회", .critical), ("3일 3회", .critical), ("1일 3회", .critical)],
      "필요시": [("1일 3회", .critical), ("1일 1회", .critical)],
    ]
    var plants = (others[field.value] ?? []).map { text, severity in
      misread(field, as: text, "other frequency", .frequency, severity)
    }
    if field.value.hasPrefix("1일 ") {
      plants.append(
        misread(
          field, as: field.value.replacing("회", with: "희"), "frequency garbled", .frequency,
          .major))
      plants.append(
        misread(
          field, as: field.value + " 필요시", "frequency made conditional", .frequency, .critical))
    }
    return plants
  }

  private func routeErrors(of field: FieldTruth) -> [Plant] {
    let routes = ["경구", "정맥주사", "피하주사", "근육주사", "경피", "흡입", "점안", "점이", "설하"]
    guard routes.contains(field.value) else { return [] }
    var plants = routes.filter { $0 != field.value }.prefix(3).map {
      misread(field, as: $0, "other route", .route, .critical)
    }
    if let garbled = field.value.misspelled(at: 0) {
      plants.append(misread(field, as: garbled, "route garbled", .route, .major))
    }
    return plants
  }
}
