import Foundation
import OCRInference
import Pipeline
import Scoring

/// `junit.xml`: a suite a (type, DPI), a case a check, so that a CI server shows which SLA broke, and
/// each suite's critical errors. Always in English, and always redacted, for CI servers keep what they
/// are given.
public struct JUnitReport {
  public var record: RunRecord

  public init(_ record: RunRecord) {
    self.record = record.redacted()
  }

  public func rendered() -> String {
    let checks = record.groups.flatMap(\.verdict.checks)
    var xml = XMLText()
    xml.open(
      "testsuites",
      [
        ("name", "medbench"), ("tests", "\(checks.count)"),
        ("failures", "\(checks.count { !$0.passed })"), ("errors", "0"),
        ("time", seconds(record.groups.map(time).reduce(0, +))),
      ])
    for group in record.groups { suite(group, in: &xml) }
    xml.close("testsuites")
    return xml.text
  }

  private func suite(_ group: GroupRecord, in xml: inout XMLText) {
    // What may hurt first.
    let checks =
      group.verdict.checks.filter { $0.subject == .criticalErrors }
      + group.verdict.checks.filter { $0.subject != .criticalErrors }
    let harms = harms(of: group)
    let name = "\(group.type).\(group.dpi)dpi"
    xml.open(
      "testsuite",
      [
        ("name", name), ("tests", "\(checks.count)"),
        ("failures", "\(checks.count { !$0.passed })"), ("errors", "0"), ("skipped", "0"),
        ("timestamp", record.startedAt), ("time", seconds(time(group))),
      ])
    xml.open("properties")
    for (name, value) in properties(group) {
      xml.empty("property", [("name", name), ("value", value)])
    }
    xml.close("properties")
    for check in checks { testCase(check, group, harms, in: &xml) }
    if !harms.isEmpty { xml.element("system-out", text: harms.joined(separator: "\n")) }
    let failed = group.failedPages.map { "\($0.id): \($0.transcript.outcome.status.rawValue)" }
    if !failed.isEmpty {
      xml.element("system-err", text: failed.joined(separator: "\n"))
    }
    xml.close("testsuite")
  }

  private func testCase(
    _ check: Check, _ group: GroupRecord, _ harms: [String], in xml: inout XMLText
  ) {
    let attributes = [
      ("name", check.subject.name), ("classname", "medbench.\(group.type).\(group.dpi)dpi"),
    ]
    guard !check.passed else { return xml.empty("testcase", attributes) }
    let figures = CheckFigures(check, in: .english)
    xml.open("testcase", attributes)
    let failure = [
      ("type", type(of: check)),
      (
        "message",
        "\(check.subject.name) is \(figures.figure), limit \(figures.limit), "
          + "margin \(figures.margin)" + doubt(check)
      ),
    ]
    if check.subject == .criticalErrors, !harms.isEmpty {
      xml.element("failure", failure, text: harms.joined(separator: "\n"))
    } else {
      xml.empty("failure", failure)
    }
    xml.close("testcase")
  }

  /// A line a critical error: class, place, what the page says, what was read, why it matters.
  private func harms(of group: GroupRecord) -> [String] {
    guard let summary = HarmSummary([group]), summary[.critical] > 0 else { return [] }
    let language = Language.english
    let shown = RunRecord.shownCriticalErrors(of: [group])
    let lines = shown.map { harm in
      let finding = harm.finding
      let place = language.place(of: finding, in: group, of: record).map { ", \($0)" } ?? ""
      let source = record.rule(finding.rule).map { " (\($0.source))" } ?? ""
      return "CRITICAL \(finding.errorClass.rawValue) \(harm.page)\(place): "
        + "\(quoted(finding.truth, orElse: language.notOnThePage)) -> "
        + "\(quoted(finding.reading, orElse: language.notRead)). "
        + language.reason(finding, of: record) + source
    }
    return [language.sentence(summary)] + lines
  }

  private func quoted(_ value: String?, orElse absence: String) -> String {
    value.map { value in
      let line = String(value.map { $0.isNewline ? " " : $0 })
      return "\"\(line.count > 120 ? line.prefix(120) + "…" : line)\""
    } ?? absence
  }

  /// JUnit knows no third outcome, and what is not shown must not look green: an inconclusive check is
  /// a failure of a type of its own.
  private func type(of check: Check) -> String {
    if check.outcome == .inconclusive { return "inconclusive" }
    return check.figure == nil ? "not-measured" : "limit"
  }

  private func doubt(_ check: Check) -> String {
    Language.english.evidence(of: check).map { ", " + $0 } ?? ""
  }

  private func properties(_ group: GroupRecord) -> [(String, String)] {
    let engine = record.engine
    let checks = group.verdict.checks.map { check in
      (check.subject.name, check.figure.map { "\($0)" } ?? Figures.absent)
    }
    return [
      ("medbench", record.medbenchVersion), ("engine", engine.engine), ("model", engine.model),
      ("engine_version", engine.version), ("dataset", record.configuration.dataset),
      ("dataset_hash", record.configuration.datasetHash),
      ("degradation", record.configuration.degradation),
      ("documents", "\(group.aggregates.documentCount)"),
    ] + harmCounts(group) + checks
  }

  /// Empty where a page was not looked at for harm.
  private func harmCounts(_ group: GroupRecord) -> [(String, String)] {
    guard let summary = HarmSummary([group]) else { return [] }
    return [
      ("critical_errors", "\(summary[.critical])"), ("major_errors", "\(summary[.major])"),
      ("documents_with_critical_errors", "\(summary.documentsWithCritical)"),
    ]
  }

  /// Milliseconds that the engine spent on the group.
  private func time(_ group: GroupRecord) -> Double {
    group.documents.flatMap(\.pages).reduce(0) { $0 + $1.transcript.timing.endToEnd }
  }

  private func seconds(_ milliseconds: Double) -> String {
    String(format: "%.3f", milliseconds / 1000)
  }
}

/// Well-formed XML 1.0, written from the top down.
struct XMLText {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
    line("<\(name)\(Self.list(attributes))>")
    depth += 1
  }

  mutating func close(_ name: String) {
    depth -= 1
    line("</\(name)>")
  }

  mutating func empty(_ name: String, _ attributes: [(String, String)]) {
    line("<\(name)\(Self.list(attributes))/>")
  }

  mutating func element(_ name: String, _ attributes: [(String, String)] = [], text: String) {
    line("<\(name)\(Self.list(attributes))>\(Self.escaped(text))</\(name)>")
  }

  private mutating func line(_ markup: String) {
    text += String(repeating: "  ", count: depth) + markup + "\n"
  }

  private static func list(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
  }

  /// Scalars that XML 1.0 has no way to write (section 2.2, Char) become U+FFFD.
  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "\t", "\n": escaped.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped.append("\u{FFFD}")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
