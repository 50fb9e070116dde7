extension PageImage {
  /// A telephone's camera held over a page on a desk.
  func photographed(_ draws: DegradationDraws) -> PageImage {
    var page = self
    page.addMarks(draws, stains: 1, specks: 2)

    page = page.projected(
      .photographed(draws, width: width, height: height), background: .desk)

    var optics = draws.random("optics")
    page = page.blurred(sigma: draws.pixels(inches: optics.uniform(0.0026...0.0036)))

    var light = draws.random("light")
    var planes = ColorPlanes(page, lit: CameraLight(&light))
    planes.addNoise(sigma: optics.uniform(4...7), draws)
    planes.compress(quality: 62 + optics.count(upTo: 18))
    return planes.page
  }
}

extension PaperGeometry {
  static func photographed(_ draws: DegradationDraws, width: Int, height: Int) -> PaperGeometry {
    var geometry = draws.random("geometry")
    // Corners of the paper, drawn in by up to 2.5 % of each side, so that all of it is seen.
    func corner(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
      let inX = geometry.uniform(0.003...0.025)
      let inY = geometry.uniform(0.003...0.025)
      return (
        x: Double(width) * (x == 0 ? inX : 1 - inX), y: Double(height) * (y == 0 ? inY : 1 - inY)
      )
    }
    let corners = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]
    return .paper(atCorners: corners, width: width, height: height)
  }
}

/// Light that falls unevenly and is not white.
struct CameraLight {
  /// Brightness at the four corners, top left, top right, bottom right, bottom left.
  let corners: [Double]
  /// Of red, green and blue.
  let gains: [Double]

  init(_ random: inout SeededRandom) {
    corners = (0..<4).map { _ in random.uniform(0.68...1) }
    let warmth = random.uniform(-0.07...0.1)
    gains = [1 - max(0, -warmth), 0.98, 1 - max(0, warmth)]
  }

  /// At a place of the page, 0...1 across and down, in 1/2^40: fine enough for a step a pixel.
  func level(x: Double, y: Double) -> Int {
    let top = corners[0] * (1 - x) + corners[1] * x
    let bottom = corners[3] * (1 - x) + corners[2] * x
    return Int((top * (1 - y) + bottom * y) * 0x1p40)
  }
}
