import CPango

/// Ink on a rectangle of pixels: how much of each is covered, 0 paper to 255 ink.
public struct InkPlane: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// `[height, width]`
  public var coverage: [UInt8]

  public init(width: Int, height: Int, coverage: [UInt8]? = nil) {
    precondition(width > 0 && height > 0)
    self.width = width
    self.height = height
    self.coverage = coverage ?? [UInt8](repeating: 0, count: width * height)
    precondition(self.coverage.count == width * height)
  }

  /// Σ min / Σ max over the pixels, with `other` moved by whole pixels: 1 where both are the same,
  /// 0 where no ink lies on ink.
  public func overlap(with other: InkPlane, movedBy dx: Int = 0, _ dy: Int = 0) -> Double {
    var both = 0
    var either = 0
    for y in 0..<height {
      for x in 0..<width {
        let mine = Int(coverage[y * width + x])
        let (ox, oy) = (x - dx, y - dy)
        let isInside = ox >= 0 && oy >= 0 && ox < other.width && oy < other.height
        let theirs = isInside ? Int(other.coverage[oy * other.width + ox]) : 0
        both += min(mine, theirs)
        either += max(mine, theirs)
      }
    }
    return either == 0 ? 0 : Double(both) / Double(either)
  }

  /// Softened by a binomial filter (1 2 1) across and down, `passes` times, as a scanner's lens does.
  public func softened(passes: Int) -> InkPlane {
    var plane = self
    for _ in 0..<passes { plane = plane.softenedOnce() }
    return plane
  }

  private func softenedOnce() -> InkPlane {
    func filtered(_ source: [UInt8], step: Int, isInside: (Int, Int) -> Bool) -> [UInt8] {
      (0..<source.count).map { place in
        let before = isInside(place, -1) ? Int(source[place - step]) : 0
        let after = isInside(place, 1) ? Int(source[place + step]) : 0
        return UInt8((before + 2 * Int(source[place]) + after + 2) / 4)
      }
    }
    let across = filtered(coverage, step: 1) { place, way in
      (0..<width).contains(place % width + way)
    }
    let down = filtered(across, step: width) { place, way in
      (0..<height).contains(place / width + way)
    }
    return InkPlane(width: width, height: height, coverage: down)
  }
}

extension Typesetter {
  /// A set line drawn alone, in black.
  ///
  /// - Parameters:
  ///   - x: of the text's start, in pixels of the plane.
  ///   - baseline: in pixels from the plane's top.
  public func inked(
    _ text: SetText, width: Int, height: Int, x: Double, baseline: Double
  ) -> InkPlane {
    let perPixel = 25.4 / dpi
    let canvas = Canvas(
      size: PageSize(width: Double(width) * perPixel, height: Double(height) * perPixel), dpi: dpi)
    var black = text
    black.style.ink = .black
    canvas.draw(black, x: x * perPixel, baseline: baseline * perPixel)
    return canvas.inkPlane(width, height)
  }
}

extension Canvas {
  /// What was drawn in black, as ink.
  public func inkPlane(_ width: Int, _ height: Int) -> InkPlane {
    var plane = InkPlane(width: width, height: height)
    withPixels { pixels, stride in
      for y in 0..<min(height, self.height) {
        for x in 0..<min(width, self.width) {
          plane.coverage[y * width + x] = 255 - pixels[y * stride + 4 * x + 1]
        }
      }
    }
    return plane
  }

  /// `[height, width]`, each red, green and blue.
  public func colors() -> [[UInt8]] {
    withPixels { pixels, stride in
      (0..<width * height).map { place in
        let pixel = pixels + place / width * stride + 4 * (place % width)
        return [pixel[2], pixel[1], pixel[0]]
      }
    }
  }
}
