import Datasets
import DocProfiles
import PageImaging

/// Something else that a stretch of a page could as well say.
struct Alternative {
  var change: TwinEdit.Change
  /// What is drawn anew: whole words of the page's transcript, in code points.
  var drawn: Range<Int>
  var drawnText: String
  /// What readings are judged by, within `drawn`, and how it is compared.
  var judged: Range<Int>
  var judgedText: String
  var kind: FieldKind
  /// The field's index in its document.
  var field: Int
  var isWholeField: Bool
}

/// Draws other values for the fields of a page: each as plausible as the first and different in meaning.
struct AlternativeDraw {
  let fields: [FieldTruth]
  /// The page's transcript.
  let text: [Unicode.Scalar]
  var random: SeededRandom

  init(fields: [FieldTruth], transcript: String, random: SeededRandom) {
    self.fields = fields
    text = Array(transcript.unicodeScalars)
    self.random = random
  }

  /// All that can be changed about a field, in no order that means anything.
  mutating func alternatives(of index: Int) -> [Alternative] {
    let field = fields[index]
    switch field.kind {
    case .freeText, .diagnosisName: return words(in: index)
    case .drugName: return whole(index, otherDrug(field.value), .drug)
    case .quantity:
      return whole(index, otherDose(of: index), .digit)
        + whole(index, otherUnit(field.value), .unit)
    case .frequency: return whole(index, otherFrequency(field.value), .digit)
    case .labValue:
      return whole(index, otherFinding(field.value), .negation)
        + whole(index, otherComparator(field.value), .comparator)
        + whole(index, otherFigure(field.value), .digit)
    case .range: return whole(index, otherRange(field.value), .digit)
    case .unit: return whole(index, otherUnit(field.value), .unit)
    case .diagnosisCode: return whole(index, otherCode(field.value), .digit)
    case .date: return whole(index, otherDay(field.value), .digit)
    case .person: return whole(index, otherAge(field.value), .digit)
    case .testName, .route: return []
    }
  }

  private func whole(_ index: Int, _ value: String?, _ change: TwinEdit.Change) -> [Alternative] {
    let field = fields[index]
    guard let value, value != field.value else { return [] }
    let span = field.start..<field.end
    return [
      Alternative(
        change: change, drawn: span, drawnText: value, judged: span, judgedText: value,
        kind: field.kind, field: index, isWholeField: true)
    ]
  }

  // MARK: Figures

  /// One digit another. Leading noughts stay, no number gets one, and a round number stays round.
  mutating func otherFigure(_ value: String) -> String? {
    var characters = Array(value)
    let digits = characters.indices.filter { characters[$0].isDigit }
    let places = digits.filter { place in
      let isLeading = place == 0 || !(characters[place - 1].isDigit || characters[place - 1] == ".")
      let isRoundEnd =
        characters[place] == "0" && place > 0 && characters[place - 1].isDigit
        && !characters[(place + 1)...].contains(where: { $0 == "." })
      return !(isLeading && characters[place] == "0") && !isRoundEnd
    }
    guard let place = places.randomElement(using: &random) else { return nil }
    let isLeading = place == 0 || !(characters[place - 1].isDigit || characters[place - 1] == ".")
    let others = (isLeading ? 1 : 0)...9
    let digit = characters[place].wholeNumberValue!
    characters[place] = Character("\(others.filter { $0 != digit }.randomElement(using: &random)!)")
    return String(characters)
  }

  /// Another usual dose of the row's drug where the lexicon knows one as long, else another digit.
  private mutating func otherDose(of index: Int) -> String? {
    let field = fields[index]
    let drug = fields.first {
      $0.kind == .drugName && $0.row != nil && $0.row == field.row && $0.page == field.page
    }
    let plain = field.value.filter { $0 != " " }
    let usual = drug.map { drug in
      DrugLexicon.lexicon.all.filter { drug.value.hasPrefix($0.name) }.flatMap(\.doses)
    }
    let others = (usual ?? []).filter { $0 != plain && $0.count == plain.count }
    guard field.name == "dose", let dose = others.randomElement(using: &random),
      plain.drop(while: { $0.isDigit || $0 == "." })
        == dose.drop(while: { $0.isDigit || $0 == "." })
    else { return otherFigure(field.value) }
    // Spaced as the page spaces it.
    var rest = dose[...]
    return String(field.value.map { $0 == " " ? " " : rest.removeFirst() })
  }

  private mutating func otherFrequency(_ value: String) -> String? {
    var characters = Array(value)
    // `1일 3회`: how often; `8시간마다`: the hours.
    guard let place = characters.lastIndex(where: \.isDigit),
      place == 0 || !characters[place - 1].isDigit,
      place + 1 == characters.count || !characters[place + 1].isDigit
    else { return nil }
    let isHours = place + 1 < characters.count && characters[place + 1] == "시"
    let usual = isHours ? [4, 6, 8] : [1, 2, 3, 4]
    let now = characters[place].wholeNumberValue!
    guard let other = usual.filter({ $0 != now }).randomElement(using: &random) else { return nil }
    characters[place] = Character("\(other)")
    return String(characters)
  }

  /// Another upper limit, still above the lower.
  private mutating func otherRange(_ value: String) -> String? {
    for _ in 0..<12 {
      guard let other = otherFigure(value) else { return nil }
      let limits = other.split { !($0.isDigit || $0 == ".") }.compactMap { Double($0) }
      if limits.count < 2 || limits[0] < limits[1] { return other }
    }
    return nil
  }

  private func otherComparator(_ value: String) -> String? {
    for (a, b) in [("<", ">"), (">", "<"), ("≤", "≥"), ("≥", "≤")] where value.hasPrefix(a) {
      return b + value.dropFirst()
    }
    return nil
  }

  private func otherFinding(_ value: String) -> String? {
    for (a, b) in [("음성", "양성"), ("Negative", "Positive"), ("(-)", "(+)")] {
      if value == a { return b }
      if value == b { return a }
    }
    return nil
  }

  private mutating func otherCode(_ value: String) -> String? {
    var characters = Array(value)
    guard let place = characters.lastIndex(where: \.isDigit), place > 0 else { return nil }
    let digit = characters[place].wholeNumberValue!
    characters[place] = Character(
      "\((0...9).filter { $0 != digit }.randomElement(using: &random)!)")
    return String(characters)
  }

  /// Another day of the same month and of as many digits.
  private mutating func otherDay(_ value: String) -> String? {
    let runs = digitRuns(value)
    guard runs.count >= 3, runs[0].count == 4, let day = Int(String(Array(value)[runs[2]])) else {
      return nil
    }
    let days = day < 10 && runs[2].count == 1 ? 1...9 : (day < 10 ? 1...9 : 10...28)
    guard
      let other = days.filter({ $0 != day && $0 / 10 == day / 10 })
        .randomElement(using: &random)
    else { return nil }
    var characters = Array(value)
    let digits = runs[2].count == 2 && other < 10 ? "0\(other)" : "\(other)"
    characters.replaceSubrange(runs[2], with: Array(digits))
    return String(characters)
  }

  /// The age beside a name.
  private mutating func otherAge(_ value: String) -> String? {
    guard let last = digitRuns(value).last, last.count == 2 else { return nil }
    var characters = Array(value)
    let place = last.upperBound - 1
    let digit = characters[place].wholeNumberValue!
    characters[place] = Character(
      "\((0...9).filter { $0 != digit }.randomElement(using: &random)!)")
    return String(characters)
  }

  private func digitRuns(_ value: String) -> [Range<Int>] {
    let characters = Array(value)
    var runs: [Range<Int>] = []
    for place in characters.indices where characters[place].isDigit {
      if let last = runs.last, last.upperBound == place {
        runs[runs.count - 1] = last.lowerBound..<place + 1
      } else {
        runs.append(place..<place + 1)
      }
    }
    return runs
  }

  // MARK: Units and drugs

  private static let unitFamilies: [[String]] = [
    ["mg/dL", "µg/dL", "ng/dL"], ["ng/mL", "pg/mL", "µg/mL", "mg/mL"], ["mg/L", "µg/L"],
    ["mmol/L", "µmol/L", "nmol/L"], ["g/dL", "g/L"], ["mIU/L", "µIU/L"], ["mIU/mL", "µIU/mL"],
    ["mg", "mL", "µg"], ["g", "L"],
  ]

  /// Another unit of the same thing behind the same number.
  private mutating func otherUnit(_ value: String) -> String? {
    let unit = value.drop { $0.isDigit || $0 == "." || $0 == " " }
    guard let family = Self.unitFamilies.first(where: { $0.contains(String(unit)) }),
      let other = family.filter({ $0 != unit }).randomElement(using: &random)
    else { return nil }
    return String(value.dropLast(unit.count)) + other
  }

  /// Another drug of the lexicon with as many letters and the same form; the strength stays.
  private mutating func otherDrug(_ value: String) -> String? {
    let drugs = DrugLexicon.lexicon.all
    guard
      let own = drugs.filter({ value.hasPrefix($0.name) }).max(by: { $0.name.count < $1.name.count }
      )
    else { return unknownDrug(value) }
    let isLatin = own.name.first?.isASCII ?? false
    let others = drugs.filter {
      $0.ingredient != own.ingredient && $0.form == own.form && $0.name.count == own.name.count
        && ($0.name.first?.isASCII ?? false) == isLatin
    }
    guard let other = others.randomElement(using: &random) else { return nil }
    return other.name + value.dropFirst(own.name.count)
  }

  /// Of a name that the lexicon does not have, its Hangul up to the strength.
  private mutating func unknownDrug(_ value: String) -> String? {
    let name = value.prefix { $0.isLetter && !$0.isASCII }
    guard name.count >= 3 else { return nil }
    let others = DrugLexicon.lexicon.all.filter {
      $0.name.count == name.count && $0.name.last == name.last && !($0.name.first!.isASCII)
    }
    guard let other = others.randomElement(using: &random) else { return nil }
    return other.name + value.dropFirst(name.count)
  }

  // MARK: Words

  /// What turns a sentence round. Each pair both ways.
  private static let pairs: [(String, String, TwinEdit.Change)] = [
    ("좌측", "우측", .side), ("왼쪽", "오른쪽", .side), ("Lt.", "Rt.", .side), ("left", "right", .side),
    ("없음", "있음", .negation), ("없었", "있었", .negation), ("음성", "양성", .negation),
    ("(+)", "(-)", .negation), ("(+,", "(-,", .negation),
  ]

  /// Sides and negations in running text, and single digits that stand alone.
  private mutating func words(in index: Int) -> [Alternative] {
    let field = fields[index]
    var found: [Alternative] = []
    for word in wordSpans(field.start..<field.end) {
      let characters = string(word)
      for (a, b, change) in Self.pairs {
        for (from, to) in [(a, b), (b, a)] {
          guard let place = offset(of: from, in: word) else { continue }
          let judged = place..<place + from.unicodeScalars.count
          let before = string(word.lowerBound..<place)
          let after = string(judged.upperBound..<word.upperBound)
          found.append(
            Alternative(
              change: change, drawn: word, drawnText: before + to + after, judged: judged,
              judgedText: to, kind: .diagnosisName, field: index, isWholeField: false))
        }
      }
      if field.kind == .freeText, let digit = loneDigit(characters) {
        let place = word.lowerBound + digit.place
        found.append(
          Alternative(
            change: .digit, drawn: word, drawnText: digit.changed, judged: place..<place + 1,
            judgedText: digit.digit, kind: .diagnosisName, field: index, isWholeField: false))
      }
    }
    return found
  }

  /// `3점` → `4점`
  private mutating func loneDigit(_ word: String) -> (place: Int, digit: String, changed: String)? {
    var scalars = Array(word.unicodeScalars)
    let digits = scalars.indices.filter { ("0"..."9").contains(scalars[$0]) }
    guard digits.count == 1, let place = digits.first, scalars[place] != "0", scalars.count > 1,
      scalars.count < 12
    else { return nil }
    let now = Int(scalars[place].value) - 0x30
    let other = (1...9).filter { $0 != now }.randomElement(using: &random)!
    scalars[place] = Unicode.Scalar(UInt8(0x30 + other))
    return (place, "\(other)", String(String.UnicodeScalarView(scalars)))
  }

  private func wordSpans(_ span: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = span.lowerBound
    for place in span.lowerBound...span.upperBound
    where place == span.upperBound || text[place] == " " || text[place] == "\n" {
      if place > start { words.append(start..<place) }
      start = place + 1
    }
    return words
  }

  private func offset(of word: String, in span: Range<Int>) -> Int? {
    let scalars = Array(word.unicodeScalars)
    guard span.count >= scalars.count else { return nil }
    return (span.lowerBound...span.upperBound - scalars.count).first {
      Array(text[$0..<$0 + scalars.count]) == scalars
    }
  }

  func string(_ span: Range<Int>) -> String {
    String(String.UnicodeScalarView(text[span]))
  }
}

extension Character {
  /// In ASCII.
  fileprivate var isDigit: Bool { isASCII && wholeNumberValue != nil }
}
