import Synchronization

/// Which pixels of a page are ink: darker than the paper around them.
struct InkMap {
  let width: Int
  let height: Int
  /// 1 where there is ink.
  var mask: [UInt8]

  /// The page with its shading taken out (`paper` becomes 255), and its ink.
  ///
  /// Paper is the brightest eighth of a tile of an eighth of an inch, seen through its neighbours, so that a tile full of ink
  /// still finds paper. Ink is what lies beyond Otsu's threshold between the two.
  static func reading(
    _ page: GreyPlane, dpi: Int, threads: Int = 1
  ) -> (flat: GreyPlane, ink: InkMap) {
    let (width, height) = (page.width, page.height)
    let paper = PaperLevels(page, tile: max(8, dpi / 8), threads: threads)
    let histogram = Mutex([Int](repeating: 0, count: 256))
    let levels = page.levels.withUnsafeBufferPointer { levels in
      [UInt8].filled(count: levels.count) { flat in
        RowBands.each(of: height, threads: threads) { rows in
          let counts = paper.flatten(levels, rows: rows, into: flat)
          histogram.withLock { for level in 0..<256 { $0[level] += counts[level] } }
        }
      }
    }
    let threshold = otsu(histogram.withLock { $0 })
    let mask = levels.withUnsafeBufferPointer { levels in
      [UInt8].filled(count: levels.count) { mask in
        RowBands.each(of: height, threads: threads) { rows in
          for i in rows.lowerBound * width..<rows.upperBound * width {
            mask[i] = levels[i] < threshold ? 1 : 0
          }
        }
      }
    }
    return (
      GreyPlane(width: width, height: height, levels: levels),
      InkMap(width: width, height: height, mask: mask)
    )
  }

  /// The level that best parts two classes (Otsu 1979), held where ink and paper can be: a blank page's noise is no ink.
  private static func otsu(_ histogram: [Int]) -> UInt8 {
    let count = histogram.reduce(0, +)
    let sum = histogram.indices.reduce(0) { $0 + $1 * histogram[$1] }
    var (below, belowSum, best, bestLevel) = (0, 0, -1.0, 128)
    for level in 0..<255 {
      below += histogram[level]
      belowSum += level * histogram[level]
      guard below > 0, below < count else { continue }
      let (low, high) = (
        Double(belowSum) / Double(below), Double(sum - belowSum) / Double(count - below)
      )
      let between = Double(below) * Double(count - below) * (high - low) * (high - low)
      if between > best { (best, bestLevel) = (between, level) }
    }
    return UInt8(min(max(bestLevel, 110), 190) + 1)
  }
}

/// How bright the paper is, tile by tile, bilinear between their middles.
private struct PaperLevels {
  let tile: Int
  let columns: Int
  let rows: Int
  /// 255 / paper in 65536ths.
  private let scale: [Double]
  /// For each column of the page, how far it lies from the middle of the tile to its left to the next.
  private let parts: [Double]
  /// The first column of the page that each tile's middle is to the left of; the first tile's is 0.
  private let firsts: [Int]

  init(_ page: GreyPlane, tile: Int, threads: Int) {
    let columns = (page.width + tile - 1) / tile
    let rows = (page.height + tile - 1) / tile
    let bright = Self.brightest(page, tile: tile, columns: columns, rows: rows)
    var scale: [Double] = []
    for row in 0..<rows {
      for column in 0..<columns {
        // A tile inside a black bar takes its paper from next door.
        var paper = 1
        for y in max(0, row - 1)...min(rows - 1, row + 1) {
          for x in max(0, column - 1)...min(columns - 1, column + 1) {
            paper = max(paper, Int(bright[y * columns + x]))
          }
        }
        scale.append(255 * 65536 / Double(max(paper, 64)))
      }
    }
    (self.tile, self.columns, self.rows, self.scale) = (tile, columns, rows, scale)
    let places = (0..<page.width).map {
      max(0, min(Double(columns - 1), (Double($0) + 0.5) / Double(tile) - 0.5))
    }
    parts = places.map { $0 - Double(Int($0)) }
    var firsts = [Int](repeating: page.width, count: columns + 1)
    for (x, place) in places.enumerated().reversed() { firsts[Int(place)] = x }
    for tile in (0..<columns).reversed() { firsts[tile] = min(firsts[tile], firsts[tile + 1]) }
    self.firsts = firsts
  }

  /// Of each tile the level that an eighth of it is brighter than, every second row and column seen.
  private static func brightest(
    _ page: GreyPlane, tile: Int, columns: Int, rows: Int
  ) -> [UInt8] {
    var histogram = [Int32](repeating: 0, count: 256)
    return page.levels.withUnsafeBufferPointer { levels in
      (0..<rows * columns).map { place in
        let (row, column) = (place / columns, place % columns)
        for level in 0..<256 { histogram[level] = 0 }
        var count: Int32 = 0
        for y in stride(from: row * tile, to: min((row + 1) * tile, page.height), by: 2) {
          var i = y * page.width + column * tile
          let end = y * page.width + min((column + 1) * tile, page.width)
          while i < end {
            histogram[Int(levels[i])] &+= 1
            count &+= 1
            i &+= 2
          }
        }
        var (level, seen) = (255, histogram[255])
        while level > 0, seen * 8 < count {
          level -= 1
          seen += histogram[level]
        }
        return UInt8(level)
      }
    }
  }

  /// Writes rows of the page as they were on paper of level 255.
  ///
  /// - Returns: how often each level was written.
  func flatten(
    _ levels: UnsafeBufferPointer<UInt8>, rows: Range<Int>, into flat: UnsafeMutablePointer<UInt8>
  ) -> [Int] {
    // Four counts, so that equal neighbours need not wait for one another.
    var counts = [Int32](repeating: 0, count: 4 * 256)
    let width = parts.count
    parts.withUnsafeBufferPointer { parts in
      counts.withUnsafeMutableBufferPointer { counts in
        for y in rows {
          let tiles = tiles(row: y)
          for tile in 0..<columns {
            let start = tiles[tile]
            let step = tiles[min(tile + 1, columns - 1)] - start
            for x in firsts[tile]..<firsts[tile + 1] {
              let i = y &* width &+ x
              let scale = Int32(start + step * parts[x])
              let level = Int(min(255, (Int32(levels[i]) &* scale) >> 16))
              flat[i] = UInt8(truncatingIfNeeded: level)
              counts[(x & 3) &* 256 &+ level] &+= 1
            }
          }
        }
      }
    }
    return (0..<256).map { level in (0..<4).reduce(0) { $0 + Int(counts[$1 * 256 + level]) } }
  }

  /// The tiles' scales as they are at a row, between those above and below.
  private func tiles(row y: Int) -> [Double] {
    let place = max(0, min(Double(rows - 1), (Double(y) + 0.5) / Double(tile) - 0.5))
    let (top, part) = (Int(place), place - Double(Int(place)))
    let bottom = min(top + 1, self.rows - 1)
    return (0..<columns).map {
      scale[top * columns + $0] * (1 - part) + scale[bottom * columns + $0] * part
    }
  }
}
