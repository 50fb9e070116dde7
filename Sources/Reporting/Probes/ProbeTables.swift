import Datasets
import DocProfiles
import Pipeline
import Scoring

/// The table of probes; the terminal and the HTML page show the same one.
struct ProbeTables {
  var probes: [ProbeRecord]
  var profiles: [ProfileSnapshot]
  var language: Language

  func typeName(_ type: DocumentType) -> String {
    guard let profile = profiles.first(where: { $0.type == type }) else { return type.rawValue }
    return language(profile.koreanName, profile.englishName)
  }

  /// A line a kind, type and DPI; below it what it is made of, where that is more than one thing.
  var rates: TerminalTable {
    let bounds = language.bounds(probes.first?.confidence ?? ProbeRun.defaultConfidence)
    var table = TerminalTable([
      .left(language(.documentType)), .right("DPI"), .left(language("탐침", "Probe")),
      .left(language("세는 것", "Counted")), .right("n"), .right(language("건수", "Hits")),
      .right(language("비율", "Rate")), .right(bounds), .right(language("원래 값", "As before")),
      .right(language(.documents)),
    ])
    for probe in probes {
      table.add([
        StyledText(typeName(probe.type)), "\(probe.dpi)",
        StyledText(language.name(of: probe.kind), .strong),
        StyledText(language.name(of: probe.measure)), "\(probe.n)", "\(probe.hits)",
        StyledText(Figures.percent(probe.rate), style(of: probe)), StyledText(range(probe)),
        StyledText(probe.kind == .repeated ? "" : "\(probe.recalled)"),
        "\(probe.documents.count)",
      ])
      guard probe.parts.count > 1 else { continue }
      for part in probe.parts {
        table.add([
          "", "", StyledText("  " + language.name(ofPart: part.name), .faint), "", "\(part.n)",
          "\(part.hits)", StyledText(Figures.percent(Double(part.hits) / Double(max(part.n, 1)))),
          "", StyledText(probe.kind == .repeated ? "" : "\(part.recalled)"),
        ])
      }
    }
    return table
  }

  /// What profiles ask of probes.
  func checks(_ verdicts: [ProbesRecord.GroupVerdict]) -> TerminalTable {
    var table = TerminalTable([
      .left(language(.documentType)), .right("DPI"), .left(language(.check)),
      .right(language(.figure)), .right(language(.limit)), .left(language(.verdict)), .left(""),
    ])
    for verdict in verdicts {
      for check in verdict.checks {
        let figures = CheckFigures(check, in: language)
        table.add([
          StyledText(typeName(verdict.type)), "\(verdict.dpi)",
          StyledText(language.probeSubject(check.subject) ?? check.subject.name),
          StyledText(figures.figure), StyledText(figures.limit),
          StyledText(language.mark(check.outcome), check.outcome.style),
          StyledText(language.evidence(of: check) ?? ""),
        ])
      }
    }
    return table
  }

  /// Models that give what used to stand on the page are named.
  var memory: [String] {
    probes.filter(\.readsFromMemory).map {
      language.memorySentence($0, type: typeName($0.type))
    }
  }

  /// What could not be tried, and pages that were not read.
  var notes: [String] {
    let untried = probes.filter { $0.n == 0 }
    let unread = probes.reduce(0) { $0 + $1.unreadPages }
    var notes: [String] = []
    if !untried.isEmpty {
      let names = untried.map { "\(typeName($0.type)) \($0.dpi) \(language.name(of: $0.kind))" }
        .joined(separator: ", ")
      notes.append(
        language(
          "바꿀 곳이 없어 하지 못한 탐침: \(names)",
          "Nothing could be tried of: \(names). Values need boxes, and print that stands alone."))
    }
    if unread > 0 {
      notes.append(
        language("읽지 못한 쪽: \(unread)", "Pages that were not read: \(unread)"))
    }
    return notes
  }

  private func range(_ probe: ProbeRecord) -> String {
    guard let lower = probe.lower, let upper = probe.upper else { return Figures.absent }
    return "\(Figures.percent(lower)) - \(Figures.percent(upper))"
  }

  private func style(of probe: ProbeRecord) -> TerminalStyle {
    guard probe.n > 0 else { return .faint }
    let wrong = probe.measure.isBetterHigh ? probe.n - probe.hits : probe.hits
    return wrong == 0 ? .good : probe.readsFromMemory ? .bad : .plain
  }
}

extension Language {
  /// nil for checks that are not of probes.
  func probeSubject(_ subject: Check.Subject) -> String? {
    switch subject {
    case .counterfactualFollow: self("바꾼 값을 따라 읽은 비율", "Counterfactual follow rate")
    case .probeHallucination: self("빈 곳에서 값을 읽은 비율", "Hallucination rate of probes")
    default: nil
    }
  }
}
