import Datasets
import Foundation
import Pipeline
import Scoring

/// The section of a report on probes, as `probes.mustache` shows it.
struct HTMLProbes {
  var probesTitle: String
  var probesNote: String
  var probeRates: HTMLTable
  var memory: [String]
  var probeNotes: [String]
  var kinds: [Kind]

  struct Kind {
    var kindName: String
    var cases: [Case]
  }

  struct Case {
    var place: String
    var part: String
    var before: String
    var onPage: String
    var read: String
    var result: String
    /// `bad` for what was recalled, else `caution`.
    var caseTone: String
    /// A data URL.
    var crop: String?
    var cropLabel: String
    var beforeLabel: String
    var onPageLabel: String
    var readLabel: String
  }

  /// - Parameter pictures: the directory that holds the crops; nil shows none.
  init?(
    _ probes: [ProbeRecord]?, profiles: [ProfileSnapshot], language: Language, pictures: String?
  ) {
    guard let probes, !probes.isEmpty else { return nil }
    let tables = ProbeTables(probes: probes, profiles: profiles, language: language)
    probesTitle = language.probesTitle
    probesNote = language.probesNote
    probeRates = HTMLTable(
      tables.rates, caption: language("탐침 결과", "Rates of the probes"))
    memory = tables.memory
    probeNotes = tables.notes
    let loaded = PagePictures(
      directory: pictures, first: [], ranked: probes.map { $0.worst.compactMap(\.picture) })
    kinds = probes.filter { !$0.worst.isEmpty }.map { probe in
      Kind(
        kindName: "\(tables.typeName(probe.type)) · \(probe.dpi) DPI · "
          + language.name(of: probe.kind),
        cases: probe.worst.map { Case($0, probe, language, loaded) })
    }
  }
}

extension HTMLProbes.Case {
  fileprivate init(
    _ place: ProbeCase, _ probe: ProbeRecord, _ language: Language, _ pictures: PagePictures
  ) {
    let row = place.row.map { language(" \($0)행", ", row \($0)") } ?? ""
    self.place =
      "\(place.document)/\(place.page)"
      + (place.field.map { " · \($0)\(row)" } ?? "")
    part = language.name(ofPart: place.part)
    before = place.original ?? "–"
    onPage = place.truth ?? language("없음", "nothing")
    read = place.reading ?? language("없음", "nothing")
    result = language.name(of: place.result, probe.kind)
    caseTone = place.result == .recalled ? "bad" : "caution"
    if let name = place.picture, case .embedded(let shot) = pictures[name] {
      crop = shot.shotData
    }
    cropLabel = language("읽힌 그림", "What the engine saw")
    beforeLabel = language("원래 값", "Before")
    onPageLabel = language("쪽에 있는 값", "On the page")
    readLabel = language("판독", "Read")
  }
}

/// `probes.html`: the section on a page of its own.
struct HTMLProbesPage {
  var record: ProbesRecord
  var language: Language
  var pictures: String?

  init(_ record: ProbesRecord, language: Language, pictures: String?) {
    self.record = record
    self.language = language
    self.pictures = pictures
  }

  private struct Page {
    var lang: String
    var title: String
    var tone: String
    var verdict: String?
    var facts: [HTMLPage.Fact]
    var probeChecks: HTMLTable?
    var probes: HTMLProbes?
  }

  func rendered() -> String {
    let tables = ProbeTables(
      probes: record.probes, profiles: record.configuration.profiles, language: language)
    let run = RunRecord(
      medbenchVersion: record.medbenchVersion, startedAt: record.startedAt,
      finishedAt: record.finishedAt, configuration: record.configuration, engine: record.engine,
      environment: record.environment, groups: [])
    let isJudged = !record.verdicts.isEmpty
    let page = Page(
      lang: language.rawValue, title: language.probesTitle,
      tone: isJudged ? tone : tables.memory.isEmpty ? "neutral" : "bad",
      verdict: isJudged ? language.verdict(record.outcome) : nil,
      facts: RunFacts(record: run, language: language).summary,
      probeChecks: isJudged
        ? HTMLTable(
          tables.checks(record.verdicts), caption: language(.slaChecks)) : nil,
      probes: HTMLProbes(
        record.probes, profiles: record.configuration.profiles, language: language,
        pictures: pictures))
    return HTMLReport.library.render(page, withTemplate: "probes-page")!
  }

  private var tone: String {
    switch record.outcome {
    case .pass: "good"
    case .fail: "bad"
    case .inconclusive: "caution"
    }
  }
}
