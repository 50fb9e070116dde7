import Foundation
import OCRInference

/// What `medbench bench decode` measured.
public struct DecodeReport: BenchReport, Equatable {
  public static let benchmark = "decode"
  public static let schemaVersion = 1

  public struct Row: Codable, Sendable, Equatable {
    public var position: Int
    /// Milliseconds of a step; nil where that executor was not run.
    public var executor: SampleSummary?
    public var graph: SampleSummary?
    /// Whether both gave the same bits; nil where only one was run.
    public var agree: Bool?

    /// The graph's speed as a share of the straight calls', by medians.
    public var ratio: Double? {
      guard let executor, let graph else { return nil }
      return executor.median / graph.median
    }

    enum CodingKeys: String, CodingKey {
      case position, agree
      case executor = "executor_ms"
      case graph = "dag_ms"
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

  private func cells(_ summary: SampleSummary?) -> String {
    guard let summary else { return padded("-", 15) + padded("-", 16) }
    return padded((1000 / summary.median).fixed(1), 15)
      + padded("\(summary.median.fixed(1)) ± \(summary.standardDeviation.fixed(1))", 16)
  }
}
