import ArgumentParser
import DocProfiles
import Foundation
import Scoring
import Synthesis

/// By which names and rules harm is judged.
struct HarmOptions: ParsableArguments {
  @Option(
    help: "Names of real drugs, one a line; by default those of the built-in lexicon.",
    completion: .file())
  var lexicon: String?

  @Option(
    help: "A YAML file that overrides or adds severity rules (docs/scoring.md).",
    completion: .file(extensions: ["yaml", "yml"]))
  var severity: String?

  func scorer() throws -> HarmScorer {
    let drugs =
      try lexicon.map { try LexiconFile.drugs(at: $0) }
      ?? Set(DrugLexicon.lexicon.all.map(\.name))
    let rules =
      try severity.map { try SeverityFile.rules(at: URL(fileURLWithPath: $0)) } ?? .builtIn
    return HarmScorer(rules: rules, drugs: drugs)
  }
}
