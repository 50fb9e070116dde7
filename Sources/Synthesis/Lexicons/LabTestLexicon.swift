/// A laboratory test with its reference intervals.
public struct LabTestEntry: LexiconEntry {
  public let name: String
  public let unit: String
  /// The panel's key.
  public let group: String
  public let panelTitle: String
  public let specimen: String
  /// `M` or `F` where only one sex is tested.
  public let onlySex: Character?
  /// By age, the youngest first; each male then female.
  let bands: [(fromAge: Int, male: ReferenceInterval, female: ReferenceInterval)]
  let extremes: ClosedRange<Double>
  let decimals: Int
  /// Below it a value is reported as `<limit`.
  let detectionLimit: Double?
  /// Readings of a qualitative test; the first is the usual one.
  let readings: [String]

  public var splitKey: String { name }
  public static func == (a: Self, b: Self) -> Bool { a.name == b.name && a.group == b.group }

  public func interval(isFemale: Bool, age: Int) -> ReferenceInterval {
    let band = bands.last { $0.fromAge <= age } ?? bands[0]
    return isFemale ? band.female : band.male
  }
}

/// What counts as normal.
public enum ReferenceInterval: Sendable, Equatable {
  case between(Double, Double)
  case below(Double)
  case above(Double)
  case reading(String)
}

/// The laboratory tests that documents may show.
public enum LabTestLexicon {
  public static let lexicon = Lexicon(
    name: "lab-test", salt: 2, [blood, special].flatMap(parse))

  /// Panel keys in the tables' order.
  public static let panels: [String] = lexicon.all.map(\.group).reduce(into: []) {
    if $0.last != $1 { $0.append($1) }
  }

  private static func parse(_ text: String) -> [LabTestEntry] {
    LexiconTable(text).rows.map { row in
      let heading = row.heading.split(separator: "|").map(String.init)
      var range = row.columns[2]
      let onlySex = range.first.flatMap { "MF".contains($0) ? $0 : nil }
      range.removeAll { $0 == "M" || $0 == "F" }
      let isReading = range.hasPrefix("q:")
      let ends = isReading ? [] : row.columns[3].split(separator: "~").map(String.init)
      // A negative end keeps its sign: the separator is `~`.
      let decimals = ends.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.max() ?? 0
      return LabTestEntry(
        name: row.columns[0], unit: row.columns[1], group: row.group, panelTitle: heading[0],
        specimen: heading[1], onlySex: onlySex,
        bands: isReading ? [(0, reading(range), reading(range))] : bands(range),
        extremes: isReading ? 0...0 : Double(ends[0])!...Double(ends[1])!, decimals: decimals,
        detectionLimit: row.columns.count > 4 ? Double(row.columns[4]) : nil,
        readings: isReading ? row.columns[3].split(separator: " ").map(String.init) : [])
    }
  }

  private static func reading(_ range: String) -> ReferenceInterval {
    .reading(String(range.dropFirst(2)))
  }

  /// `0~15;0~20 50:0~20;0~30`: male;female, then the same from 50 years on.
  private static func bands(
    _ text: String
  ) -> [(fromAge: Int, male: ReferenceInterval, female: ReferenceInterval)] {
    text.split(separator: " ").map { band in
      let parts = band.split(separator: ":")
      let sexes = parts[parts.count - 1].split(separator: ";").map { interval(String($0)) }
      return (parts.count > 1 ? Int(parts[0])! : 0, sexes[0], sexes[sexes.count - 1])
    }
  }

  private static func interval(_ text: String) -> ReferenceInterval {
    if text.hasPrefix("<") { return .below(Double(text.dropFirst())!) }
    if text.hasPrefix(">") { return .above(Double(text.dropFirst())!) }
    let ends = text.split(separator: "~")
    return .between(Double(ends[0])!, Double(ends[1])!)
  }
}
