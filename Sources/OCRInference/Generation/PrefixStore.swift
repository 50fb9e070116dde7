/// Keys and values of prompts that were computed before, so that a prompt which begins alike starts behind what is
/// shared. What it holds is bounded; the entry used longest ago goes first.
public final class PrefixStore {
  fileprivate struct Entry {
    let keys: [UInt64]
    let positions: [RotaryPosition]
    let cache: ContiguousCache
    var lastUse: Int
  }

  public struct Statistics: Sendable, Equatable {
    /// Positions of all prompts begun, and how many of them came from the store.
    public var promptPositions = 0
    public var reusedPositions = 0

    /// 0 before the first prompt.
    public var hitRate: Double {
      promptPositions == 0 ? 0 : Double(reusedPositions) / Double(promptPositions)
    }
  }

  /// Rows that the kernels' layout keeps together: a shorter entry takes the memory of a whole block.
  private static let block = 256

  /// Bytes that the entries may hold together; 0 stores nothing.
  public let byteLimit: Int
  public private(set) var statistics = Statistics()
  private var entries: [Entry] = []
  private var clock = 0

  public init(byteLimit: Int) { self.byteLimit = byteLimit }

  public var byteCount: Int { entries.reduce(0) { $0 + $1.cache.byteCount } }

  /// Fills an empty cache with the longest stored beginning of the prompt. The prompt's last row is always left: its
  /// logits are wanted.
  /// - Returns: rows that need no prefill.
  func reuse(_ prompt: EmbeddedPrompt, into cache: any KVCache) -> Int {
    statistics.promptPositions += prompt.count
    var best: (index: Int, rows: Int)?
    for index in entries.indices {
      let rows = min(entries[index].shared(with: prompt), prompt.count - 1)
      if rows > best?.rows ?? 0 { best = (index, rows) }
    }
    guard let best else { return 0 }
    cache.copyPrefix(best.rows, from: entries[best.index].cache)
    entries[best.index].lastUse = tick()
    statistics.reusedPositions += best.rows
    return best.rows
  }

  /// Keeps a copy of the prompt's rows, or of the first that fit. What an entry already holds is not stored again;
  /// entries that the new one continues go.
  func keep(_ prompt: EmbeddedPrompt, from cache: any KVCache, shape: DecoderShape) {
    let block = ContiguousCache.bytes(type: cache.type, shape: shape, rows: Self.block)
    let rows = min(prompt.count, byteLimit / max(1, block) * Self.block)
    guard rows > 0, !entries.contains(where: { $0.shared(with: prompt) >= rows }),
      let copy = try? ContiguousCache(type: cache.type, shape: shape, capacity: rows),
      copy.byteCount <= byteLimit
    else { return }
    entries.removeAll { $0.shared(with: prompt) == $0.keys.count && $0.keys.count <= rows }
    while byteCount + copy.byteCount > byteLimit,
      let oldest = entries.indices.min(by: { entries[$0].lastUse < entries[$1].lastUse })
    {
      entries.remove(at: oldest)
    }
    // Written to only now: a page that was never written takes no memory, and the limit holds meanwhile too.
    copy.copyPrefix(rows, from: cache)
    entries.append(
      Entry(
        keys: Array(prompt.contentKeys.prefix(rows)),
        positions: Array(prompt.positions.prefix(rows)), cache: copy, lastUse: tick()))
  }

  private func tick() -> Int {
    clock += 1
    return clock
  }
}

extension PrefixStore.Entry {
  /// Rows from the start with equal content at equal positions.
  fileprivate func shared(with prompt: EmbeddedPrompt) -> Int {
    var rows = 0
    while rows < min(keys.count, prompt.count), keys[rows] == prompt.contentKeys[rows],
      positions[rows] == prompt.positions[rows]
    {
      rows += 1
    }
    return rows
  }
}
