extension PageImage {
  /// Marks that paper gathers: soft stains, specks, and on every sixth page a faint round stamp in
  /// a corner. All are light enough that print under them stays readable.
  /// - Parameters: the most stains and specks a page gets.
  mutating func addMarks(_ draws: DegradationDraws, stains: Int, specks: Int) {
    var random = draws.random("marks")
    for _ in 0..<(random.uniform() < 0.35 ? stains : 0) {
      let stain = Mark(
        x: random.uniform() * Double(width), y: random.uniform() * Double(height),
        radiusX: draws.pixels(inches: random.uniform(0.15...0.5)),
        radiusY: draws.pixels(inches: random.uniform(0.15...0.5)),
        strength: random.uniform(0.06...0.16), color: .tea)
      darken(stain) { distance in 1 - distance * distance }
    }
    for _ in 0..<random.count(upTo: specks) {
      let radius = draws.pixels(inches: random.uniform(0.003...0.009))
      // Below half a pixel a speck is paler instead of smaller.
      let seen = max(radius, 0.5)
      let speck = Mark(
        x: random.uniform() * Double(width), y: random.uniform() * Double(height),
        radiusX: seen + 0.5, radiusY: seen + 0.5,
        strength: random.uniform(0.4...0.85) * (radius / seen) * (radius / seen), color: .ink)
      darken(speck) { distance in min(1, (1 - distance) * (seen + 0.5)) }
    }
    if random.uniform() < 1.0 / 6 { stamp(draws, &random) }
  }

  /// Two rings and three bars, red on a colour page.
  private mutating func stamp(_ draws: DegradationDraws, _ random: inout SeededRandom) {
    let radius = draws.pixels(inches: random.uniform(0.28...0.38))
    let margin = draws.pixels(inches: random.uniform(0.42...0.5))
    let mark = Mark(
      x: random.uniform() < 0.5 ? margin : Double(width) - margin,
      y: random.uniform() < 0.5 ? margin : Double(height) - margin,
      radiusX: radius, radiusY: radius, strength: random.uniform(0.18...0.32), color: .red)
    darken(mark) { distance in
      distance > 0.92 || (distance > 0.78 && distance < 0.82) ? 1 : 0
    }
    for line in -1...1 {
      let bar = Mark(
        x: mark.x, y: mark.y + Double(line) * 0.3 * radius, radiusX: 0.5 * radius,
        radiusY: 0.06 * radius, strength: mark.strength, color: .red)
      darken(bar) { distance in distance < 0.95 ? 1 : 0 }
    }
  }

  /// Darkens the ellipse of `mark` by its strength times `profile`, a function of the distance from
  /// its middle (0) to its rim (1).
  private mutating func darken(_ mark: Mark, profile: (Double) -> Double) {
    // A mark can lie beside a small page.
    func within(_ side: Int, _ middle: Double, _ radius: Double) -> Range<Int> {
      let start = min(max(0, Int(middle - radius)), side)
      return start..<max(start, min(side, Int(middle + radius) + 1))
    }
    let rows = within(height, mark.y, mark.radiusY)
    let columns = within(width, mark.x, mark.radiusX)
    let weights = color == .rgb ? mark.color.rgb : [mark.color.grey]
    let (width, channels) = (width, channels)
    for row in rows {
      let y = (Double(row) + 0.5 - mark.y) / mark.radiusY
      for column in columns {
        let x = (Double(column) + 0.5 - mark.x) / mark.radiusX
        let square = x * x + y * y
        guard square < 1 else { continue }
        let strength = mark.strength * profile(square.squareRoot())
        for channel in 0..<channels {
          let index = (row * width + column) * channels + channel
          samples[index] = UInt8(
            Double(samples[index]) * (1 - strength * weights[channel]) + 0.5)
        }
      }
    }
  }
}

private struct Mark {
  let x, y: Double
  let radiusX, radiusY: Double
  /// 1 takes all light.
  let strength: Double
  let color: Color

  /// How much of its strength a mark takes from each channel.
  struct Color {
    let rgb: [Double]
    let grey: Double

    static let ink = Color(rgb: [1, 1, 1], grey: 1)
    static let tea = Color(rgb: [0.5, 0.9, 1.4], grey: 0.85)
    static let red = Color(rgb: [0.15, 1, 0.95], grey: 0.75)
  }
}
