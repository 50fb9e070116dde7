import Boundary
import Foundation
import Pipeline
import Scoring

/// A gate's verdicts: on a terminal, as JSON, as JUnit.
public struct GateReport {
  public var gate: Gate
  public var language: Language
  public var coloured: Bool

  public init(_ gate: Gate, language: Language, coloured: Bool = false) {
    self.gate = gate
    self.language = language
    self.coloured = coloured
  }

  public func rendered() -> String {
    [headline, slaTable, regressionTable].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var headline: String {
    let parts = [
      (language(.overall), gate.outcome), (language(.sla), gate.slaOutcome),
      (language(.regression), gate.regressionOutcome),
    ]
    return parts.map { name, outcome in
      "\(name): \(StyledText(language.verdict(outcome), outcome.style).rendered(coloured: coloured))\n"
    }.joined()
  }

  private var slaTable: String {
    var table = TerminalTable([
      .left(language(.documentType)), .right("DPI"), .left(language(.check)),
      .right(language(.figure)), .right(language(.limit)), .left(language(.verdict)), .left(""),
    ])
    for group in gate.sla {
      for check in group.verdict.checks {
        let figures = CheckFigures(check, in: language)
        table.add([
          StyledText(group.type.rawValue), "\(group.dpi)", StyledText(check.subject.name),
          StyledText(figures.figure), StyledText(figures.limit),
          StyledText(language.mark(check.outcome), check.outcome.style),
          StyledText(language.evidence(of: check) ?? ""),
        ])
      }
    }
    return table.rendered(coloured: coloured)
  }

  private var regressionTable: String {
    guard !gate.regressions.isEmpty else { return "" }
    var table = TerminalTable([
      .left(language(.documentType)), .right("DPI"), .left(language(.check)),
      .right(language(.baseline)), .right(language(.candidate)), .right(language(.difference95)),
      .right(language(.margin)), .left(language(.verdict)), .left(""),
    ])
    for group in gate.regressions {
      for check in group.checks {
        table.add([
          StyledText(group.type.rawValue), "\(group.dpi)", StyledText(check.name),
          StyledText(figure(check.baseline, check)), StyledText(figure(check.candidate, check)),
          StyledText(figure(check.worsening, check)), StyledText(figure(check.margin, check)),
          StyledText(language.mark(check.outcome), check.outcome.style),
          StyledText(evidence(of: check)),
        ])
      }
    }
    return table.rendered(coloured: coloured)
  }

  private func figure(_ value: Double?, _ check: RegressionCheck) -> String {
    check.metric == .latency ? Figures.milliseconds(value) : Figures.rate(value)
  }

  private func evidence(of check: RegressionCheck) -> String {
    guard let evidence = check.evidence else {
      return language("측정값 없음", "could not be measured")
    }
    let range = figure(evidence.lower, check) + " - " + figure(evidence.upper, check)
    let bounds = "\(language.bounds(evidence.confidence)) \(range)"
    if check.isOfWhatWasSeen, check.outcome == .pass {
      return bounds + ": "
        + language(
          "문서 \(evidence.documents)건에서 본 것만으로 판정",
          "decided by what was seen in \(evidence.documents) documents")
    }
    return check.outcome == .inconclusive
      ? "\(bounds): \(language.settled(by: evidence))" : bounds
  }

  // MARK: Files

  public func writeJSON(to path: String) throws(ResultsError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(gate) else {
      throw .unencodable(path: path, place: "the gate")
    }
    try ResultsFile.write(data + Data("\n".utf8), to: path)
  }

  public func writeJUnit(to path: String) throws(ResultsError) {
    try ResultsFile.write(Data(junit.utf8), to: path)
  }

  /// A suite a (type, DPI) of SLAs and one of margins; always in English.
  var junit: String {
    let english = GateReport(gate, language: .english)
    let suites =
      gate.sla.map { group in
        Suite(
          name: "sla.\(group.type).\(group.dpi)dpi",
          cases: group.verdict.checks.map { check in
            let figures = CheckFigures(check, in: .english)
            let evidence = Language.english.evidence(of: check).map { ", " + $0 } ?? ""
            return Suite.Case(
              name: check.subject.name, outcome: check.outcome,
              message: "\(check.subject.name) is \(figures.figure), limit \(figures.limit)"
                + evidence)
          })
      }
      + gate.regressions.map { group in
        Suite(
          name: "regression.\(group.type).\(group.dpi)dpi",
          cases: group.checks.map { check in
            Suite.Case(
              name: check.name, outcome: check.outcome,
              message: "worse by \(english.figure(check.worsening, check)), margin "
                + "\(english.figure(check.margin, check)), \(english.evidence(of: check))")
          })
      }
    var xml = XMLText()
    let cases = suites.flatMap(\.cases)
    xml.open("testsuites", Self.counts("medbench gate", cases))
    for suite in suites {
      xml.open("testsuite", Self.counts(suite.name, suite.cases))
      for item in suite.cases {
        let attributes = [("name", item.name), ("classname", "medbench.\(suite.name)")]
        if item.outcome == .pass {
          xml.empty("testcase", attributes)
        } else {
          xml.open("testcase", attributes)
          let type = item.outcome == .inconclusive ? "inconclusive" : "limit"
          xml.empty("failure", [("type", type), ("message", item.message)])
          xml.close("testcase")
        }
      }
      xml.close("testsuite")
    }
    xml.close("testsuites")
    return xml.text
  }

  private struct Suite {
    struct Case {
      var name: String
      var outcome: Outcome
      var message: String
    }
    var name: String
    var cases: [Case]
  }

  private static func counts(_ name: String, _ cases: [Suite.Case]) -> [(String, String)] {
    [
      ("name", name), ("tests", "\(cases.count)"),
      ("failures", "\(cases.count { $0.outcome != .pass })"), ("errors", "0"),
    ]
  }
}
