import Foundation
import OCRInference
import Pipeline
import Scoring

/// `junit.xml`: a suite a (type, DPI), a case a check, so that a CI server shows which SLA broke.
/// Always in English; no page text, only ids.
public struct JUnitReport {
  public var record: RunRecord

  public init(_ record: RunRecord) {
    self.record = record
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
    let checks = group.verdict.checks
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
    for check in checks { testCase(check, group, in: &xml) }
    let failed = group.failedPages.map { "\($0.id): \($0.transcript.outcome.status.rawValue)" }
    if !failed.isEmpty {
      xml.element("system-err", text: failed.joined(separator: "\n"))
    }
    xml.close("testsuite")
  }

  private func testCase(_ check: Check, _ group: GroupRecord, in xml: inout XMLText) {
    let attributes = [
      ("name", check.subject.name), ("classname", "medbench.\(group.type).\(group.dpi)dpi"),
    ]
    guard !check.passed else { return xml.empty("testcase", attributes) }
    let figures = CheckFigures(check, in: .english)
    xml.open("testcase", attributes)
    xml.empty(
      "failure",
      [
        ("type", type(of: check)),
        (
          "message",
          "\(check.subject.name) is \(figures.figure), limit \(figures.limit), "
            + "margin \(figures.margin)" + doubt(check)
        ),
      ])
    xml.close("testcase")
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
    ] + checks
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

  mutating func element(_ name: String, text: String) {
    line("<\(name)>\(Self.escaped(text))</\(name)>")
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
