extension PageImage {
  /// A one-bit fax: the page is read at 204 dots an inch across and 196 down (98 on every fourth
  /// page; ITU-T T.4's fine and standard modes), thresholded, loses lines and gains dots.
  func faxed(_ draws: DegradationDraws) -> PageImage {
    let skewed = greyed().projected(
      .faxed(draws, width: width, height: height), background: .white)

    var mode = draws.random("mode")
    let linesPerInch = mode.uniform() < 0.25 ? 98.0 : 196.0
    let columns = max(1, Int((Double(width) * 204 / draws.dpi).rounded()))
    let lines = max(1, Int((Double(height) * linesPerInch / draws.dpi).rounded()))
    // A page too large for that raster (more than 100 megapixels there) keeps its own.
    var fax = (try? skewed.resampled(width: columns, height: lines)) ?? skewed
    fax.threshold(around: 150 + mode.uniform(-15...15), noise: 14, draws)
    fax.addDots(draws)
    fax.loseLines(draws)

    // Above the fax's own resolution its dots show as they are; below, they blend to grey.
    if draws.dpi >= 204 { return fax.nearest(width: width, height: height) }
    return (try? fax.resampled(width: width, height: height)) ?? fax
  }

  /// Luma of ITU-R BT.601.
  func greyed() -> PageImage {
    guard color == .rgb else { return self }
    let count = width * height
    let grey = [UInt8](unsafeUninitializedCapacity: count) { grey, initialized in
      samples.withUnsafeBufferPointer { source in
        for index in 0..<count {
          let red = UInt32(source[3 * index])
          let green = UInt32(source[3 * index + 1])
          let blue = UInt32(source[3 * index + 2])
          grey[index] = UInt8(truncatingIfNeeded: (77 * red + 150 * green + 29 * blue + 128) >> 8)
        }
      }
      initialized = count
    }
    return PageImage(width: width, height: height, color: .grey, samples: grey, dpi: dpi)
  }

  private mutating func threshold(around level: Double, noise: Double, _ draws: DegradationDraws) {
    addNoise(sigma: noise, draws, grainDPI: draws.dpi)
    let level = UInt8(level)
    let count = samples.count
    samples.withUnsafeMutableBufferPointer { samples in
      for index in 0..<count { samples[index] = samples[index] < level ? 0 : 255 }
    }
  }

  /// Noise of the telephone line: 16 to 40 black dots and 8 to 20 white ones, two wide.
  private mutating func addDots(_ draws: DegradationDraws) {
    var random = draws.random("dots")
    let width = width
    for level: UInt8 in [0, 0, 255] {
      for _ in 0..<8 + random.count(upTo: 12) {
        let x = Int(random.uniform() * Double(width))
        let y = Int(random.uniform() * Double(height))
        samples[y * width + x] = level
        if x + 1 < width { samples[y * width + x + 1] = level }
      }
    }
  }

  /// Up to four lines arrive as a copy of the line before, or white over a stretch.
  private mutating func loseLines(_ draws: DegradationDraws) {
    var random = draws.random("lines")
    let width = width
    for _ in 0..<1 + random.count(upTo: 3) {
      let line = Int(random.uniform() * Double(height)) * width
      let start = Int(random.uniform() * Double(width))
      if random.uniform() < 0.5, line > 0 {
        for column in 0..<width { samples[line + column] = samples[line - width + column] }
      } else {
        for column in start..<width { samples[line + column] = 255 }
      }
    }
  }

  private func nearest(width newWidth: Int, height newHeight: Int) -> PageImage {
    let columns = (0..<newWidth).map { ($0 * 2 + 1) * width / (2 * newWidth) }
    let count = newWidth * newHeight
    let enlarged = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      samples.withUnsafeBufferPointer { source in
        for row in 0..<newHeight {
          let line = (row * 2 + 1) * height / (2 * newHeight) * width
          for column in 0..<newWidth {
            target[row * newWidth + column] = source[line + columns[column]]
          }
        }
      }
      initialized = count
    }
    return PageImage(width: newWidth, height: newHeight, color: .grey, samples: enlarged)
  }
}

extension PaperGeometry {
  static func faxed(_ draws: DegradationDraws, width: Int, height: Int) -> PaperGeometry {
    var geometry = draws.random("geometry")
    let slope = geometry.uniform(-0.01...0.01)
    return .rotation(slope: slope, width: width, height: height, shift: (0, 0))
  }
}
