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
  static func reading(_ page: GreyPlane, dpi: Int) -> (flat: GreyPlane, ink: InkMap) {
    let paper = PaperLevels(page, tile: max(8, dpi / 8))
    var flat = page
    var histogram = [Int](repeating: 0, count: 256)
    let (width, height) = (page.width, page.height)
    flat.levels.withUnsafeMutableBufferPointer { levels in
      for y in 0..<height {
        let scale = paper.scales(row: y, width: width)
        for x in 0..<width {
          let level = min(255, (Int(levels[y * width + x]) * scale[x]) >> 16)
          levels[y * width + x] = UInt8(level)
          histogram[level] += 1
        }
      }
    }
    let threshold = otsu(histogram)
    let mask = flat.levels.map { $0 < threshold ? UInt8(1) : 0 }
    return (flat, InkMap(width: width, height: height, mask: mask))
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

  init(_ page: GreyPlane, tile: Int) {
    let columns = (page.width + tile - 1) / tile
    let rows = (page.height + tile - 1) / tile
    var bright = [Int](repeating: 0, count: columns * rows)
    page.levels.withUnsafeBufferPointer { levels in
      for row in 0..<rows {
        for column in 0..<columns {
          var histogram = [Int](repeating: 0, count: 256)
          var count = 0
          for y in stride(from: row * tile, to: min((row + 1) * tile, page.height), by: 2) {
            for x in stride(from: column * tile, to: min((column + 1) * tile, page.width), by: 2) {
              histogram[Int(levels[y * page.width + x])] += 1
              count += 1
            }
          }
          var (level, seen) = (255, histogram[255])
          while level > 0, seen * 8 < count {
            level -= 1
            seen += histogram[level]
          }
          bright[row * columns + column] = level
        }
      }
    }
    var scale: [Double] = []
    for row in 0..<rows {
      for column in 0..<columns {
        // A tile inside a black bar takes its paper from next door.
        var paper = 1
        for y in max(0, row - 1)...min(rows - 1, row + 1) {
          for x in max(0, column - 1)...min(columns - 1, column + 1) {
            paper = max(paper, bright[y * columns + x])
          }
        }
        scale.append(255 * 65536 / Double(max(paper, 64)))
      }
    }
    (self.tile, self.columns, self.rows, self.scale) = (tile, columns, rows, scale)
  }

  func scales(row y: Int, width: Int) -> [Int] {
    let place = max(0, min(Double(rows - 1), (Double(y) + 0.5) / Double(tile) - 0.5))
    let (top, part) = (Int(place), place - Double(Int(place)))
    let bottom = min(top + 1, rows - 1)
    let tiles = (0..<columns).map {
      scale[top * columns + $0] * (1 - part) + scale[bottom * columns + $0] * part
    }
    var scales = [Int](repeating: 0, count: width)
    for x in 0..<width {
      let place = max(0, min(Double(columns - 1), (Double(x) + 0.5) / Double(tile) - 0.5))
      let left = Int(place)
      let right = min(left + 1, columns - 1)
      scales[x] = Int(tiles[left] + (tiles[right] - tiles[left]) * (place - Double(left)))
    }
    return scales
  }
}
