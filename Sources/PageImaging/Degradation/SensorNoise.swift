extension PageImage {
  /// Adds noise of standard deviation `sigma` levels, grain by grain.
  ///
  /// A grain is 1/`grainDPI` inch: below that DPI a pixel averages several and is calmer, above it
  /// several pixels share one. The bell is the sum of four uniform bytes (Irwin-Hall).
  mutating func addNoise(
    sigma: Double, _ draws: DegradationDraws, grainDPI: Double = 300, stream: String = "noise"
  ) {
    var random = draws.random(stream)
    let scale = draws.dpi / grainDPI
    // Not below a third: electronics are noisy too.
    let amplitude = Int32(sigma * max(0.33, min(1, scale)) * 65536 / 147.8)
    scale > 1
      ? addCoarse(amplitude, pixelsPerGrain: scale, &random) : addFine(amplitude, &random)
  }

  private mutating func addFine(_ amplitude: Int32, _ random: inout SeededRandom) {
    let count = samples.count
    samples.withUnsafeMutableBufferPointer { samples in
      for index in stride(from: 0, to: count - 1, by: 2) {
        let (first, second) = random.noisePair()
        samples[index] = noisy(samples[index], first, amplitude)
        samples[index + 1] = noisy(samples[index + 1], second, amplitude)
      }
      if !count.isMultiple(of: 2) {
        samples[count - 1] = noisy(samples[count - 1], random.noisePair().0, amplitude)
      }
    }
  }

  /// Grains on a grid, interpolated linearly between.
  private mutating func addCoarse(
    _ amplitude: Int32, pixelsPerGrain: Double, _ random: inout SeededRandom
  ) {
    let rowSamples = width * channels
    let grains = Int(Double(width) / pixelsPerGrain) + 2
    // Place of each column on the grid, in 1/256 of a grain.
    let places = (0..<width).map { Int(Double($0) / pixelsPerGrain * 256) }
    func line() -> [Int32] {
      let grid = (0..<(grains * channels + 1) / 2).flatMap { _ in
        let pair = random.noisePair()
        return [pair.0, pair.1]
      }
      var line = [Int32](repeating: 0, count: rowSamples)
      for column in 0..<width {
        let grain = places[column] >> 8 * channels
        let fraction = Int32(places[column] & 255)
        for channel in 0..<channels {
          let left = grid[grain + channel]
          let right = grid[grain + channels + channel]
          line[column * channels + channel] = (left * (256 - fraction) + right * fraction) >> 8
        }
      }
      return line
    }

    var upper = line()
    var lower = line()
    var gridRow = 0
    for row in 0..<height {
      let place = Int(Double(row) / pixelsPerGrain * 256)
      while gridRow < place >> 8 {
        upper = lower
        lower = line()
        gridRow += 1
      }
      let fraction = Int32(place & 255)
      samples.withUnsafeMutableBufferPointer { samples in
        for index in 0..<rowSamples {
          let noise = (upper[index] * (256 - fraction) + lower[index] * fraction) >> 8
          let sample = row * rowSamples + index
          samples[sample] = noisy(samples[sample], noise, amplitude)
        }
      }
    }
  }
}

@inline(__always)
private func noisy(_ sample: UInt8, _ noise: Int32, _ amplitude: Int32) -> UInt8 {
  UInt8(clamping: Int32(sample) + (noise * amplitude + 32768) >> 16)
}

extension SeededRandom {
  /// Two sums of four bytes less their mean: standard deviation 147.8, within ±510.
  @inline(__always)
  fileprivate mutating func noisePair() -> (Int32, Int32) {
    let bytes = next()
    // Neighbouring bytes are added pairwise in 16-bit lanes, then the lanes.
    let lanes = bytes & 0x00ff_00ff_00ff_00ff &+ (bytes >> 8) & 0x00ff_00ff_00ff_00ff
    let sums = lanes &+ lanes >> 16
    return (
      Int32(truncatingIfNeeded: sums & 0x3ff) - 510,
      Int32(truncatingIfNeeded: (sums >> 32) & 0x3ff) - 510
    )
  }
}
