import Foundation
import PageImaging

/// One 8-bit channel: 0 is black. Rows from the top, no padding.
struct GreyPlane {
  let width: Int
  let height: Int
  var levels: [UInt8]

  init(width: Int, height: Int, levels: [UInt8]) {
    precondition(levels.count == width * height)
    (self.width, self.height, self.levels) = (width, height, levels)
  }

  /// Luminance by ITU-R BT.601, as Pillow converts to `L`.
  init(_ page: PageImage, threads: Int = 1) {
    guard page.color == .rgb else {
      self.init(width: page.width, height: page.height, levels: page.samples)
      return
    }
    let (width, height) = (page.width, page.height)
    let levels = page.samples.withUnsafeBufferPointer { rgb in
      [UInt8].filled(count: width * height) { grey in
        RowBands.each(of: height, threads: threads) { rows in
          for i in rows.lowerBound * width..<rows.upperBound * width {
            let (red, green, blue) = (Int(rgb[3 * i]), Int(rgb[3 * i + 1]), Int(rgb[3 * i + 2]))
            grey[i] = UInt8(
              truncatingIfNeeded: (red &* 19595 &+ green &* 38470 &+ blue &* 7471 &+ 0x8000) >> 16)
          }
        }
      }
    }
    self.init(width: width, height: height, levels: levels)
  }

  /// Every `share` pixels square become one, their mean.
  func reduced(by share: Int, threads: Int = 1) -> GreyPlane {
    guard share > 1, width >= share, height >= share else { return self }
    let (narrow, low) = (width / share, height / share)
    let means = levels.withUnsafeBufferPointer { levels in
      [UInt8].filled(count: narrow * low) { means in
        RowBands.each(of: low, threads: threads) { rows in
          for y in rows {
            for x in 0..<narrow {
              var sum = 0
              for row in 0..<share {
                let first = (y &* share &+ row) &* width &+ x &* share
                for i in first..<first &+ share { sum &+= Int(levels[i]) }
              }
              means[y &* narrow &+ x] = UInt8(truncatingIfNeeded: sum / (share &* share))
            }
          }
        }
      }
    }
    return GreyPlane(width: narrow, height: low, levels: means)
  }

  /// Turned about its middle, so that lines that fall by `slope` (rows a column) to the right become level. Paper
  /// that comes in from outside is white.
  func leveled(slope: Double, threads: Int = 1) -> GreyPlane {
    let angle = atan(slope)
    let (cosine, sine) = (cos(angle), sin(angle))
    let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    // Sixteen bits of fraction are finer than any pixel of a page.
    let one = 65536.0
    let (stepX, stepY) = (Int(cosine * one), Int(sine * one))
    let turned = levels.withUnsafeBufferPointer { source in
      [UInt8].filled(count: levels.count) { target in
        RowBands.each(of: height, threads: threads) { rows in
          for y in rows {
            let dy = Double(y) - middleY
            var x0 = Int((middleX - middleX * cosine - dy * sine) * one)
            var y0 = Int((middleY - middleX * sine + dy * cosine) * one)
            for i in y &* width..<(y &+ 1) &* width {
              target[i] = sample(source, x0, y0)
              x0 &+= stepX
              y0 &+= stepY
            }
          }
        }
      }
    }
    return GreyPlane(width: width, height: height, levels: turned)
  }

  /// Bilinear, at a place in 65536ths of a pixel.
  @inline(__always)
  private func sample(_ source: UnsafeBufferPointer<UInt8>, _ x: Int, _ y: Int) -> UInt8 {
    let (column, row) = (x >> 16, y >> 16)
    guard column >= 0, row >= 0, column &+ 1 < width, row &+ 1 < height else { return 255 }
    let (right, down) = ((x & 0xFFFF) >> 8, (y & 0xFFFF) >> 8)
    let i = row &* width &+ column
    let above = Int(source[i]) &* (256 &- right) &+ Int(source[i &+ 1]) &* right
    let below =
      Int(source[i &+ width]) &* (256 &- right)
      &+ Int(source[i &+ width &+ 1]) &* right
    return UInt8(
      truncatingIfNeeded: (above &* (256 &- down) &+ below &* down &+ 32768) >> 16)
  }
}
