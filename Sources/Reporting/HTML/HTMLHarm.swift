import DocProfiles
import Pipeline
import Scoring

/// What was read so that it could hurt someone: the toll, the critical errors one by one, the major
/// ones in a list, and all of them counted.
struct HTMLHarm {
  /// nil where a page was not looked at for harm.
  var toll: [Toll]
  var harmSentence: String
  /// Said where the verdict knows nothing of the harm.
  var harmWarning: String?
  var hasCards: Bool
  var cards: [HTMLHarmCard]
  /// Not all are shown.
  var cardsRest: String?
  var majors: Majors?
  var matrix: HTMLMatrix?

  struct Toll {
    var tollTone: String
    var tollSign: String
    var tollCount: String
    var tollName: String
  }

  struct Majors {
    var majorsTitle: String
    var majorRows: [MajorRow]
    var majorsRest: String?
  }

  struct MajorRow {
    var majorPage: String
    var majorGroup: String
    var majorClass: String
    var majorField: String
    var majorTruth: String
    var majorReading: String
    var majorReason: String
  }

  static let majorsShown = 60

  init(record: RunRecord, language: Language, pictures: PagePictures) {
    guard let summary = HarmSummary(record.groups) else {
      (toll, cards, hasCards) = ([], [], false)
      harmSentence =
        record.groups.isEmpty
        ? ""
        : language(
          "이 결과에서는 해가 될 수 있는 오류를 찾지 않았습니다. 다시 실행하면 찾습니다.",
          "These results were not looked at for harm; a new run does.")
      return
    }
    toll = ErrorMatrix.severities.map { severity in
      Toll(
        tollTone: summary[severity] == 0 ? "faint" : severity.tone, tollSign: severity.sign,
        tollCount: Figures.grouped(String(summary[severity])), tollName: language.name(severity))
    }
    harmSentence = language.sentence(summary)
    let isJudged = record.groups.contains { group in
      group.verdict.checks.contains { $0.subject == .criticalErrors }
    }
    harmWarning =
      summary[.critical] > 0 && !isJudged && record.outcome == .pass ? language.unjudgedHarm : nil
    let shown = RunRecord.shownCriticalErrors(of: record.groups)
    cards = shown.map {
      HTMLHarmCard($0, record: record, language: language, pictures: pictures)
    }
    hasCards = !cards.isEmpty
    let all = summary[.critical] - summary.criticalOfUnread
    cardsRest = all > shown.count ? language.shown(shown.count, of: all) : nil
    majors = Majors(record, count: summary[.major], language: language)
    matrix = HTMLMatrix(record, language: language)
  }
}

extension HTMLHarm.Majors {
  /// nil where there is none.
  fileprivate init?(_ record: RunRecord, count: Int, language: Language) {
    guard count > 0 else { return nil }
    majorsTitle = language(
      "중대 오류 \(Figures.grouped(String(count)))건", "Major errors: \(Figures.grouped(String(count)))")
    majorRows = []
    for group in record.groups {
      for page in group.documents.flatMap(\.pages) {
        for finding in page.score.harms ?? [] where finding.severity == .major {
          guard majorRows.count < HTMLHarm.majorsShown else { break }
          majorRows.append(
            HTMLHarm.MajorRow(
              majorPage: page.id, majorGroup: language.name(of: group, in: record),
              majorClass: language.name(finding.errorClass),
              majorField: language.place(of: finding, in: group, of: record) ?? "–",
              majorTruth: HTMLHarm.short(finding.truth) ?? language.notOnThePage,
              majorReading: HTMLHarm.short(finding.reading) ?? language.notRead,
              majorReason: language.reason(finding, of: record)))
        }
      }
    }
    majorsRest =
      count > majorRows.count ? language.firstOnes(majorRows.count, of: count) : nil
  }
}

extension HTMLHarm {
  fileprivate static func short(_ value: String?) -> String? {
    value.map { $0.count > 80 ? $0.prefix(80) + "…" : $0 }
  }
}

extension Language {
  func firstOnes(_ count: Int, of all: Int) -> String {
    let (count, all) = (Figures.grouped(String(count)), Figures.grouped(String(all)))
    return self(
      "\(all)건 중 처음 \(count)건입니다. 나머지는 results.json에 있습니다.",
      "The first \(count) of \(all); results.json has the rest.")
  }

  /// `1,482건 중 24건`
  func shown(_ count: Int, of all: Int) -> String {
    let (count, all) = (Figures.grouped(String(count)), Figures.grouped(String(all)))
    return self(
      "\(all)건 중 \(count)건을 문서 유형과 오류 종류마다 고르게 보입니다. 나머지는 results.json에 있습니다.",
      "\(count) of \(all) are shown, some of every document type and class; results.json has the rest."
    )
  }
}
