import ArgumentParser
import DocProfiles
import Foundation
import Pipeline
import Scoring
import Synthesis

/// By which names and rules harm is judged.
struct HarmOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Names of real drugs, tests and diagnoses (YAML or TSV); by default the built-in ones.",
      valueName: "file"),
    completion: .file())
  var lexicon: String?

  @Option(
    help: ArgumentHelp(
      "A YAML file that overrides or adds severity rules (docs/scoring.md).", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var severity: String?

  func scorer() throws -> HarmScorer { try sources().scorer() }

  /// The names in force: the file's, and the built-in ones of the kinds that it does not have.
  func names() throws -> DocProfiles.Lexicon { try sources().names() }

  func sources() throws -> HarmSources {
    HarmSources(
      lexicon: try lexicon.map { try HarmSources.File(at: $0) },
      severity: try severity.map { try HarmSources.File(at: $0) })
  }
}

extension HarmSources {
  /// Reads the files that are named; refuses those that changed since they were named.
  func scorer() throws -> HarmScorer {
    try severity?.checkUnchanged()
    let rules =
      try severity.map { try SeverityFile.rules(at: URL(filePath: $0.path)) } ?? .builtIn
    return HarmScorer(rules: rules, lexicon: try names())
  }

  func names() throws -> DocProfiles.Lexicon {
    try lexicon?.checkUnchanged()
    let builtIn = DocProfiles.Lexicon(
      drugs: Set(DrugLexicon.lexicon.all.map(\.name)),
      tests: Set(LabTestLexicon.lexicon.all.map(\.name)),
      diagnoses: Set(DiagnosisLexicon.lexicon.all.map(\.name)))
    return try lexicon.map {
      try LexiconFile.lexicon(at: URL(filePath: $0.path), extending: builtIn)
    }
      ?? builtIn
  }
}
