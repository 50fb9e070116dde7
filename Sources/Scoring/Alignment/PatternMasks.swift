/// For each symbol of a pattern, the set of places where it stands, as a bit vector.
///
/// A symbol that stands in fewer places than the vector has words keeps a list of places instead,
/// so that memory grows with the pattern's length and not with its length times its alphabet.
struct PatternMasks {
  let wordCount: Int
  private var entries: [UInt32: Entry] = [:]
  private var places: [Int32] = []
  private var rows: [UInt64] = []

  private struct Entry {
    var count = 0
    /// Index of the first word in `rows`, or of the first place in `places`.
    var start = 0
    var isRow = false
  }

  init(_ pattern: UnsafeBufferPointer<UInt32>) {
    wordCount = (pattern.count + 63) / 64
    for symbol in pattern { entries[symbol, default: Entry()].count += 1 }
    // Any order of the dictionary gives the same masks; only where they lie differs.
    var rowCount = 0
    var placeCount = 0
    for symbol in entries.keys {
      let count = entries[symbol]!.count
      if count >= wordCount {
        entries[symbol] = Entry(count: 0, start: rowCount * wordCount, isRow: true)
        rowCount += 1
      } else {
        entries[symbol] = Entry(count: 0, start: placeCount, isRow: false)
        placeCount += count
      }
    }
    rows = [UInt64](repeating: 0, count: rowCount * wordCount)
    places = [Int32](repeating: 0, count: placeCount)
    for (place, symbol) in pattern.enumerated() {
      var entry = entries[symbol]!
      if entry.isRow {
        rows[entry.start + (place >> 6)] |= 1 << UInt64(place & 63)
      } else {
        places[entry.start + entry.count] = Int32(place)
        entry.count += 1
        entries[symbol] = entry
      }
    }
  }

  /// Hands over the mask of `symbol`. `scratch` holds `wordCount` zero words, before and after.
  @inline(__always)
  func withMask(
    of symbol: UInt32, scratch: UnsafeMutablePointer<UInt64>,
    _ body: (UnsafePointer<UInt64>) -> Void
  ) {
    guard let entry = entries[symbol] else { return body(scratch) }
    if entry.isRow {
      return rows.withUnsafeBufferPointer { body($0.baseAddress! + entry.start) }
    }
    let end = entry.start + entry.count
    for index in entry.start..<end {
      let place = Int(places[index])
      scratch[place >> 6] |= 1 << UInt64(place & 63)
    }
    body(scratch)
    for index in entry.start..<end { scratch[Int(places[index]) >> 6] = 0 }
  }
}
