extension PageImage {
  /// The page after JPEG's loss: 8 x 8 blocks, DCT, quantisation by the tables of ITU-T T.81 annex
  /// K scaled by `quality` (1...100, as libjpeg scales them), and back. Each channel for itself.
  /// Blocks are 8 pixels at every DPI, because a device compresses at its own resolution.
  package func compressed(quality: Int, table: QuantisationTable = .luma) -> PageImage {
    let divisors = table.scaled(quality: quality)
    var page = self
    var block = [Int32](repeating: 0, count: 64)
    page.samples.withUnsafeMutableBufferPointer { samples in
      block.withUnsafeMutableBufferPointer { block in
        divisors.withUnsafeBufferPointer { divisors in
          for channel in 0..<channels {
            for top in stride(from: 0, to: height, by: 8) {
              for left in stride(from: 0, to: width, by: 8) {
                let place = BlockPlace(
                  samples: samples.baseAddress!, width: width, height: height,
                  channels: channels, channel: channel, top: top, left: left)
                place.load(block.baseAddress!)
                DCT.forward(block.baseAddress!)
                if quantise(block.baseAddress!, divisors.baseAddress!) {
                  DCT.inverse(block.baseAddress!)
                } else {
                  block.update(repeating: (block[0] + 4) >> 3)
                }
                place.store(block.baseAddress!)
              }
            }
          }
        }
      }
    }
    return page
  }
}

/// Rounds each coefficient (scaled by 8) to a multiple of its divisor and takes the scale away.
/// - Returns: whether any coefficient but the mean is left.
private func quantise(
  _ block: UnsafeMutablePointer<Int32>, _ divisors: UnsafePointer<Int32>
) -> Bool {
  var remains: Int32 = 0
  for index in 0..<64 {
    let divisor = divisors[index]
    let value = block[index]
    let step = divisor << 3
    let half = step >> 1
    // Most coefficients round to 0; a division is spared there.
    if value < half, value > -half {
      block[index] = 0
      continue
    }
    let rounded = (value < 0 ? value - half : value + half) / step * divisor
    block[index] = rounded
    if index > 0 { remains |= rounded }
  }
  return remains != 0
}

/// A block's place in a page. At the edges the last pixel is repeated.
private struct BlockPlace {
  let samples: UnsafeMutablePointer<UInt8>
  let width, height, channels, channel, top, left: Int

  @inline(__always)
  func load(_ block: UnsafeMutablePointer<Int32>) {
    for y in 0..<8 {
      let row = samples + min(top + y, height - 1) * width * channels + channel
      for x in 0..<8 { block[8 * y + x] = Int32(row[min(left + x, width - 1) * channels]) - 128 }
    }
  }

  @inline(__always)
  func store(_ block: UnsafeMutablePointer<Int32>) {
    for y in 0..<min(8, height - top) {
      let row = samples + (top + y) * width * channels + channel
      for x in 0..<min(8, width - left) {
        row[(left + x) * channels] = UInt8(
          truncatingIfNeeded: min(max(block[8 * y + x] + 128, 0), 255))
      }
    }
  }
}

/// ITU-T T.81 annex K.1, `[frequency down, frequency across]`.
package struct QuantisationTable {
  let divisors: [Int]

  /// Divisors between 1 and 255.
  func scaled(quality: Int) -> [Int32] {
    let percent = quality < 50 ? 5000 / quality : 200 - 2 * quality
    return divisors.map { Int32(min(max(($0 * percent + 50) / 100, 1), 255)) }
  }

  package static let luma = QuantisationTable(divisors: [
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
  ])

  package static let chroma = QuantisationTable(divisors: [
    17, 18, 24, 47, 99, 99, 99, 99,
    18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
  ])
}
