/// Where each pixel of the degraded page lies on the paper: a projective map
/// x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1).
struct PaperGeometry {
  let a, b, c, d, e, f, g, h: Double

  /// Paper turned about its middle. `slope` is the tangent of the angle.
  static func rotation(
    slope: Double, width: Int, height: Int, shift: (x: Double, y: Double)
  ) -> PaperGeometry {
    let cosine = 1 / (1 + slope * slope).squareRoot()
    let sine = slope * cosine
    let (x, y) = (Double(width) / 2, Double(height) / 2)
    return PaperGeometry(
      a: cosine, b: sine, c: x - cosine * x - sine * y + shift.x,
      d: -sine, e: cosine, f: y + sine * x - cosine * y + shift.y, g: 0, h: 0)
  }

  /// Paper whose corners (clockwise from the top left) are seen at `corners`: Heckbert's map of the
  /// unit square to a quadrilateral, inverted by its adjugate.
  static func paper(
    atCorners corners: [(x: Double, y: Double)], width: Int, height: Int
  ) -> PaperGeometry {
    let (p0, p1, p2, p3) = (corners[0], corners[1], corners[2], corners[3])
    let dx1 = p1.x - p2.x
    let dx2 = p3.x - p2.x
    let dx3 = p0.x - p1.x + p2.x - p3.x
    let dy1 = p1.y - p2.y
    let dy2 = p3.y - p2.y
    let dy3 = p0.y - p1.y + p2.y - p3.y
    let area = dx1 * dy2 - dx2 * dy1
    let g = (dx3 * dy2 - dx2 * dy3) / area
    let h = (dx1 * dy3 - dx3 * dy1) / area
    let a = p1.x - p0.x + g * p1.x
    let b = p3.x - p0.x + h * p3.x
    let d = p1.y - p0.y + g * p1.y
    let e = p3.y - p0.y + h * p3.y
    let (c, f) = (p0.x, p0.y)
    let scale = a * e - b * d
    let (w, t) = (Double(width) / scale, Double(height) / scale)
    return PaperGeometry(
      a: (e - f * h) * w, b: (c * h - b) * w, c: (b * f - c * e) * w,
      d: (f * g - d) * t, e: (a - c * g) * t, f: (c * d - a * f) * t,
      g: (d * h - e * g) / scale, h: (b * g - a * h) / scale)
  }

  /// Whole numbers and fractions of a pixel, in 1/65536.
  func place(x: Double, y: Double) -> (x: Int, y: Int) {
    let depth = 65536 / (g * x + h * y + 1)
    return (
      x: Int(((a * x + b * y + c) * depth).rounded()),
      y: Int(((d * x + e * y + f) * depth).rounded())
    )
  }
}

/// What is seen beside the paper.
struct Background {
  let red, green, blue: UInt8

  /// A scanner's lid.
  static let white = Background(red: 255, green: 255, blue: 255)
  static let desk = Background(red: 112, green: 96, blue: 82)
}

extension PageImage {
  /// The page seen through `geometry`, by bilinear interpolation with weights of 1/256.
  func projected(_ geometry: PaperGeometry, background: Background) -> PageImage {
    let outside =
      color == .rgb
      ? [background.red, background.green, background.blue] : [background.green]
    let count = samples.count
    let seen = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      samples.withUnsafeBufferPointer { source in
        let paper = Paper(
          samples: source.baseAddress!, width: width, height: height, channels: channels,
          outside: outside)
        for row in 0..<height {
          paper.project(row, geometry, to: target.baseAddress! + row * width * channels)
        }
      }
      initialized = count
    }
    return PageImage(width: width, height: height, color: color, samples: seen, dpi: dpi)
  }
}

/// Samples to look up by place.
private struct Paper {
  let samples: UnsafePointer<UInt8>
  let width, height, channels: Int
  let outside: [UInt8]

  /// Pixels between two exact places; between them places lie on a line.
  static let stretch = 32

  func project(_ row: Int, _ geometry: PaperGeometry, to target: UnsafeMutablePointer<UInt8>) {
    let y = Double(row) + 0.5
    var start = 0
    while start < width {
      let end = min(start + Paper.stretch, width)
      let first = geometry.place(x: Double(start) + 0.5, y: y)
      let last = geometry.place(x: Double(start + Paper.stretch) + 0.5, y: y)
      // From centres of pixels to their corners.
      var x = (first.x - 32768) * Paper.stretch
      var y = (first.y - 32768) * Paper.stretch
      for column in start..<end {
        lookUp(x / Paper.stretch, y / Paper.stretch, target + column * channels)
        x += last.x - first.x
        y += last.y - first.y
      }
      start = end
    }
  }

  @inline(__always)
  private func lookUp(_ x: Int, _ y: Int, _ target: UnsafeMutablePointer<UInt8>) {
    let (column, row) = (x >> 16, y >> 16)
    let (across, down) = ((x >> 8) & 255, (y >> 8) & 255)
    if column >= 0, row >= 0, column < width - 1, row < height - 1 {
      let pixel = samples + (row * width + column) * channels
      for channel in 0..<channels {
        let upper =
          Int(pixel[channel]) * (256 - across) + Int(pixel[channel + channels]) * across
        let below = pixel + width * channels
        let lower =
          Int(below[channel]) * (256 - across) + Int(below[channel + channels]) * across
        target[channel] = UInt8(
          truncatingIfNeeded: (upper * (256 - down) + lower * down + 32768) >> 16)
      }
    } else {
      for channel in 0..<channels {
        let upper =
          sample(column, row, channel) * (256 - across) + sample(column + 1, row, channel) * across
        let lower =
          sample(column, row + 1, channel) * (256 - across)
          + sample(column + 1, row + 1, channel) * across
        target[channel] = UInt8(
          truncatingIfNeeded: (upper * (256 - down) + lower * down + 32768) >> 16)
      }
    }
  }

  private func sample(_ column: Int, _ row: Int, _ channel: Int) -> Int {
    guard column >= 0, row >= 0, column < width, row < height else { return Int(outside[channel]) }
    return Int(samples[(row * width + column) * channels + channel])
  }
}
