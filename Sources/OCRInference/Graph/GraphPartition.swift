/// A stretch of a graph's nodes that runs as one: cut where nothing but the pinned state lives on, which is after each
/// half of a block.
public struct GraphPartition: Sendable, Equatable {
  public let nodes: Range<Int>
  /// Partitions that must be done before, ascending.
  public let after: [Int]

  static func partitions(of graph: ComputeGraph) -> [GraphPartition] {
    // Storages in use across the cut before a node.
    var crossing = [Int](repeating: 0, count: graph.nodes.count + 1)
    let span = graph.nodes.count
    for storage in graph.storages where !storage.isPinned {
      // Angles live through the whole pass: they are no reason to cut nowhere.
      if storage.uses.count > span / 2 { continue }
      for cut in storage.uses.dropFirst() { crossing[cut] += 1 }
    }
    let cuts = [0] + (1..<max(1, graph.nodes.count)).filter { crossing[$0] == 0 } + [span]
    let ranges = zip(cuts, cuts.dropFirst()).map { $0..<$1 }
    var owner = [Int](repeating: 0, count: graph.nodes.count)
    for (index, range) in ranges.enumerated() {
      for node in range { owner[node] = index }
    }
    return ranges.enumerated().map { index, range in
      let before = Set(range.flatMap { graph.nodes[$0].after.map { owner[$0] } })
      return GraphPartition(nodes: range, after: before.subtracting([index]).sorted())
    }
  }
}
