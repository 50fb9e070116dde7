extension PageImage {
  /// A decent office scanner. Order as in the world: marks on the paper, paper in the feeder,
  /// optics, sensor, compression.
  func scanned(_ draws: DegradationDraws) -> PageImage {
    var page = self
    page.addMarks(draws, stains: 1, specks: 6)

    page = page.projected(
      .scanned(draws, width: width, height: height), background: .white)

    var optics = draws.random("optics")
    page = page.blurred(sigma: draws.pixels(inches: optics.uniform(0.0014...0.0024)))
    page.remapLevels(black: optics.uniform(8...36), white: optics.uniform(236...252))

    page.addNoise(sigma: optics.uniform(2...4), draws)
    return page.compressed(quality: 72 + optics.count(upTo: 16))
  }

  /// Spreads 0...255 over `black...white`.
  private mutating func remapLevels(black: Double, white: Double) {
    let levels = (0..<256).map { level in
      UInt8(black + (white - black) * Double(level) / 255 + 0.5)
    }
    let count = samples.count
    samples.withUnsafeMutableBufferPointer { samples in
      levels.withUnsafeBufferPointer { levels in
        for index in 0..<count { samples[index] = levels[Int(samples[index])] }
      }
    }
  }
}

extension PaperGeometry {
  static func scanned(_ draws: DegradationDraws, width: Int, height: Int) -> PaperGeometry {
    var geometry = draws.random("geometry")
    let slope = geometry.uniform(-0.012...0.012)  // 0.7 degrees
    let shift = (
      x: draws.pixels(inches: geometry.uniform(-0.02...0.02)),
      y: draws.pixels(inches: geometry.uniform(-0.02...0.02))
    )
    return .rotation(slope: slope, width: width, height: height, shift: shift)
  }
}
