import Synchronization

/// Runs a decoder's pass from a compiled graph: recorded once, buffers planned, cut into partitions that run one after
/// another. The bits are those of `TextDecoder.forward` and `logits`.
public final class GraphExecutor: @unchecked Sendable {
  public let graph: ComputeGraph
  public let plan: BufferPlan
  public let partitions: [GraphPartition]

  private let pool: ThreadPool
  private let workspace: DecoderWorkspace
  private let memory: FloatMatrix
  /// By node, on the planned memory.
  private let operations: [Operation]

  /// Records one pass of one row into `cache`, which is as it was afterwards but for the slot after its last.
  /// - Parameters:
  ///   - hidden: [1, hidden]; in: an embedding, out: the result after the final norm.
  ///   - logits: [1, vocabulary]
  public init(
    decoder: any TextDecoder, hidden: FloatMatrix, logits: FloatMatrix, cache: any KVCache
  ) {
    pool = decoder.pool
    workspace = decoder.makeWorkspace(rows: 1)
    let recorder = OperationRecorder()
    let before = pool.observer
    pool.observer = recorder
    let probe = UnadvancedCache(cache)
    decoder.forward(
      hidden, rows: 1, positions: [RotaryPosition(Int32(cache.length))],
      segments: [ForwardSegment(cache: probe, rows: 0..<1)], outputs: [0], workspace: workspace)
    decoder.logits(hidden, row: 0, rows: 1, into: logits)
    pool.observer = before
    graph = ComputeGraph(recorder.recorded, pinned: [hidden, logits])
    plan = BufferPlan(graph)
    partitions = GraphPartition.partitions(of: graph)
    memory = FloatMatrix(rows: 1, columns: max(1, plan.byteCount / MemoryLayout<Float>.stride))
    operations = Self.placed(
      graph, plan, in: memory, segments: [ForwardSegment(cache: cache, rows: 0..<1)])
    self.cache = cache
  }

  private let cache: any KVCache

  private static func placed(
    _ graph: ComputeGraph, _ plan: BufferPlan, in memory: FloatMatrix, segments: [ForwardSegment]
  ) -> [Operation] {
    let homes = graph.storages.indices.map { index -> FloatMatrix in
      let storage = graph.storages[index]
      guard let offset = plan.offsets[index] else { return storage.matrix }
      return memory.view(
        from: offset / MemoryLayout<Float>.stride, rows: storage.matrix.rows,
        columns: storage.matrix.columns)
    }
    return graph.nodes.map { node in
      func home(_ tensors: [Int], _ matrix: FloatMatrix) -> FloatMatrix {
        let tensor = tensors.first {
          graph.storages[graph.tensors[$0].storage].matrix === matrix
        }
        return homes[graph.tensors[tensor!].storage]
      }
      return node.operation.placed(
        input: { home(node.reads, $0) }, output: { home(node.writes, $0) }, segments: segments)
    }
  }

  /// One step: `hidden` as handed to `init` holds an embedding; afterwards it and the logits hold the result.
  public func step(position: RotaryPosition) {
    let segment = ForwardSegment(cache: cache, rows: 0..<1)
    workspace.admit(rows: 1, positions: [position], segments: [segment])
    // In their order, which is one that every dependency allows and the one the buffers were planned for.
    for partition in partitions {
      for node in partition.nodes { pool.run(operations[node]) }
    }
    cache.advance(by: 1)
  }
}

/// Keeps the operations of a pass in their order, and performs them.
private final class OperationRecorder: OperationObserver {
  private let operations = Mutex<[Operation]>([])

  var recorded: [Operation] { operations.withLock { $0 } }

  func observe(_ operation: Operation, perform: () -> Void) {
    operations.withLock { $0.append(operation) }
    perform()
  }
}
