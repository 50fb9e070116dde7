import Datasets
import Drawing
import PageImaging

/// A stretch of a page with its paper and its ink told apart.
struct PrintRegion {
  /// On the page.
  let box: PixelBox
  /// Over the box: how dark each pixel is between paper and ink.
  let plane: InkPlane
  /// One level a channel.
  let paper: [UInt8]
  let ink: [UInt8]
  /// Where the region has few colours, all of them: what is drawn must have no others.
  var palette: [[UInt8]]?

  /// Levels of luma between paper and ink below which nothing is told apart.
  private static let leastContrast = 60
  private static let mostPaletteColors = 12

  /// nil where there is no dark print on light paper.
  ///
  /// - Parameter core: where the levels of paper and ink are taken from, within `box`: the next cell
  ///   may be shaded.
  init?(_ image: PageImage, _ box: PixelBox, core: PixelBox) {
    self.box = box
    var lumas = [Int](repeating: 0, count: core.width * core.height)
    var histogram = [Int](repeating: 0, count: 256)
    for place in lumas.indices {
      let luma = image.luma(x: core.x + place % core.width, y: core.y + place / core.width)
      lumas[place] = luma
      histogram[luma] += 1
    }
    // Most of a stretch with print in it is paper; a window of levels, since scans have noise.
    let commonest = (0..<256).max { a, b in
      Self.window(histogram, a) < Self.window(histogram, b)
    }!
    guard commonest > 120 else { return nil }
    let dark = lumas.indices.filter { lumas[$0] < commonest - Self.leastContrast }
    guard dark.count >= 8 else { return nil }
    let darkest = dark.sorted { lumas[$0] < lumas[$1] }.prefix(max(4, dark.count / 3))
    let light = lumas.indices.filter { abs(lumas[$0] - commonest) <= 6 }
    func mean(_ places: some Collection<Int>) -> [UInt8] {
      (0..<image.channels).map { channel in
        let sum = places.reduce(0) { sum, place in
          sum
            + Int(
              image.level(
                x: core.x + place % core.width, y: core.y + place / core.width, channel))
        }
        return UInt8(sum / max(places.count, 1))
      }
    }
    paper = mean(light)
    ink = mean(darkest)
    let inkLuma = darkest.reduce(0) { $0 + lumas[$1] } / darkest.count
    let span = commonest - inkLuma
    guard span >= Self.leastContrast else { return nil }
    plane = InkPlane(
      width: box.width, height: box.height,
      coverage: (0..<box.width * box.height).map { place in
        let luma = image.luma(x: box.x + place % box.width, y: box.y + place / box.width)
        return UInt8(max(0, min(255, 255 * (commonest - luma) / span)))
      })
    palette = Self.palette(image, core)
  }

  private static func window(_ histogram: [Int], _ level: Int) -> Int {
    (max(0, level - 4)...min(255, level + 4)).reduce(0) { $0 + histogram[$1] }
  }

  private static func palette(_ image: PageImage, _ box: PixelBox) -> [[UInt8]]? {
    var colors: [[UInt8]] = []
    for y in box.y..<box.bottom {
      for x in box.x..<box.right {
        let color = image.color(x: x, y: y)
        if colors.contains(color) { continue }
        colors.append(color)
        if colors.count > mostPaletteColors { return nil }
      }
    }
    return colors
  }

  /// How much ink is on a pixel of the page, 0 outside the region.
  func coverage(x: Int, y: Int) -> UInt8 {
    guard box.contains(x: x, y: y) else { return 0 }
    return plane.coverage[(y - box.y) * box.width + x - box.x]
  }

  /// Above which a pixel belongs to the print.
  static let inked: UInt8 = 90

  /// The extent of the ink within a box of the page; nil where there is none.
  func inkBox(within limits: PixelBox) -> PixelBox? {
    var found: PixelBox?
    for y in limits.y..<limits.bottom {
      for x in limits.x..<limits.right where coverage(x: x, y: y) > Self.inked {
        let pixel = PixelBox(x: x, y: y, width: 1, height: 1)
        found = found?.union(pixel) ?? pixel
      }
    }
    return found
  }

  /// Whether nothing crosses the frame around a box, from 2 to 3 pixels outside it: no rule, no
  /// seal, no neighbour, and no letter that the box cuts.
  func isAlone(_ ink: PixelBox) -> Bool {
    var count = 0
    var dark = 0
    for y in ink.y - 3..<ink.bottom + 3 {
      for x in ink.x - 3..<ink.right + 3 {
        let isInner =
          x >= ink.x - 1 && x <= ink.right && y >= ink.y - 1 && y <= ink.bottom
        if isInner { continue }
        count += 1
        if coverage(x: x, y: y) > Self.inked { dark += 1 }
      }
    }
    // A speck of a scan is no rule.
    return dark * 200 <= count
  }

  /// Columns without ink between a box and what comes next to its right, on its own rows.
  func roomRight(of ink: PixelBox) -> Int {
    var x = ink.right
    while x < box.right, isClear(x, ink.y - 1..<ink.bottom + 1) { x += 1 }
    return x - ink.right
  }

  func roomLeft(of ink: PixelBox) -> Int {
    var x = ink.x
    while x > box.x, isClear(x - 1, ink.y - 1..<ink.bottom + 1) { x -= 1 }
    return ink.x - x
  }

  func isClear(_ x: Int, _ rows: Range<Int>) -> Bool {
    rows.allSatisfy { coverage(x: x, y: $0) <= Self.inked }
  }
}

extension PageImage {
  func level(x: Int, y: Int, _ channel: Int) -> UInt8 {
    samples[(y * width + x) * channels + channel]
  }

  func color(x: Int, y: Int) -> [UInt8] {
    let place = (y * width + x) * channels
    return Array(samples[place..<place + channels])
  }

  /// ITU-R BT.601.
  func luma(x: Int, y: Int) -> Int {
    let place = (y * width + x) * channels
    guard channels == 3 else { return Int(samples[place]) }
    return
      (77 * Int(samples[place]) + 150 * Int(samples[place + 1]) + 29 * Int(samples[place + 2])) >> 8
  }

  mutating func set(x: Int, y: Int, _ color: [UInt8]) {
    let place = (y * width + x) * channels
    for channel in 0..<channels { samples[place + channel] = color[channel] }
  }

  /// The same page with three channels.
  func inColor() -> PageImage {
    guard color == .grey else { return self }
    return PageImage(
      width: width, height: height, color: .rgb, samples: samples.flatMap { [$0, $0, $0] },
      dpi: dpi)
  }
}
