import ArgumentParser

/// `medbench bench`: where the time and the memory go.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure the local engine: where time and memory go.",
    subcommands: [
      BenchDecodeCommand.self, BenchSpeedCommand.self, BenchPrefillCommand.self,
      BenchLoadCommand.self,
    ])
}
