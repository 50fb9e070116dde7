/// The matrix of Levenshtein distances between a reference's prefixes (down) and a reading's
/// prefixes (across), as bits: whether a cell is one more (`positive`) or one less (`negative`)
/// than the cell above it. 64 cells a word, by Hyyrö's block form of Myers' algorithm
/// (Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances").
struct VerticalDifferences {
  let referenceCount: Int
  let readingCount: Int
  private let wordCount: Int
  /// For each column kept, its positive words and then its negative words.
  private let bits: [UInt64]
  private let keepsColumns: Bool

  /// Keeps every column for a trace, or only the last one.
  init(
    _ reference: UnsafeBufferPointer<UInt32>, _ reading: UnsafeBufferPointer<UInt32>,
    keepsColumns: Bool
  ) {
    let masks = PatternMasks(reference)
    let words = masks.wordCount
    let total = (keepsColumns ? reading.count + 1 : 1) * 2 * words
    bits = [UInt64](unsafeUninitializedCapacity: total) { buffer, count in
      let base = buffer.baseAddress!
      (base).initialize(repeating: ~0, count: words)
      (base + words).initialize(repeating: 0, count: words)
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { scratch in
        scratch.initialize(repeating: 0)
        var column = base
        for symbol in reading {
          let next = keepsColumns ? column + 2 * words : column
          masks.withMask(of: symbol, scratch: scratch.baseAddress!) { mask in
            Self.advance(mask, from: column, to: next, words: words)
          }
          column = next
        }
      }
      count = total
    }
    referenceCount = reference.count
    readingCount = reading.count
    wordCount = words
    self.keepsColumns = keepsColumns
  }

  /// Bytes that keeping every column would take.
  static func byteCount(reference: Int, reading: Int) -> Int {
    (reference + 63) / 64 * 16 * (reading + 1)
  }

  /// One column further. `from` and `to` may be the same place.
  @inline(__always)
  private static func advance(
    _ mask: UnsafePointer<UInt64>, from: UnsafeMutablePointer<UInt64>,
    to: UnsafeMutablePointer<UInt64>, words: Int
  ) {
    var positiveCarry: UInt64 = 1
    var negativeCarry: UInt64 = 0
    for word in 0..<words {
      let vp = from[word]
      let vn = from[words + word]
      let x = mask[word] | negativeCarry
      let d0 = (((x & vp) &+ vp) ^ vp) | x | vn
      var hp = vn | ~(d0 | vp)
      var hn = d0 & vp
      let positiveOut = hp >> 63
      let negativeOut = hn >> 63
      hp = hp << 1 | positiveCarry
      hn = hn << 1 | negativeCarry
      positiveCarry = positiveOut
      negativeCarry = negativeOut
      to[word] = hn | ~(d0 | hp)
      to[words + word] = hp & d0
    }
  }

  /// Whether the cell at `row` (from 1) of `column` (from 0) is one more than the cell above.
  func isPositive(row: Int, column: Int) -> Bool { test(0, row, column) }
  /// Whether it is one less.
  func isNegative(row: Int, column: Int) -> Bool { test(wordCount, row, column) }

  private func test(_ plane: Int, _ row: Int, _ column: Int) -> Bool {
    let start = (keepsColumns ? column * 2 * wordCount : 0) + plane
    return bits[start + ((row - 1) >> 6)] >> UInt64((row - 1) & 63) & 1 == 1
  }

  /// The last column: the distance of every prefix of the reference from the whole reading.
  var lastColumn: [Int] {
    var distances = [readingCount]
    distances.reserveCapacity(referenceCount + 1)
    for row in stride(from: 1, through: referenceCount, by: 1) {
      let step =
        isPositive(row: row, column: readingCount)
        ? 1 : isNegative(row: row, column: readingCount) ? -1 : 0
      distances.append(distances[row - 1] + step)
    }
    return distances
  }
}
