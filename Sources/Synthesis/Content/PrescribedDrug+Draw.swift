import PageImaging

extension PrescribedDrug {
  /// A row for `entry`, taken for `days` where it is taken daily.
  static func draw(
    _ entry: DrugEntry, days: Int, random: inout SeededRandom
  ) -> PrescribedDrug {
    let frequency = random.pick(entry.frequencies)
    var name = entry.name
    var dose = random.pick(entry.doses)
    if let unit = entry.unit, dose.hasSuffix("mg"), random.chance(0.2) {
      // As Korean product names carry their strength: the dose then counts pieces.
      name += dose.replacing("mg", with: "밀리그램")
      dose =
        canHalve(entry) && random.chance(0.15)
        ? "0.5정" : random.chance(0.15) ? "2" + unit : "1" + unit
    } else if random.chance(0.12), !dose.contains(" ") {
      dose = spaced(dose)
    }
    return PrescribedDrug(
      name: name, dose: dose, frequency: frequency, route: entry.route,
      days: Self.days(frequency, days, random: &random),
      usage: usage(entry, frequency: frequency, random: &random))
  }

  private static func canHalve(_ entry: DrugEntry) -> Bool {
    entry.form == "정" && entry.doses.count > 1
  }

  /// `2.5 mg` for `2.5mg`; Korean counters stay joined.
  private static func spaced(_ dose: String) -> String {
    guard let first = dose.firstIndex(where: \.isLetter), dose[first].isASCII else { return dose }
    return dose[..<first] + " " + dose[first...]
  }

  private static func days(
    _ frequency: String, _ days: Int, random: inout SeededRandom
  ) -> String {
    if frequency == "필요시" { return "\(random.pick([3, 5, 7, 10]))회" }
    if frequency.hasPrefix("1일") || frequency.hasSuffix("시간마다") { return "\(days)일" }
    let months = frequency.contains("월")
    return months ? "1회" : "\(max(1, days / 7))회"
  }

  private static func usage(
    _ entry: DrugEntry, frequency: String, random: inout SeededRandom
  ) -> String {
    // Of several times a day only the meal can be told, and at need there is no time to tell.
    let once = ["아침", "저녁", "취침"]
    let fitting = entry.usages.filter { usage in
      frequency == "필요시"
        ? !usage.contains("식") && !usage.contains("취침")
        : frequency == "1일 1회"
          ? !usage.contains("·") && !usage.contains("시간 간격")
          : !once.contains(where: usage.hasPrefix) || usage.hasPrefix("아침·저녁")
    }
    if let usage = fitting.randomElement(using: &random) { return usage }
    switch frequency {
    case "필요시": return "증상 시"
    case "1일 1회": return "아침 식후 30분"
    case "1일 2회": return "아침·저녁 식후"
    case "주 1회", "2주 1회", "3주 1회", "월 1회", "6개월 1회", "3일 1회": return "정해진 날"
    default: return entry.route == "경구" ? "식후 30분" : "의사 지시대로"
    }
  }
}
