import ArgumentParser
import Benchmarking
import Boundary

/// How `medbench bench load` measures.
struct BenchLoadOptions: ParsableArguments {
  @Option(help: "\(LoadMode.allCases.map(\.rawValue).joined(separator: ", ")).")
  var mode = LoadMode.single

  @Option(help: "Requests before the first that counts.")
  var warmup = 3

  @Option(help: "Batches of each row; by default 10, of long-context 1.")
  var iterations: Int?

  @Option(
    help: """
      Sequences, or pages, that run together, separated by commas, to \(LoadSettings.batchBounds.upperBound); by default \
      1,4,8,16,32, or the workload's. stress takes the greatest, soak and prefix-sharing the first.
      """)
  var batchSizes: String?

  @Option(
    help: """
      Tokens of the prompts, separated by commas, to \(LoadSettings.inputBounds.upperBound) (long-context: 131072); by \
      default 512,1024,2048,4096 (long-context: 4096 to 131072). batch, stress and soak take the first.
      """)
  var inputLengths: String?

  @Option(help: "Tokens to generate; by default 256, of long-context 8.")
  var outputLength: Int?

  @Option(
    help: """
      Lengths, batch sizes and shared prefix of the source document's profile: \
      \(Workload.allCases.map(\.rawValue).joined(separator: ", ")).
      """)
  var workload: Workload?

  @Option(help: "Of a prompt that all have in common, 0 to 1, for prefix-sharing.")
  var sharedPrefix: Double?

  @Option(help: "Seconds until a request is given up.")
  var timeout = 120.0

  @Option(help: "Most milliseconds of E2E latency, P99: what stress must hold and goodput counts.")
  var p99: Double?

  @Option(
    help:
      "Requests a second that stress begins with; by default half of what one after another reach.")
  var rate: Double?

  @Option(help: "Requests at each rate of stress, at least.")
  var requests = 100

  @Option(help: "How long to soak: 90s, 30m or 2h.")
  var duration = "30m"

  @Option(help: "Directory of the results.")
  var outputDir = "./benchmark_results"

  func validate() throws {
    for (flag, value, range) in [
      ("--warmup", warmup, 0...10_000), ("--iterations", iterations ?? 1, 1...1_000_000),
      ("--output-length", outputLength ?? 1, 1...131_072), ("--requests", requests, 1...10_000),
    ] where !range.contains(value) {
      throw ValidationError("\(flag) \(value): from \(range.lowerBound) to \(range.upperBound).")
    }
    for (flag, value, most) in [
      ("--timeout", timeout, 86_400), ("--p99", p99 ?? 1, 86_400_000), ("--rate", rate ?? 1, 1e6),
    ] where !(value > 0 && value <= most) {
      throw ValidationError("\(flag) \(value): more than 0 and at most \(Int(most)).")
    }
    if let sharedPrefix, !(0...1).contains(sharedPrefix) {
      throw ValidationError("--shared-prefix \(sharedPrefix): from 0 to 1.")
    }
    if mode == .stress, p99 == nil {
      throw ValidationError("--mode stress finds the rate that holds a limit: add --p99 MS.")
    }
    if workload != nil, inputLengths != nil || outputLength != nil {
      let flag = inputLengths != nil ? "--input-lengths" : "--output-length"
      throw ValidationError("--workload sets the lengths; leave out \(flag), or --workload.")
    }
    _ = try settings(seed: 0)
    _ = try lengths()
  }

  /// - Throws: `ValidationError`.
  func settings(seed: UInt64) throws -> LoadSettings {
    var settings = LoadSettings(mode: mode)
    settings.warmup = warmup
    settings.iterations = iterations ?? (mode == .longContext ? 1 : settings.iterations)
    settings.batchSizes = workload?.batchSizes ?? settings.batchSizes
    if let batchSizes {
      settings.batchSizes = try Self.list(
        batchSizes, flag: "--batch-sizes", in: LoadSettings.batchBounds)
    }
    settings.timeout = timeout * 1000
    settings.latencyLimit = p99
    settings.stress.startRate = rate
    settings.stress.requests = requests
    settings.duration = try milliseconds()
    settings.seed = seed
    return settings
  }

  /// Tokens of the prompts, a row each; not asked for of a workload.
  /// - Throws: `ValidationError`.
  func lengths() throws -> [Int] {
    guard let inputLengths else {
      return mode == .longContext
        ? LoadSettings.longContextLengths : [512, 1024, 2048, 4096]
    }
    let most =
      mode == .longContext
      ? LoadSettings.longContextLengths.last! : LoadSettings.inputBounds.upperBound
    return try Self.list(
      inputLengths, flag: "--input-lengths", in: LoadSettings.inputBounds.lowerBound...most)
  }

  private static func list(
    _ text: String, flag: String, in bounds: ClosedRange<Int>
  ) throws -> [Int] {
    let items = CommaList.items([text])
    guard !items.isEmpty else {
      throw ValidationError("\(flag): numbers from \(bounds.lowerBound) to \(bounds.upperBound).")
    }
    return try items.map { item in
      guard let number = Int(item), bounds.contains(number) else {
        throw ValidationError(
          "\(flag) \(item.excerptOnOneLine): from \(bounds.lowerBound) to \(bounds.upperBound).")
      }
      return number
    }
  }

  private func milliseconds() throws -> Double {
    let units = ["s": 1000.0, "m": 60_000, "h": 3_600_000]
    let longest = 7 * 24 * 3_600_000.0
    guard let unit = units[String(duration.suffix(1))], let number = Double(duration.dropLast()),
      number > 0, number * unit <= longest
    else {
      throw ValidationError(
        "--duration \(duration.excerptOnOneLine): a number with s, m or h, as 30m; at most 168h.")
    }
    return number * unit
  }
}

extension LoadMode: ExpressibleByArgument {}
extension Workload: ExpressibleByArgument {}
