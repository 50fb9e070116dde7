/// A unit as forms write it, after the model of UCUM (The Unified Code for Units of Measure): a
/// numerator and denominators, each of a dimension and a power of ten.
///
/// `mg`, `㎎` and `밀리그램` are one unit; `g` is another of the same dimension, a thousand times as
/// large. IU, U, mEq and % are dimensions of their own and never become a mass; hours and days are
/// not converted either, since their ratio is no power of ten. A unit that the table does not know
/// is its text.
struct MedicalUnit: Equatable {
  private struct Part: Equatable {
    var dimension: String
    var power: Int
  }

  /// The numerator, then the denominators; nil for a unit that the table does not know.
  private var parts: [Part]?
  /// Empty for a known unit.
  private var text: String

  /// - Parameter text: normalised and unspaced; empty for a number without a unit.
  init(_ text: String) {
    var parts: [Part] = []
    for (index, name) in text.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
      if name.isEmpty, index == 0 {
        parts.append(Part(dimension: "1", power: 0))
      } else if let known = medicalUnits[String(name)] ?? unitWords[name.lowercased()] {
        parts.append(Part(dimension: known.0, power: known.1))
      } else {
        self.parts = nil
        self.text = text
        return
      }
    }
    self.parts = text.isEmpty ? [] : parts
    self.text = ""
  }

  var isKnown: Bool { parts != nil }
  var isEmpty: Bool { parts?.isEmpty ?? false }

  /// The power of ten by which this unit is larger than another of the same dimensions; nil where
  /// they measure different things or one is not known.
  func power(over other: MedicalUnit) -> Int? {
    guard let mine = parts, let theirs = other.parts,
      mine.map(\.dimension) == theirs.map(\.dimension)
    else { return self == other ? 0 : nil }
    func total(_ parts: [Part]) -> Int {
      (parts.first?.power ?? 0) - parts.dropFirst().reduce(0) { $0 + $1.power }
    }
    return total(mine) - total(theirs)
  }

  /// `10³/µL` and `10⁹/L` are one unit rewritten; `mg` and `g` differ.
  func equality(with other: MedicalUnit) -> Equality {
    self == other ? .same : power(over: other) == 0 ? .rewritten : .different
  }

  /// Whether it is one that doses and strengths are measured in, not counted in.
  var measuresDose: Bool {
    guard let first = parts?.first?.dimension else { return false }
    return ["g", "L", "mol", "IU", "U", "Eq", "%"].contains(first)
  }

  /// Whether it counts times: `3회`.
  var countsTimes: Bool { parts == [Part(dimension: "times", power: 0)] }
}

/// Symbols, in which case matters: `Mg` is not `mg`. Dimension and power of ten.
private let medicalUnits: [String: (String, Int)] = {
  var units: [String: (String, Int)] = [:]
  func add(_ dimension: String, _ names: [(String, Int)]) {
    for (name, power) in names { units[name] = (dimension, power) }
  }
  func addPrefixed(_ dimension: String, _ symbols: [String], _ prefixes: [(String, Int)]) {
    for symbol in symbols { add(dimension, prefixes.map { ($0.0 + symbol, $0.1) }) }
  }
  let small = [
    ("", 0), ("m", -3), ("µ", -6), ("u", -6), ("n", -9), ("p", -12), ("f", -15),
  ]
  addPrefixed("g", ["g"], small + [("k", 3), ("mc", -6)])
  addPrefixed("L", ["L", "l", "ℓ"], small + [("d", -1), ("c", -2)])
  add("L", [("cc", -3), ("mcL", -6)])
  addPrefixed("mol", ["mol"], small)
  addPrefixed("IU", ["IU", "I.U."], small + [("k", 3), ("M", 6)])
  addPrefixed("U", ["U"], small + [("k", 3)])
  addPrefixed("AU", ["AU"], small)
  addPrefixed("Eq", ["Eq"], small)
  addPrefixed("Osm", ["Osm"], small)
  addPrefixed("m", ["m"], [("", 0), ("c", -2), ("m", -3), ("µ", -6), ("n", -9)])
  add("m²", [("m²", 0), ("m2", 0), ("m^2", 0)])
  add("1.73m²", [("1.73m²", 0), ("1.73m2", 0), ("1.73m^2", 0)])
  addPrefixed("Pa", ["Pa"], [("", 0), ("k", 3)])
  add("mmHg", [("mmHg", 0)])
  add("°C", [("°C", 0), ("℃", 0)])
  add("%", [("%", 0)])
  add("‰", [("‰", 0)])
  // Powers stand for counts: `10³/µL`.
  for (exponent, digits) in [(3, "³"), (4, "⁴"), (6, "⁶"), (9, "⁹"), (12, "¹²")] {
    for written in ["10" + digits, "10^\(exponent)"] {
      add("1", [(written, exponent), ("×" + written, exponent), ("x" + written, exponent)])
    }
  }
  add("second", [("s", 0)])
  add("hour", [("h", 0)])
  add("day", [("d", 0)])
  add("HPF", [("HPF", 0), ("hpf", 0)])
  add("LPF", [("LPF", 0), ("lpf", 0)])
  add("100WBC", [("100WBC", 0)])
  add("INR", [("INR", 0)])
  add("ratio", [("ratio", 0)])
  return units
}()

/// Words, in which case does not matter.
private let unitWords: [String: (String, Int)] = {
  var units: [String: (String, Int)] = [:]
  func add(_ dimension: String, _ names: String, _ power: Int = 0) {
    for name in names.split(separator: " ") { units[String(name)] = (dimension, power) }
  }
  add("g", "그램 그람 gram grams")
  add("g", "밀리그램 밀리그람 milligram milligrams", -3)
  add("g", "마이크로그램 마이크로그람 microgram micrograms", -6)
  add("g", "나노그램", -9)
  add("g", "킬로그램", 3)
  add("L", "리터 liter litre liters litres")
  add("L", "밀리리터 시시 milliliter millilitre milliliters millilitres", -3)
  add("L", "데시리터", -1)
  add("L", "마이크로리터", -6)
  add("mol", "밀리몰", -3)
  add("IU", "국제단위 아이유")
  add("U", "단위 unit units")
  add("Eq", "밀리당량 밀리이퀴벌런트", -3)
  add("%", "퍼센트 프로 percent")
  add("tablet", "정 정제 tab tab. tabs tablet tablets")
  add("capsule", "캡슐 cap cap. caps capsule capsules")
  add("ampoule", "앰플 앰풀 amp amp. ampule ampoule ampules ampoules")
  add("vial", "바이알 vial vials")
  add("sachet", "포 sachet sachets")
  add("bottle", "병 bottle bottles")
  add("patch", "매 패치 patch patches")
  add("drop", "방울 drop drops gtt gtt.")
  add("puff", "퍼프 puff puffs")
  add("piece", "개 piece pieces")
  add("times", "회 번 차례 times")
  add("second", "초 sec sec. second seconds")
  add("minute", "분 min min. minute minutes")
  add("hour", "시간 hr hr. hrs hour hours")
  add("day", "일 day days")
  add("week", "주 주일 week weeks wk")
  add("month", "개월 month months")
  return units
}()
