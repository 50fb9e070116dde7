/// Where each storage of a graph lies in one block of memory: storages that are never in use at once share bytes.
///
/// Nodes run in their order. Each storage takes the smallest free gap that holds it when it is first used (best fit), and
/// gives it back after its last use.
public struct BufferPlan: Sendable {
  /// Bytes from the block's start; nil for a pinned storage.
  public let offsets: [Int?]
  public let byteCount: Int
  /// Bytes of all storages side by side: what no plan would take.
  public let unplannedByteCount: Int

  static let alignment = 64

  public init(_ graph: ComputeGraph) {
    var offsets = [Int?](repeating: nil, count: graph.storages.count)
    var block = Block()
    var unplanned = 0
    let order = graph.storages.indices.filter { !graph.storages[$0].isPinned }
      .sorted { graph.storages[$0].uses.lowerBound < graph.storages[$1].uses.lowerBound }
    var living: [(storage: Int, end: Int)] = []
    for storage in order {
      let (bytes, uses) = (graph.storages[storage].byteCount, graph.storages[storage].uses)
      for old in living where old.end < uses.lowerBound {
        block.free(offsets[old.storage]!, Self.aligned(graph.storages[old.storage].byteCount))
      }
      living.removeAll { $0.end < uses.lowerBound }
      offsets[storage] = block.take(Self.aligned(bytes))
      unplanned += Self.aligned(bytes)
      living.append((storage, uses.upperBound))
    }
    self.offsets = offsets
    byteCount = block.size
    unplannedByteCount = unplanned
  }

  private static func aligned(_ bytes: Int) -> Int {
    (max(1, bytes) + alignment - 1) / alignment * alignment
  }

  private struct Block {
    var size = 0
    /// Free gaps, ascending, none beside another.
    private var gaps: [Range<Int>] = []

    mutating func take(_ bytes: Int) -> Int {
      let fitting = gaps.indices.filter { gaps[$0].count >= bytes }
      if let best = fitting.min(by: { gaps[$0].count < gaps[$1].count }) {
        let start = gaps[best].lowerBound
        gaps[best] = start + bytes..<gaps[best].upperBound
        if gaps[best].isEmpty { gaps.remove(at: best) }
        return start
      }
      // A gap at the end grows.
      if let last = gaps.last, last.upperBound == size {
        gaps.removeLast()
        size = last.lowerBound + bytes
        return last.lowerBound
      }
      size += bytes
      return size - bytes
    }

    mutating func free(_ start: Int, _ bytes: Int) {
      var gap = start..<start + bytes
      let place = gaps.firstIndex { $0.lowerBound >= gap.upperBound } ?? gaps.count
      if place < gaps.count, gaps[place].lowerBound == gap.upperBound {
        gap = gap.lowerBound..<gaps.remove(at: place).upperBound
      }
      if place > 0, gaps[place - 1].upperBound == gap.lowerBound {
        gaps[place - 1] = gaps[place - 1].lowerBound..<gap.upperBound
      } else {
        gaps.insert(gap, at: place)
      }
    }
  }
}
