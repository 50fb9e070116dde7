import OCRInference

/// The cost of one decode step against the position in the KV cache, by straight calls and from a compiled graph.
public struct DecodeBenchmark: Sendable {
  public enum Mode: String, Sendable, CaseIterable {
    case executor, dag, both

    var runsExecutor: Bool { self != .dag }
    var runsGraph: Bool { self != .executor }
  }

  public var model: BenchModel
  public var mode: Mode
  public var positions: [Int]
  public var repeats: Int
  public var cacheType: WeightType
  public var seed: UInt64

  public init(
    model: BenchModel, mode: Mode, positions: [Int], repeats: Int, cacheType: WeightType,
    seed: UInt64 = 0
  ) {
    precondition(!positions.isEmpty && positions == positions.sorted() && repeats > 0)
    self.model = model
    self.mode = mode
    self.positions = positions
    self.repeats = repeats
    self.cacheType = cacheType
    self.seed = seed
  }

  /// What the last position needs, from the shapes alone.
  public var memory: MemoryUse {
    let decoder = model.decoder
    let rows = DecoderWorkspace.byteCount(decoder: decoder, rows: 1)
    let numbers = decoder.shape.hidden + decoder.shape.vocabulary
    return MemoryUse(
      weights: model.weightBytes,
      cache: ContiguousCache.bytes(
        type: cacheType, shape: decoder.shape, rows: positions.last! + 2),
      activations: rows + numbers * MemoryLayout<Float>.stride)
  }

  /// - Parameters:
  ///   - isCancelled: asked before each position; what was measured so far is returned, marked partial.
  ///   - progress: positions done, of all.
  /// - Throws: `CacheError` where the cache finds no memory.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> DecodeReport {
    let decoder = model.decoder
    let step = try DecodeStep(
      decoder: decoder, cacheType: cacheType, capacity: positions.last! + 2)
    var report = DecodeReport(self)
    var graph: GraphStep?
    if mode.runsGraph {
      let compiled = Stopwatch.milliseconds { GraphStep(step) }
      graph = compiled.result
      report.compileSeconds = compiled.milliseconds / 1000
      report.graph = .init(compiled.result.executor)
    }
    for (index, position) in positions.enumerated() {
      if isCancelled() { break }
      report.rows.append(row(at: position, step: step, graph: graph))
      progress(index + 1, positions.count)
    }
    report.isPartial = report.rows.count < positions.count
    report.memory = memory.measured()
    return report
  }

  /// Both executors take turns, so that a neighbour's load falls on both alike.
  private func row(at position: Int, step: DecodeStep, graph: GraphStep?) -> DecodeReport.Row {
    step.fill(to: position, seed: seed)
    var times: (executor: [Double], graph: [Double]) = ([], [])
    var agree = true
    // The first of each is not counted: it touches memory for the first time.
    for turn in 0...repeats {
      // Each first in turn: what comes second finds warmer caches.
      let graphFirst = turn % 2 == 1 ? graph?.run(at: position) : nil
      let straight = mode.runsExecutor ? step.run(at: position) : nil
      let compiled = graphFirst ?? graph?.run(at: position)
      if let straight, let compiled { agree = agree && straight.logits == compiled.logits }
      guard turn > 0 else { continue }
      if let straight { times.executor.append(straight.milliseconds) }
      if let compiled { times.graph.append(compiled.milliseconds) }
    }
    return DecodeReport.Row(
      position: position, executor: SampleSummary(times.executor),
      graph: SampleSummary(times.graph), agree: mode == .both ? agree : nil)
  }
}
