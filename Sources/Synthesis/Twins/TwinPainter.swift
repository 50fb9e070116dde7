import Datasets
import Drawing
import PageImaging

/// Edits a page's picture so that what is new looks like the print beside it.
struct TwinPainter {
  private(set) var image: PageImage
  let typesetter: Typesetter
  private var random: SeededRandom
  /// Faces that this page was found to be set in, the last one first.
  private var known: [Typeface] = []

  /// Below this the print is in no face known here, and a drawing would stand out.
  static let leastOverlap = 0.55
  /// From here on another face is not looked for.
  private static let sureOverlap = 0.82

  init(_ image: PageImage, typesetter: Typesetter, random: SeededRandom) {
    self.image = image
    self.typesetter = typesetter
    self.random = random
  }

  // MARK: Print

  /// A line of print found on the page, with the face it is set in.
  struct Print {
    var text: String
    var region: PrintRegion
    /// Its ink, on the page.
    var ink: PixelBox
    var match: PrintMatch
    /// x on the page of each code point's start, one more than there are.
    var edges: [Double]
    /// On the page.
    var baseline: Double
  }

  /// The ink of a field or line with some room around it; nil where its box holds no ink or
  /// something else crosses the box's edge.
  func region(around box: PixelBox) -> (region: PrintRegion, ink: PixelBox)? {
    guard box.width > 0, box.height > 3,
      let inner = box.grown(2, 2, within: image.width, image.height),
      let core = box.grown(4, 4, within: image.width, image.height),
      let outer = box.grown(
        min(2 * box.height, 400), min(box.height, 200), within: image.width, image.height),
      let region = PrintRegion(image, outer, core: core), let ink = region.inkBox(within: inner),
      ink.height > 3, region.isAlone(ink)
    else { return nil }
    return (region, ink)
  }

  /// - Parameter text: one line, all that stands in the box.
  mutating func print(_ text: String, in box: PixelBox) -> Print? {
    guard let (region, ink) = region(around: box),
      let around = ink.grown(4, 4, within: image.width, image.height)
    else { return nil }
    var plane = InkPlane(width: around.width, height: around.height)
    for y in 0..<around.height {
      for x in 0..<around.width {
        plane.coverage[y * around.width + x] = region.coverage(x: around.x + x, y: around.y + y)
      }
    }
    let place = (x: ink.x - around.x, y: ink.y - around.y, width: ink.width, height: ink.height)
    let likely = typesetter.match(text, to: plane, box: place, faces: known)
      .flatMap { $0.overlap < Self.sureOverlap ? nil : $0 }
    guard let match = likely ?? typesetter.match(text, to: plane, box: place),
      match.overlap >= Self.leastOverlap,
      let set = try? typesetter.set(text, match.style)
    else { return nil }
    known.removeAll { $0 == match.style.face }
    known.insert(match.style.face, at: 0)
    known = Array(known.prefix(3))
    let start = match.x + Double(around.x)
    let pixels = typesetter.dpi / 25.4
    return Print(
      text: text, region: region, ink: ink, match: match,
      edges: set.edges.map { start + $0 * pixels }, baseline: match.baseline + Double(around.y))
  }

  // MARK: Replacing

  /// Draws `new` for a stretch of a print's text, at its place, size, baseline and ink.
  ///
  /// - Parameter stretch: code points of the print's text; whole words where not all of it.
  /// - Returns: what was touched; nil, and nothing is, where the new text has no room.
  mutating func replace(_ stretch: Range<Int>, of print: Print, with new: String) -> PixelBox? {
    guard let slot = slot(stretch, of: print),
      let (set, x) = fitting(new, into: slot, from: print.edges[stretch.lowerBound], print),
      let ink = set.ink
    else { return nil }
    let pixels = typesetter.dpi / 25.4
    let softness = print.match.softness
    let drawn = PixelBox(
      x: Int((x + ink.x * pixels).rounded(.down)) - 2 - softness,
      y: Int((print.baseline + ink.y * pixels).rounded(.down)) - 2 - softness,
      width: Int((ink.width * pixels).rounded(.up)) + 4 + 2 * softness,
      height: Int((ink.height * pixels).rounded(.up)) + 4 + 2 * softness)
    guard let target = drawn.grown(0, 0, within: image.width, image.height), target == drawn else {
      return nil
    }
    erase(slot.ink, print.region)
    var plane = typesetter.inked(
      set, width: target.width, height: target.height, x: x - Double(target.x),
      baseline: print.baseline - Double(target.y))
    plane = plane.softened(passes: softness)
    paint(plane, at: target, print.region)
    return slot.ink.union(target)
  }

  /// Columns of the page that a stretch has to itself.
  private struct Slot {
    /// What is erased.
    var ink: PixelBox
    /// How far new ink may reach.
    var left: Double
    var right: Double
  }

  private func slot(_ stretch: Range<Int>, of print: Print) -> Slot? {
    let gap = Double(print.ink.height) * 0.3
    let isFirst = stretch.lowerBound == 0
    let isLast = stretch.upperBound == print.edges.count - 1
    let halo = 2 + print.match.softness
    guard let rows = print.ink.grown(halo, halo, within: image.width, image.height) else {
      return nil
    }
    var (left, right) = (rows.x, rows.right)
    if !isFirst {
      guard let clear = clearColumn(near: print.edges[stretch.lowerBound], print, gap) else {
        return nil
      }
      left = clear
    }
    if !isLast {
      guard let clear = clearColumn(near: print.edges[stretch.upperBound], print, gap) else {
        return nil
      }
      right = clear + 1
    }
    guard right > left else { return nil }
    let room = 0.35 * Double(print.ink.height)
    let spareLeft = isFirst ? max(0, Double(print.region.roomLeft(of: print.ink)) - room) : 0
    let spareRight = isLast ? max(0, Double(print.region.roomRight(of: print.ink)) - room) : 0
    return Slot(
      ink: PixelBox(x: left, y: rows.y, width: right - left, height: rows.height),
      left: (isFirst ? Double(print.ink.x) : Double(left)) - spareLeft,
      right: (isLast ? Double(print.ink.right) : Double(right)) + spareRight)
  }

  /// A column without ink between two letters.
  private func clearColumn(near x: Double, _ print: Print, _ reach: Double) -> Int? {
    let rows = print.ink.y..<print.ink.bottom
    let columns = Int(x - reach)...Int(x + reach)
    return columns.filter { print.region.isClear($0, rows) }
      .min { abs(Double($0) - x) < abs(Double($1) - x) }
  }

  /// The text set so that its ink stays in the slot, a little condensed if it must be.
  private func fitting(
    _ text: String, into slot: Slot, from start: Double, _ print: Print
  ) -> (SetText, x: Double)? {
    let pixels = typesetter.dpi / 25.4
    for squeeze in [1, 0.95, 0.9, 0.86] {
      var style = print.match.style
      style.condensed *= squeeze
      guard let set = try? typesetter.set(text, style), let ink = set.ink else { return nil }
      let (left, right) = (ink.x * pixels, (ink.x + ink.width) * pixels)
      guard right - left <= slot.right - slot.left + 0.5 else { continue }
      // Where it stood, else moved just so far that it fits.
      return (set, min(max(start, slot.left - left), slot.right - right))
    }
    return nil
  }

  // MARK: Taking out

  /// Makes paper of all ink in a box; nil where something crosses its edge.
  mutating func erase(_ box: PixelBox) -> PixelBox? {
    guard let (region, ink) = region(around: box),
      let area = ink.grown(3, 3, within: image.width, image.height)
    else { return nil }
    erase(area, region)
    return area
  }

  /// Paper as it is around the print, grain and all: where a page has more than one level of paper,
  /// each pixel takes one that was found near it.
  private mutating func erase(_ area: PixelBox, _ region: PrintRegion) {
    let free = grain(of: region)
    for y in area.y..<area.bottom {
      for x in area.x..<area.right where isTouched(x, y, region) {
        image.set(x: x, y: y, free.randomElement(using: &random) ?? region.paper)
      }
    }
  }

  private func isTouched(_ x: Int, _ y: Int, _ region: PrintRegion) -> Bool {
    for dy in -1...1 {
      for dx in -1...1 where region.coverage(x: x + dx, y: y + dy) > 24 { return true }
    }
    return false
  }

  /// Colours of pixels with no print near them; empty where the paper is one colour.
  private func grain(of region: PrintRegion) -> [[UInt8]] {
    guard region.palette == nil else { return [] }
    var colors: [[UInt8]] = []
    for y in stride(from: region.box.y, to: region.box.bottom, by: 2) {
      for x in stride(from: region.box.x, to: region.box.right, by: 3) {
        if !isTouched(x, y, region) { colors.append(image.color(x: x, y: y)) }
      }
    }
    return colors
  }

  // MARK: Laying on

  mutating func takeColor() { image = image.inColor() }

  mutating func setPixel(x: Int, y: Int, _ color: [UInt8]) { image.set(x: x, y: y, color) }

  /// Lays ink on the page; a page of few colours stays one.
  mutating func paint(
    _ plane: InkPlane, at box: PixelBox, _ region: PrintRegion, ink: [UInt8]? = nil
  ) {
    let ink = ink ?? region.ink
    for y in 0..<plane.height {
      for x in 0..<plane.width {
        let coverage = Int(plane.coverage[y * plane.width + x])
        guard coverage > 0 else { continue }
        let under = image.color(x: box.x + x, y: box.y + y)
        var color = under.indices.map { channel in
          UInt8((Int(under[channel]) * (255 - coverage) + Int(ink[channel]) * coverage) / 255)
        }
        if let palette = region.palette { color = Self.nearest(to: color, in: palette) }
        image.set(x: box.x + x, y: box.y + y, color)
      }
    }
  }

  private static func nearest(to color: [UInt8], in palette: [[UInt8]]) -> [UInt8] {
    func distance(_ other: [UInt8]) -> Int {
      zip(color, other).reduce(0) { $0 + (Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1)) }
    }
    return palette.min { distance($0) < distance($1) } ?? color
  }
}
