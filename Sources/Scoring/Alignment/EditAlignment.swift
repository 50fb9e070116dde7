/// One step of an alignment, from the reference to the reading.
public enum EditStep: UInt8, Sendable {
  case match, substitution, deletion, insertion
}

/// A cheapest way (Levenshtein) from a reference to a reading, in steps from their starts.
///
/// Of the many cheapest ways it takes the one that rapidfuzz takes, and so jiwer: the common
/// prefix is matched, then the common suffix, and what is left is traced from its end, a deletion
/// before an insertion before a diagonal step. Hits, substitutions, deletions and insertions
/// depend on this choice, though their cost does not.
///
/// The trace needs (|reference| / 64) · |reading| · 16 bytes; above `memoryLimit` the reading is
/// halved where a cheapest way crosses its middle (Hirschberg 1975), at the first such place, and
/// memory grows only linearly.
public struct EditAlignment: Sendable, Equatable {
  public internal(set) var steps: [EditStep]

  /// 10,000 by 10,000 symbols take 25 MB.
  public static let defaultMemoryLimit = 64 << 20

  public init(
    reference: [UInt32], reading: [UInt32], memoryLimit: Int = defaultMemoryLimit
  ) {
    steps = []
    steps.reserveCapacity(max(reference.count, reading.count) + 16)
    reference.withUnsafeBufferPointer { reference in
      reading.withUnsafeBufferPointer { reading in
        append(reference, reading, memoryLimit)
      }
    }
  }

  public var counts: EditCounts {
    var counts = EditCounts()
    for step in steps {
      switch step {
      case .match: counts.hits += 1
      case .substitution: counts.substitutions += 1
      case .deletion: counts.deletions += 1
      case .insertion: counts.insertions += 1
      }
    }
    return counts
  }

  private typealias Symbols = UnsafeBufferPointer<UInt32>

  private mutating func append(_ reference: Symbols, _ reading: Symbols, _ memoryLimit: Int) {
    let prefix = commonPrefix(reference, reading)
    let suffix = commonSuffix(reference, reading, after: prefix)
    append(.match, prefix)
    let a = Symbols(rebasing: reference[prefix..<reference.count - suffix])
    let b = Symbols(rebasing: reading[prefix..<reading.count - suffix])
    if a.isEmpty {
      append(.insertion, b.count)
    } else if b.isEmpty {
      append(.deletion, a.count)
    } else if b.count < 2
      || VerticalDifferences.byteCount(reference: a.count, reading: b.count) <= memoryLimit
    {
      appendTrace(a, b)
    } else {
      let middle = b.count / 2
      let split = crossing(a, b, middle)
      append(Symbols(rebasing: a[..<split]), Symbols(rebasing: b[..<middle]), memoryLimit)
      append(Symbols(rebasing: a[split...]), Symbols(rebasing: b[middle...]), memoryLimit)
    }
    append(.match, suffix)
  }

  private mutating func append(_ step: EditStep, _ count: Int) {
    steps.append(contentsOf: repeatElement(step, count: count))
  }

  private mutating func appendTrace(_ reference: Symbols, _ reading: Symbols) {
    let matrix = VerticalDifferences(reference, reading, keepsColumns: true)
    let start = steps.count
    var row = reference.count
    var column = reading.count
    while row > 0, column > 0 {
      if matrix.isPositive(row: row, column: column) {
        steps.append(.deletion)
        row -= 1
      } else if matrix.isNegative(row: row, column: column - 1) {
        steps.append(.insertion)
        column -= 1
      } else {
        row -= 1
        column -= 1
        steps.append(reference[row] == reading[column] ? .match : .substitution)
      }
    }
    append(.deletion, row)
    append(.insertion, column)
    steps[start...].reverse()
  }

  /// The first row at which a cheapest way crosses the reading's column `middle`.
  private func crossing(_ reference: Symbols, _ reading: Symbols, _ middle: Int) -> Int {
    let ahead = VerticalDifferences(
      reference, Symbols(rebasing: reading[..<middle]), keepsColumns: false
    ).lastColumn
    let back = Array(reference.reversed()).withUnsafeBufferPointer { reference in
      Array(reading[middle...].reversed()).withUnsafeBufferPointer { reading in
        VerticalDifferences(reference, reading, keepsColumns: false).lastColumn
      }
    }
    return (0...reference.count).min { first, second in
      ahead[first] + back[reference.count - first] < ahead[second] + back[reference.count - second]
    }!
  }
}

/// The Levenshtein distance: the fewest insertions, deletions and substitutions.
public func editDistance(_ reference: [UInt32], _ reading: [UInt32]) -> Int {
  reference.withUnsafeBufferPointer { reference in
    reading.withUnsafeBufferPointer { reading in
      let prefix = commonPrefix(reference, reading)
      let suffix = commonSuffix(reference, reading, after: prefix)
      let a = UnsafeBufferPointer(rebasing: reference[prefix..<reference.count - suffix])
      let b = UnsafeBufferPointer(rebasing: reading[prefix..<reading.count - suffix])
      if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
      return VerticalDifferences(a, b, keepsColumns: false).lastColumn.last!
    }
  }
}

private func commonPrefix(
  _ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>
) -> Int {
  var length = 0
  while length < a.count, length < b.count, a[length] == b[length] { length += 1 }
  return length
}

private func commonSuffix(
  _ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>, after prefix: Int
) -> Int {
  var length = 0
  while length < a.count - prefix, length < b.count - prefix,
    a[a.count - 1 - length] == b[b.count - 1 - length]
  {
    length += 1
  }
  return length
}
