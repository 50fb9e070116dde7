import ArgumentParser
import Foundation
import Pipeline

/// The root command; each subcommand is a file of its own.
struct Medbench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "medbench",
    abstract: "Judges whether an OCR model may be released: accuracy, critical fields, latency.",
    discussion: """
      Exit codes: 0 PASS, 1 FAIL, 2 INCONCLUSIVE, 64 usage, 65 bad data, 69 missing component, 70 internal.
      """,
    version: Run.medbenchVersion,
    subcommands: [
      RunCommand.self, ReportCommand.self, CompareCommand.self, GateCommand.self, PlanCommand.self,
      ProbeCommand.self, AuditCommand.self, VerifyCommand.self, HistoryCommand.self,
      ProfilesCommand.self, DatasetCommand.self, TokensCommand.self, ExplainCommand.self,
      ScoreCommand.self, RooflineCommand.self, BenchCommand.self,
    ])
}

struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Generate, validate and describe datasets.",
    subcommands: [
      DatasetGenerateCommand.self, DatasetValidateCommand.self, DatasetStatsCommand.self,
      DatasetLinesCommand.self,
    ])
}

@main
struct Main {
  static func main() async {
    do {
      var command = try Medbench.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      ExitStatus.leave(with: error)
    }
  }
}
