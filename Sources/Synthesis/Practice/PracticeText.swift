import Foundation
import PageImaging

/// What stands on a practice sheet: a few words at a time, much of them random, so that a reader
/// has to look at the page and not into its memory.
struct PracticeText: Sendable {
  let split: Split
  var random: SeededRandom
  /// Rows of the sheet's fields, from 1.
  private var rows = 0
  /// Sentences of documents, as they were drawn.
  private var sentences: [String] = []

  init(split: Split, random: SeededRandom) {
    self.split = split
    self.random = random
  }

  /// What a run may be: its pieces, joined without a gap.
  typealias Phrase = [Piece]

  private typealias Draw = @Sendable (inout PracticeText) -> String

  private static let draws: [(item: Draw, weight: Int)] = [
    ({ $0.syllables() }, 24), ({ $0.realWords() }, 12), ({ $0.sentence() }, 12),
    ({ $0.latin() }, 11), ({ $0.confusables() }, 8), ({ $0.number() }, 8),
    ({ $0.identifier() }, 6), ({ $0.measure() }, 9), ({ $0.symbolSoup() }, 13),
    ({ $0.punctuated() }, 9), ({ $0.koreanNumber() }, 2), ({ $0.listed() }, 4),
    ({ $0.ballot() }, 2),
  ]

  /// Words for about `length` letters of a Hangul syllable's width; never empty, and with single
  /// spaces inside only.
  mutating func line(_ length: Double) -> String {
    var line = ""
    var left = length
    repeat {
      var part = random.pick(weighted: Self.draws)(&self)
      if random.chance(0.12) { part = repeated(part) }
      if !line.isEmpty { line += " " }
      line += part
      left -= Self.breadth(part) + 0.4
    } while left > 1.5
    return line
  }

  /// A single thing, as a narrow cell holds.
  mutating func cell() -> String { random.pick(weighted: Self.draws)(&self) }

  /// In Hangul syllables, roughly.
  static func breadth(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x250 ? 0.55 : 1) }
  }

  /// The same again, side by side: a reader that loses its place stops too early or goes on.
  private mutating func repeated(_ part: String) -> String {
    let words = part.split(separator: " ")
    let word = String(words[random.int(0...words.count - 1)])
    let joint = random.chance(0.75) ? " " : random.pick(["/", "-", ","])
    let copies = Array(repeating: word, count: random.int(2...4)).joined(separator: joint)
    return random.chance(0.5) ? copies : part + " " + copies
  }

  // MARK: Real words

  mutating func realWords() -> String {
    (0..<random.int(1...3)).map { _ in realWord() }.joined(separator: " ")
  }

  private mutating func realWord() -> String {
    switch random.int(0...8) {
    case 0, 1: return DrugLexicon.lexicon.draw(for: split, random: &random)!.name
    case 2:
      let test = LabTestLexicon.lexicon.draw(for: split, random: &random)!
      return test.unit.isEmpty ? test.name : test.name + " " + test.unit
    case 3, 4:
      let term = DiagnosisLexicon.lexicon.draw(for: split, random: &random)!
      return random.chance(0.5) ? term.name : "\(term.code) \(term.name)"
    case 5:
      return random.pick(weighted: NameLexicon.surnames)
        + NameLexicon.given.draw(for: split, random: &random)!.word
    case 6: return NameLexicon.hospitals.draw(for: split, random: &random)!.word + "병원"
    case 7: return NameLexicon.streets.draw(for: split, random: &random)!.word
    default: return random.pick(CommonPhrases.purposes + PracticeTables.labels)
    }
  }

  /// A sentence, or a part of one, of a document of the same split.
  mutating func sentence() -> String {
    if sentences.isEmpty { sentences = drawSentences() }
    let words = sentences.removeLast().split(separator: " ")
    let count = min(words.count, random.int(3...9))
    let start = random.int(0...words.count - count)
    return words[start..<start + count].joined(separator: " ")
  }

  private mutating func drawSentences() -> [String] {
    let record = MedicalRecordContent.draw(split: split, random: &random)
    let summary = DischargeSummaryContent.draw(split: split, random: &random)
    let diagnosis = DiagnosisContent.draw(split: split, random: &random)
    let texts =
      [
        record.presentIllness, record.reviewOfSystems, record.physicalExam, record.assessment,
        record.plan, record.socialHistory, summary.hospitalCourse, diagnosis.opinion,
        summary.condition,
      ] + summary.followUpPlan + summary.procedures
    return texts.flatMap { $0.replacing("\n", with: " ").components(separatedBy: ". ") }
      .filter { !$0.isEmpty }.shuffled(using: &random)
  }

  // MARK: Counterfactual doses

  /// A real drug with a dose that nobody ever wrote: only the page can tell it.
  mutating func prescribed() -> Phrase {
    let drug = DrugLexicon.lexicon.draw(for: split, random: &random)!
    rows += 1
    let unit = random.pick(PracticeTables.doseUnits)
    let gap = random.chance(0.5) ? " " : ""
    let often =
      random.chance(0.8)
      ? "\(random.pick(["1일", "주", "2주", "월", "3일"])) \(random.int(1...12))회"
      : "\(random.int(1...36))시간마다"
    var phrase: Phrase = [
      Piece(drug.name, FieldTag("drug_name", .drugName, row: rows)), " ",
      Piece(quantity() + gap + unit, FieldTag("dose", .quantity, row: rows)), " ",
      Piece(often, FieldTag("frequency", .frequency, row: rows)),
    ]
    if random.chance(0.3) { phrase.append(Piece(" " + random.pick(PracticeTables.usages))) }
    return phrase
  }

  private mutating func quantity() -> String {
    switch random.int(0...5) {
    case 0: "\(random.int(1...9))"
    case 1, 2: "\(random.int(10...999))"
    case 3: "\(random.int(1...9)),\(random.digits(3))"
    case 4: "\(random.int(0...99)).\(random.int(1...9))"
    default: "0.\(random.int(0...9))\(random.int(1...9))"
    }
  }
}
