import ArgumentParser

/// `medbench bench`: where the time and the memory go.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure engines: where time and memory go, and what load they bear.",
    subcommands: [
      BenchDecodeCommand.self, BenchSpeedCommand.self, BenchKVCommand.self,
      BenchPrefillCommand.self, BenchLoadCommand.self,
    ])
}
