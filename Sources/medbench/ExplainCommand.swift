import ArgumentParser
import DocProfiles
import Foundation
import Scoring

/// `medbench explain`: what is wrong between a truth and a reading, and which rule says how bad.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say how bad a misreading is, and by which rule.",
    discussion: """
      medbench explain --kind quantity "5 mg" "50 mg"
      medbench explain --kind row "A 5mg|B 10mg" "A 10mg|B 5mg"
      medbench explain --cases pairs.tsv    (kind, truth, prediction)
      """)

  @Option(help: "quantity, frequency, drug-name, free-text, …, row or lab-row.")
  var kind: String?

  @Option(help: "A file of pairs: kind, truth and prediction, parted by tabs.", completion: .file())
  var cases: String?

  @Flag(help: "Print an array of objects, reasons and sources included.")
  var json = false

  @OptionGroup var harm: HarmOptions

  @Argument(help: "What the page says.")
  var truth: String?

  @Argument(help: "What was read.")
  var prediction: String?

  func validate() throws {
    let hasPair = kind != nil && truth != nil && prediction != nil
    guard hasPair != (cases != nil), cases == nil || (kind == nil && truth == nil) else {
      throw ValidationError(
        "give --kind KIND with a truth and a prediction, or --cases FILE.tsv alone")
    }
  }

  func run() throws {
    let scorer = try harm.scorer()
    let pairs: [ExplainCase]
    if let cases {
      pairs = try ExplainCasesFile.cases(at: cases)
    } else {
      pairs = [try ExplainCase(kind: kind!, truth: truth!, reading: prediction!)]
    }
    let explained = pairs.map(scorer.explain)
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(explained), as: UTF8.self))
    } else {
      for pair in explained { print(pair.line) }
    }
  }
}

extension ExplainedPair {
  /// Parted by tabs: kind, truth, prediction, class, severity, rule, reason. A pair without a
  /// finding is `equal`.
  fileprivate var line: String {
    var columns = [
      kind, truth, prediction, errorClass?.rawValue ?? "equal", severity?.rawValue ?? "-",
      rule ?? "-", reason ?? "The same meaning.",
    ]
    if findings.count > 1 { columns[6] += " (\(findings.count) findings)" }
    if !unparsed.isEmpty {
      columns[6] += " Compared as text: \(unparsed.joined(separator: ", "))."
    }
    return columns.joined(separator: "\t")
  }
}
