import Datasets
import DocProfiles

extension PlantingPage {
  /// Doses and days of a drug: another amount, another unit.
  func amountErrors() -> [Plant] {
    fields.filter { $0.kind == .quantity }.flatMap { field -> [Plant] in
      guard let amount = WrittenAmount(field.value), !amount.number.isNought else { return [] }
      return shifts(of: field, amount) + ratios(of: field, amount) + units(of: field, amount)
    }
  }

  private func shifts(of field: FieldTruth, _ amount: WrittenAmount) -> [Plant] {
    let number = amount.number
    var plants = [
      misread(
        field, as: amount.with(number.tenfold), "amount times ten", .decimalShift, .critical),
      misread(field, as: amount.with(number.tenth), "amount by ten", .decimalShift, .critical),
    ]
    if number.decimals > 0, number.text.hasPrefix("0.") {
      plants.append(
        misread(
          field, as: amount.with("0" + number.text.dropFirst(2)), "point behind a nought lost",
          .decimalShift, .critical))
    }
    return plants
  }

  private func ratios(of field: FieldTruth, _ amount: WrittenAmount) -> [Plant] {
    let number = amount.number
    var plants: [Plant] = []
    // A power of ten between two readings is a moved point and another class.
    let others = number.misread.filter {
      !$0.isNought && $0.significant != number.significant
    }
    let ratio = { (other: WrittenNumber) in
      max(other.value / number.value, number.value / other.value)
    }
    if let far = others.last(where: { ratio($0) >= 2 }) {
      plants.append(
        misread(
          field, as: amount.with(far.text), "amount twice or half", .doseRatio, .critical))
    }
    if let near = others.last(where: { ratio($0) < 1.99 }) {
      plants.append(
        misread(field, as: amount.with(near.text), "amount a little off", .doseRatio, .major))
    }
    plants.append(
      misread(
        field, as: amount.with("1" + number.text), "digit put before", .doseRatio, .critical))
    let letters: [Character: String] = ["1": "l", "5": "S", "2": "Z"]
    if number.digits.count == 1, let letter = letters[number.digits[0]] {
      plants.append(
        misread(
          field, as: amount.with(letter), "digit read as a letter", .doseRatio, .major))
    }
    return plants
  }

  private func units(of field: FieldTruth, _ amount: WrittenAmount) -> [Plant] {
    let others: [String: [String]] = [
      "mg": ["µg", "㎍", "mcg", "g", "mL"], "㎍": ["mg", "g", "ng"], "g": ["mg", "㎍"],
      "mL": ["L", "µL", "mg"], "정": ["캡슐", "포", "mg"], "캡슐": ["정", "병"], "일": ["주", "개월"],
      "단위": ["mL", "mg"], "회": ["정", "mL"], "방울": ["mL"], "매": ["정"], "㎍/h": ["mg/h"],
    ]
    var plants = (others[amount.unit] ?? []).map { unit in
      misread(
        field, as: amount.number.text + amount.gap + unit, "unit exchanged", .unitChange,
        .critical)
    }
    let garbled = ["mg": "mq", "㎍": "uq", "g": "q", "정": "점", "캡슐": "캅슐"]
    if let unit = garbled[amount.unit] {
      plants.append(
        misread(
          field, as: amount.number.text + amount.gap + unit, "unit illegible", .unitChange,
          .major))
    }
    if !amount.unit.isEmpty {
      plants.append(
        misread(field, as: amount.number.text, "unit lost", .unitChange, .major))
    }
    return plants
  }
}
