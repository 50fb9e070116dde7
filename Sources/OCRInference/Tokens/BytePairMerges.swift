/// Which pairs of tokens join into which, and how early.
///
/// Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", 2016.
struct BytePairMerges: Sendable {
  private struct Slot {
    var pair: UInt64
    var rank: UInt32
    var merged: Int32
    static let free = Slot(pair: .max, rank: 0, merged: 0)
  }

  private var slots = [Slot](repeating: .free, count: 1 << 10)
  private let hash = SecretHash()
  private(set) var count = 0

  // MARK: Table

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  private func index(of pair: UInt64, in slots: [Slot]) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash(pair)) & mask
    while slots[index].pair != pair, slots[index].pair != .max { index = (index + 1) & mask }
    return index
  }

  private func rule(_ left: Int32, _ right: Int32) -> (rank: UInt32, merged: Int32)? {
    let slot = slots[index(of: Self.key(left, right), in: slots)]
    return slot.pair == .max ? nil : (slot.rank, slot.merged)
  }

  /// Later rules go before earlier ones of the same pair, as in the tokenizers library.
  mutating func add(_ left: Int32, _ right: Int32, rank: Int, merged: Int32) {
    if 2 * count >= slots.count {
      var grown = [Slot](repeating: .free, count: 2 * slots.count)
      for slot in slots where slot.pair != .max { grown[index(of: slot.pair, in: grown)] = slot }
      slots = grown
    }
    let key = Self.key(left, right)
    let place = index(of: key, in: slots)
    if slots[place].pair == .max { count += 1 }
    slots[place] = Slot(pair: key, rank: UInt32(truncatingIfNeeded: rank), merged: merged)
  }

  // MARK: Merging

  /// Joins the pair of lowest rank, leftmost first, until no rule fits.
  ///
  /// A linked list and a heap of pairs: n log n, for a megabyte of one letter is a word too.
  func merge(_ word: inout [Int32]) {
    guard word.count > 1, count > 0 else { return }
    var links = (0..<word.count).map { Link(before: $0 - 1, after: $0 + 1) }
    links[word.count - 1].after = -1
    var queue = PairQueue()
    for left in 0..<(word.count - 1) {
      if let rule = rule(word[left], word[left + 1]) { queue.push(rule.rank, at: left) }
    }
    while let (rank, left) = queue.pop() {
      let right = links[left].after
      // The pair may have changed since it was queued: its tokens merged otherwise.
      guard !links[left].isGone, right >= 0, let rule = rule(word[left], word[right]),
        rule.rank == rank
      else { continue }
      word[left] = rule.merged
      links[left].after = links[right].after
      links[right].isGone = true
      if links[left].after >= 0 { links[links[left].after].before = left }
      let before = links[left].before
      if before >= 0, let rule = self.rule(word[before], word[left]) {
        queue.push(rule.rank, at: before)
      }
      let after = links[left].after
      if after >= 0, let rule = self.rule(word[left], word[after]) {
        queue.push(rule.rank, at: left)
      }
    }
    var kept = 0
    for index in word.indices where !links[index].isGone {
      word[kept] = word[index]
      kept += 1
    }
    word.removeLast(word.count - kept)
  }

  private struct Link {
    var before: Int
    var after: Int
    var isGone = false
  }
}

/// A binary heap of pairs: lowest rank first, then leftmost.
private struct PairQueue {
  private var heap: [UInt64] = []

  mutating func push(_ rank: UInt32, at position: Int) {
    heap.append(UInt64(rank) << 32 | UInt64(position))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> (rank: UInt32, position: Int)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (UInt32(first >> 32), Int(first & 0xFFFF_FFFF))
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child] < heap[least] { least = child }
      if least == parent { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
