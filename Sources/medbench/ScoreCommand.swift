import ArgumentParser
import Boundary
import DocProfiles
import Foundation
import Scoring

/// `medbench score`: one page from anywhere, judged.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score one page's reading, from any model, against its truth.",
    discussion: """
      The reading is a file of plain text, Markdown or JSON. The truth is plain text, or JSON with \
      "transcript" and "fields" (name, kind, value, row, start, end), or a document of a dataset.
      """)

  @Option(help: "The reading.", completion: .file())
  var pred: String

  @Option(help: "The truth.", completion: .file())
  var truth: String

  @Option(help: "The document type, where the truth does not name it.")
  var docType: String?

  @Option(help: "The page of a document of several, from 1.")
  var page = 1

  @Flag(help: "Print the score as it stands in results.json.")
  var json = false

  @OptionGroup var profiles: ProfileOptions
  @OptionGroup var harm: HarmOptions

  func run() throws {
    let set = try profiles.profileSet()
    let named = try docType.map { try set.profile(named: $0) }
    let truth = try TruthFile.page(at: truth, page: page, profile: named)
    let profile = named ?? truth.type.flatMap { set[$0] }
    let bytes = try RegularFile.bytes(of: pred, limit: TruthFile.maximumBytes)
    guard let reading = String(validating: bytes, as: UTF8.self) else {
      throw InputFileError(file: pred, problem: "not UTF-8 text", mend: "save it as UTF-8")
    }
    var fields = profile?.criticalFields ?? []
    if profile == nil {
      // Without a profile every field counts.
      for field in truth.reference.fields where !fields.contains(where: { $0.key == field.name }) {
        fields.append(CriticalField(field.name, field.name, field.kind))
      }
    }
    let score = PageScorer(harms: try harm.scorer()).score(
      PagePrediction(text: reading), against: truth.reference, type: profile?.type ?? truth.type,
      criticalFields: fields)
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(score), as: UTF8.self))
    } else {
      show(score)
    }
  }

  private func show(_ score: PageScore) {
    let rate = score.characters.rate.map { "\($0)" } ?? "none: the page is blank"
    print("CER\t\(rate)")
    let right = score.fields.count { $0.judgement == .correct }
    print("fields\t\(right) of \(score.fields.count) right")
    for harm in (score.harms ?? []).sorted(by: { $0.severity > $1.severity }) {
      let place = [harm.field, harm.row.map { "row \($0)" }].compactMap(\.self)
      print(
        [
          harm.severity.rawValue, harm.errorClass.rawValue,
          place.isEmpty ? "-" : place.joined(separator: " "),
          (harm.truth ?? "(nothing)").onOneLine, (harm.reading ?? "(nothing)").onOneLine, harm.rule,
        ].joined(separator: "\t"))
    }
  }
}
