import Foundation
import OCRInference

/// What `medbench bench decode` measured.
public struct DecodeReport: BenchReport, Equatable {
  public static let benchmark = "decode"
  public static let schemaVersion = 1
  /// The least speed of the graph at any position, as a share of the straight calls'.
  public static let wantedRatio = 0.97

  public struct Row: Codable, Sendable, Equatable {
    public var position: Int
    /// Milliseconds of a step; nil where that executor was not run.
    public var executor: SampleSummary?
    public var graph: SampleSummary?
    /// Whether both gave the same bits; nil where only one was run.
    public var agree: Bool?

    /// Tokens a second, by medians.
    public var executorSpeed: Double? { Self.speed(executor) }
    public var graphSpeed: Double? { Self.speed(graph) }

    /// The graph's speed as a share of the straight calls', by medians.
    public var ratio: Double? {
      guard let executor, let graph, graph.median > 0 else { return nil }
      return executor.median / graph.median
    }

    private static func speed(_ step: SampleSummary?) -> Double? {
      step.flatMap { $0.median > 0 ? 1000 / $0.median : nil }
    }

    enum CodingKeys: String, CodingKey {
      case position, agree
      case executor = "executor_ms"
      case graph = "dag_ms"
    }

    /// Written for readers of the file, and computed anew when it is read.
    private enum FigureKeys: String, CodingKey {
      case ratio
      case executorSpeed = "executor_tokens_per_sec"
      case graphSpeed = "dag_tokens_per_sec"
    }

    public func encode(to encoder: any Encoder) throws {
      var row = encoder.container(keyedBy: CodingKeys.self)
      try row.encode(position, forKey: .position)
      try row.encodeIfPresent(executor, forKey: .executor)
      try row.encodeIfPresent(graph, forKey: .graph)
      try row.encodeIfPresent(agree, forKey: .agree)
      var figures = encoder.container(keyedBy: FigureKeys.self)
      try figures.encodeIfPresent(executorSpeed, forKey: .executorSpeed)
      try figures.encodeIfPresent(graphSpeed, forKey: .graphSpeed)
      try figures.encodeIfPresent(ratio, forKey: .ratio)
    }
  }

  public struct Graph: Codable, Sendable, Equatable {
    public var nodes: Int
    public var tensors: Int
    public var edges: Int
    public var partitions: Int
    /// Of all intermediate tensors after planning, and side by side.
    public var plannedBytes: Int
    public var unplannedBytes: Int

    public init(_ executor: GraphExecutor) {
      nodes = executor.graph.nodes.count
      tensors = executor.graph.tensors.count
      edges = executor.graph.edgeCount
      partitions = executor.partitions.count
      plannedBytes = executor.plan.byteCount
      unplannedBytes = executor.plan.unplannedByteCount
    }

    enum CodingKeys: String, CodingKey {
      case nodes, tensors, edges, partitions
      case plannedBytes = "planned_bytes"
      case unplannedBytes = "unplanned_bytes"
    }
  }

  public var schema = DecodeReport.schemaVersion
  public var benchmark = DecodeReport.benchmark
  public var model: String
  public var weightType: WeightType
  public var cacheType: WeightType
  public var threads: Int
  public var instructionSet: String
  public var mode: String
  public var repeats: Int
  public var seed: UInt64
  public var loading: BenchModel.Loading
  public var compileSeconds: Double?
  public var graph: Graph?
  public var rows: [Row] = []
  public var memory: MemoryUse
  /// Stopped before its last position.
  public var isPartial = false

  enum CodingKeys: String, CodingKey {
    case benchmark, model, threads, mode, repeats, seed, graph, rows, memory
    case schema = "schema_version"
    case weightType = "weight_type"
    case cacheType = "cache_type"
    case instructionSet = "instruction_set"
    case loading = "weight_load_sec"
    case compileSeconds = "compile_sec"
    case isPartial = "partial"
  }

  init(_ benchmark: DecodeBenchmark) {
    model = benchmark.model.name
    weightType = benchmark.model.weightType
    cacheType = benchmark.cacheType
    threads = benchmark.model.decoder.pool.threads
    instructionSet = ThreadPool.instructionSet
    mode = benchmark.mode.rawValue
    repeats = benchmark.repeats
    seed = benchmark.seed
    loading = benchmark.model.loading
    memory = benchmark.memory
  }
}

extension DecodeReport {
  public func text() -> String {
    var lines = [
      "Decode step by cache position: \(model), \(weightType.rawValue) weights, "
        + "\(cacheType.rawValue) cache, \(threads) thread\(threads == 1 ? "" : "s"), \(instructionSet)",
      "Medians of \(repeats), milliseconds ± standard deviation.", "",
      " position   Executor TPS   Executor step        DAG TPS        DAG step   ratio",
    ]
    for row in rows {
      lines.append(
        padded("\(row.position)", 9) + cells(row.executor) + cells(row.graph)
          + padded(row.ratio.map { "\($0.fixed(2))x" } ?? "", 8)
          + (row.agree == false ? "  DIFFERENT BITS" : ""))
    }
    if let ratioLine { lines.append(ratioLine) }
    if isPartial { lines.append("Stopped early: partial.") }
    lines.append("")
    if let compileSeconds, let graph {
      lines.append(
        "Compiled in \(compileSeconds.fixed(3)) s: \(graph.nodes) nodes, \(graph.tensors) tensors, "
          + "\(graph.edges) dependencies, \(graph.partitions) partitions; buffers "
          + "\(graph.plannedBytes / 1024) KiB planned of \(graph.unplannedBytes / 1024) KiB")
    }
    lines.append(
      "Weights: map \(loading.map.fixed(2)) s, first touch \(loading.firstTouch.fixed(2)) s, "
        + "repack \(loading.repack.fixed(2)) s"
        + (loading.draw > 0 ? ", drawn at random in \(loading.draw.fixed(2)) s" : ""))
    lines.append(memory.text())
    return lines.joined(separator: "\n") + "\n"
  }

  /// nil where not both were run. Three digits, so that what just misses does not look as if it held.
  private var ratioLine: String? {
    let ratios = rows.compactMap { row in row.ratio.map { (position: row.position, value: $0) } }
    guard let least = ratios.min(by: { $0.value < $1.value }),
      let median = SampleSummary(ratios.map { $0.value })?.median
    else { return nil }
    let lost = ratios.filter { $0.value < Self.wantedRatio }.map { "\($0.position)" }
    let verdict = lost.isEmpty ? "held" : "lost at " + lost.joined(separator: ", ")
    return "DAG/Executor: median \(median.fixed(3))x, least \(least.value.fixed(3))x at position "
      + "\(least.position) (\(Self.wantedRatio) wanted: \(verdict))"
  }

  private func cells(_ summary: SampleSummary?) -> String {
    guard let summary else { return padded("-", 15) + padded("-", 16) }
    return padded((1000 / summary.median).fixed(1), 15)
      + padded("\(summary.median.fixed(1)) ± \(summary.standardDeviation.fixed(1))", 16)
  }
}
