import ArgumentParser
import Benchmarking
import Boundary
import Foundation
import OCRInference

/// `medbench roofline`: how fast a model could be on a machine.
struct RooflineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roofline",
    abstract: "Say how fast a model could be on a machine, and what bounds it.",
    discussion: """
      The roofline model: a pass takes at least as long as its operations at the machine's peak, and as its bytes at the \
      memory's bandwidth. Weights are counted as read once a pass; --traffic-factor 2 counts as the source document does.

      Examples:
        medbench roofline --hardware a100_80gb --params-b 7 --bytes-per-param 2 --traffic-factor 2
        medbench roofline --hardware rtx_3060 --model preset:qwen2.5-7b --bytes-per-param 0.5
        medbench roofline --hardware this --model preset:qwen2.5-1.5b --kv-positions 4096 \\
          --chart roofline.png --json roofline.json
        medbench roofline --hardware this --model preset:qwen2.5-1.5b --results results
      """)

  @Option(
    help: """
      One of \(HardwareCeiling.published.map(\.name).joined(separator: ", ")), 'this' to measure this machine, or a YAML \
      file.
      """)
  var hardware = "this"

  @Option(help: "A checkpoint's directory, or preset:NAME: its config says how large it is.")
  var model: String?

  @Option(help: "Parameters, 10^9, in place of a model.")
  var paramsB: Double?

  @Option(help: "Bytes a parameter is stored in: 2 FP16 or BF16, 1 INT8, 0.5 INT4.")
  var bytesPerParam = 2.0

  @Option(help: "How often a pass is counted to read the weights.")
  var trafficFactor = 1.0

  @Option(help: "Count reading this many cached positions of each sequence too.")
  var kvPositions = 0

  @Option(help: "How keys and values are kept: f32, f16, bf16, q8_0 or q4_0.")
  var cacheType = WeightType.f16

  @Option(help: "Threads where this machine is measured; by default all.")
  var threads: Int?

  @Option(
    help: """
      Set what bench decode, prefill, speed or load measured of the same model beside the roofs: a JSON file of theirs, or a \
      directory of such files.
      """)
  var results: String?

  @Option(
    help: """
      Write the results into this directory: roofline.json, roofline_report.txt and roofline_chart.png.
      """)
  var outputDir: String?

  @Option(help: "Write the chart to this PNG file.")
  var chart: String?

  @Option(help: "Write the report to this JSON file.")
  var json: String?

  func validate() throws {
    guard (model == nil) != (paramsB == nil) else {
      throw ValidationError("one of --model and --params-b says how large the model is.")
    }
    for (flag, value, range) in [
      ("--params-b", paramsB ?? 1, 1e-6...1e5), ("--bytes-per-param", bytesPerParam, 0.1...8),
      ("--traffic-factor", trafficFactor, 0.1...100),
    ] where !range.contains(value) {
      throw ValidationError(
        "\(flag) \(value): from \(range.lowerBound) to \(range.upperBound).")
    }
    guard (0...10_000_000).contains(kvPositions) else {
      throw ValidationError("--kv-positions \(kvPositions): from 0 to 10000000.")
    }
    if kvPositions > 0, model == nil {
      throw ValidationError("--kv-positions needs --model: the cache's size follows its shape.")
    }
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads \(threads): from 1 to 4096.")
    }
  }

  func run() throws {
    try OutputCheck.directory(outputDir, flag: "--output-dir")
    try OutputCheck.file(chart, flag: "--chart")
    try OutputCheck.file(json, flag: "--json")
    let roofline = Roofline(
      hardware: try machine(), model: try traffic(), trafficFactor: trafficFactor,
      cachedPositions: Double(kvPositions))
    let report =
      if let results {
        RooflineReport(roofline, results: try MeasuredResults(path: results, on: roofline))
      } else {
        RooflineReport(roofline)
      }
    print(report.text(), terminator: "")
    if let json { try JSONReport.write(report, to: json) }
    if let chart { try AtomicFile.write(report.chart().png(), to: chart) }
    if let outputDir {
      try BenchResultsFolder(path: outputDir).write(
        report, text: report.text(),
        charts: [(name: "roofline_chart.png", sheet: report.chart())])
    }
  }

  private func machine() throws -> HardwareCeiling {
    if hardware == "this" { return .measured(pool: ThreadPool(threads: threads)) }
    if let known = HardwareCeiling.published.first(where: { $0.name == hardware }) { return known }
    guard hardware.hasSuffix(".yaml") || hardware.hasSuffix(".yml") else {
      let names = HardwareCeiling.published.map(\.name) + ["this"]
      let near = names.nearest(to: hardware).map { " Did you mean \($0)?" } ?? ""
      throw ValidationError(
        "--hardware \(hardware.excerptOnOneLine): one of \(names.joined(separator: ", ")), or a YAML file.\(near)"
      )
    }
    return try HardwareFile.hardware(at: URL(filePath: hardware))
  }

  private func traffic() throws -> ModelTraffic {
    guard let model else {
      return ModelTraffic(
        name: "\(paramsB!) B parameters", parametersB: paramsB!, bytesPerParameter: bytesPerParam,
        cacheType: cacheType)
    }
    let preset = try ModelPreset(argument: model)
    let config =
      try preset?.config() ?? ConfigFile(file: ModelDirectory(model).path(of: .config))
    let name = preset?.name ?? URL(filePath: model).lastPathComponent
    return try ModelTraffic(
      name: name, config: config, bytesPerParameter: bytesPerParam, cacheType: cacheType)
  }
}
