import Benchmarking
import Foundation
import OCRInference
import Testing

@Suite struct DecodeTests {
  @Test func `Positions double up to the last that the cache holds`() {
    let all = DecodePositions.positions(maxCacheLength: 32768, prefillLength: 128)
    #expect(all.prefix(5) == [1, 2, 4, 8, 16] && all.suffix(2) == [16384, 32640])
    #expect(all.count == 16)
    #expect(DecodePositions.positions(maxCacheLength: 8, prefillLength: 0) == [1, 2, 4, 8])
    #expect(DecodePositions.positions(maxCacheLength: 8, prefillLength: 8) == [])
  }

  @Test func `Statistics are those of a hand-computed case`() throws {
    let summary = try #require(SampleSummary([4, 1, 3, 2]))
    #expect(summary.median == 2.5 && summary.mean == 2.5)
    // √(((1.5² + 0.5²) · 2) / 3)
    #expect(abs(summary.standardDeviation - 1.2909944487358056) < 1e-12)
    #expect(summary.p50 == 2 && summary.p95 == 4 && summary.p99 == 4)
    #expect(summary.tailRatio == 2)
    #expect(SampleSummary([]) == nil && SampleSummary([7])?.standardDeviation == 0)
    let hundred = try #require(SampleSummary((1...100).map(Double.init)))
    #expect(hundred.p50 == 50 && hundred.p95 == 95 && hundred.p99 == 99)
  }

  /// Small shapes of the three architectures.
  private static let configs = [
    """
    {"model_type": "qwen2", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, \
    "num_key_value_heads": 2, "intermediate_size": 96, "vocab_size": 128, \
    "max_position_embeddings": 256, "tie_word_embeddings": true}
    """,
    """
    {"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, \
    "num_key_value_heads": 2, "intermediate_size": 96, "vocab_size": 96, \
    "max_position_embeddings": 256}
    """,
    """
    {"model_type": "gpt_neox", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, \
    "intermediate_size": 128, "vocab_size": 96, "max_position_embeddings": 256, \
    "rotary_pct": 0.25, "use_parallel_residual": PARALLEL}
    """,
  ]

  private func decoder(
    _ json: String, _ type: WeightType = .bf16, threads: Int = 2
  ) throws -> any TextDecoder {
    let pool = ThreadPool(threads: threads)
    return try ArchitectureTable.decoder(
      config: ConfigFile(bytes: Array(json.utf8), path: "config.json"),
      weights: RandomWeights(type: type, seed: 5, pool: pool), pool: pool)
  }

  @Test(
    arguments: [configs[0], configs[1]]
      + ["true", "false"].map { configs[2].replacing("PARALLEL", with: $0) },
    [WeightType.bf16, .f32, .q8, .q4])
  func `A compiled graph gives the bits of straight calls, step after step`(
    config: String, type: WeightType
  ) throws {
    let decoder = try decoder(config, type)
    func steps(_ count: Int, compiled: Bool) throws -> [[Float]] {
      let cache = try ContiguousCache(type: .f16, shape: decoder.shape, capacity: 64)
      let hidden = FloatMatrix(rows: 1, columns: decoder.shape.hidden)
      let logits = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
      decoder.embed([0], into: hidden, at: 0)
      let graph =
        compiled
        ? GraphExecutor(decoder: decoder, hidden: hidden, logits: logits, cache: cache) : nil
      let workspace = decoder.makeWorkspace(rows: 1)
      return (0..<count).map { step in
        decoder.embed([Int32(step * 7 % decoder.shape.vocabulary)], into: hidden, at: 0)
        let position = RotaryPosition(Int32(step))
        if let graph {
          graph.step(position: position)
        } else {
          decoder.forward(
            hidden, rows: 1, positions: [position],
            segments: [ForwardSegment(cache: cache, rows: 0..<1)], outputs: [0],
            workspace: workspace)
          decoder.logits(hidden, row: 0, rows: 1, into: logits)
        }
        return logits.values(row: 0)
      }
    }
    let (straight, compiled) = (try steps(9, compiled: false), try steps(9, compiled: true))
    #expect(straight == compiled)
    #expect(Set(straight).count == 9)
  }

  @Test
  func `Edges run forward, partitions cover every node once, and buffers in use never overlap`()
    throws
  {
    let decoder = try decoder(Self.configs[0])
    let cache = try ContiguousCache(type: .f16, shape: decoder.shape, capacity: 8)
    let hidden = FloatMatrix(rows: 1, columns: decoder.shape.hidden)
    let logits = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
    decoder.embed([0], into: hidden, at: 0)
    let executor = GraphExecutor(decoder: decoder, hidden: hidden, logits: logits, cache: cache)
    let (graph, plan) = (executor.graph, executor.plan)
    #expect(
      graph.nodes.enumerated().allSatisfy { index, node in node.after.allSatisfy { $0 < index } })
    #expect(executor.partitions.flatMap(\.nodes) == Array(graph.nodes.indices))
    // Angles, then both halves of each block; the head beside the last.
    #expect(executor.partitions.count >= 2 * decoder.shape.layers)
    #expect(plan.byteCount < plan.unplannedByteCount)
    let placed = graph.storages.indices.compactMap { index in
      plan.offsets[index].map {
        ($0..<$0 + graph.storages[index].byteCount, graph.storages[index].uses)
      }
    }
    for (index, one) in placed.enumerated() {
      for other in placed[(index + 1)...] where one.1.overlaps(other.1) {
        #expect(!one.0.overlaps(other.0))
      }
    }
  }

  @Test func `A benchmark times both executors at every position, and says where it was stopped`()
    throws
  {
    let preset = ModelPreset.all.first { $0.name == "pythia-160m" }!
    let model = try BenchModel(preset: preset, type: .q4, pool: ThreadPool(threads: 2))
    let benchmark = DecodeBenchmark(
      model: model, mode: .both, positions: [1, 2, 5], repeats: 2, cacheType: .f16)
    let report = try benchmark.run()
    #expect(report.rows.map(\.position) == [1, 2, 5] && !report.isPartial)
    #expect(report.rows.allSatisfy { $0.agree == true && $0.executor?.count == 2 && $0.ratio! > 0 })
    #expect(report.text().contains("DAG TPS"))
    _ = try report.chart().png()
    let again = try JSONDecoder().decode(DecodeReport.self, from: JSONReport.bytes(report))
    #expect(again == report)
    // What the graph may lose is said by position.
    var slow = report
    for (index, graph) in [2.0, 2.0, 2.5].enumerated() {
      slow.rows[index].executor = SampleSummary([2])
      slow.rows[index].graph = SampleSummary([graph])
    }
    #expect(
      slow.text().contains(
        "DAG/Executor: median 1.000x, least 0.800x at position 5 (0.97 wanted: lost at 5)\n"))
    slow.rows.removeLast()
    #expect(slow.text().contains("least 1.000x at position 1 (0.97 wanted: held)\n"))
    let stopped = try benchmark.run(isCancelled: { true })
    #expect(stopped.rows.isEmpty && stopped.isPartial)
  }
}
