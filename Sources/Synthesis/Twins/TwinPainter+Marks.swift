import Datasets
import Drawing
import Foundation
import PageImaging

extension TwinPainter {
  /// Presses a red stamp over a value, so that its frame or its letters cross the print and leave it
  /// readable to a person.
  ///
  /// - Returns: what was touched; nil where the page has no room.
  mutating func stamp(_ box: PixelBox, random: inout SeededRandom) -> PixelBox? {
    guard let (_, ink) = region(around: box) else { return nil }
    let pixels = typesetter.dpi / 25.4
    // A stamp a little taller than the line, up to what an office uses.
    let side = min(18, max(8, Double(ink.height) / pixels * 3.2))
    let text = ["사본", "확인", "대조필", "접수", "원본대조"].randomElement(using: &random)!
    let seal = Seal(
      text.count == 3 ? .round : .square, text: text, size: side,
      degrees: random.uniform(-12...12), opacity: 0.85)
    let x = Double(ink.x) + Double(ink.width) * random.uniform(0.25...0.75)
    let y = Double(ink.y) + Double(ink.height) * random.uniform(0.3...0.7)
    let half = Int((side * 0.78 * pixels).rounded(.up))
    guard
      let area = PixelBox(x: Int(x) - half, y: Int(y) - half, width: 2 * half, height: 2 * half)
        .grown(0, 0, within: image.width, image.height), area.width == 2 * half,
      area.height == 2 * half
    else { return nil }
    let canvas = Canvas(
      size: PageSize(width: Double(area.width) / pixels, height: Double(area.height) / pixels),
      dpi: typesetter.dpi)
    guard
      (try? canvas.press(
        seal, x: (x - Double(area.x)) / pixels, y: (y - Double(area.y)) / pixels,
        with: typesetter)) != nil
    else { return nil }
    multiply(canvas.colors(), width: canvas.width, at: area)
    return area
  }

  /// Crosses a value out and writes another beside it: to the right where the page has room there,
  /// else above or below, smaller, as a pen would.
  ///
  /// - Returns: what was touched; nil where there is no room or the correction cannot be drawn.
  mutating func strike(
    _ value: String, in box: PixelBox, correction: String, random: inout SeededRandom
  ) -> PixelBox? {
    guard let (region, ink) = region(around: box) else { return nil }
    let face = Typeface(FontFamily.handwriting.randomElement(using: &random)!)
    guard let (set, place) = placing(correction, face, beside: ink, region),
      let written = set.ink
    else { return nil }
    let pixels = typesetter.dpi / 25.4
    let pen = image.color == .rgb ? Ink.pen.levels : [25]
    // The line: nearly level, from before the value to behind it.
    let reach = Double(ink.height) * 0.18
    let middle = Double(ink.y) + Double(ink.height) * random.uniform(0.46...0.56)
    let tilt = Double(ink.height) * random.uniform(-0.1...0.1)
    guard
      let area = ink.grown(Int(reach) + 3, 3, within: image.width, image.height)
    else { return nil }
    let canvas = Canvas(
      size: PageSize(width: Double(area.width) / pixels, height: Double(area.height) / pixels),
      dpi: typesetter.dpi)
    let weight = max(0.9, Double(ink.height) / pixels * 0.28)
    canvas.polyline(
      [
        (Double(ink.x) - reach - Double(area.x), middle - tilt - Double(area.y)),
        (Double(ink.x + ink.width / 2 - area.x), middle + tilt * 0.4 - Double(area.y)),
        (Double(ink.right) + reach - Double(area.x), middle + tilt - Double(area.y)),
      ].map { ($0.0 / pixels, $0.1 / pixels) }, weight: weight, .black)
    let left = Int((place.x + written.x * pixels).rounded(.down)) - 2
    let top = Int((place.baseline + written.y * pixels).rounded(.down)) - 2
    let target = PixelBox(
      x: left, y: top, width: Int((written.width * pixels).rounded(.up)) + 4,
      height: Int((written.height * pixels).rounded(.up)) + 4)
    guard target.grown(0, 0, within: image.width, image.height) == target else { return nil }
    paint(canvas.inkPlane(area.width, area.height), at: area, region.freely, ink: pen)
    let plane = typesetter.inked(
      set, width: target.width, height: target.height, x: place.x - Double(target.x),
      baseline: place.baseline - Double(target.y))
    paint(plane, at: target, region.freely, ink: pen)
    return area.union(target)
  }

  /// The largest setting of a correction that finds paper without ink beside a value.
  private func placing(
    _ text: String, _ face: Typeface, beside ink: PixelBox, _ region: PrintRegion
  ) -> (SetText, (x: Double, baseline: Double))? {
    let pixels = typesetter.dpi / 25.4
    let gap = max(3, ink.height / 8)
    guard
      let unit = try? typesetter.set(
        text, TextStyle(face, fallbacks: Typesetter.matchFallbacks, size: 20)),
      let unitInk = unit.ink
    else { return nil }
    for share in [1.05, 0.9, 0.75, 0.62] {
      let style = unit.style.sized(
        20 * Double(ink.height) * share / (unitInk.height * pixels))
      guard let set = try? typesetter.set(text, style), let drawn = set.ink else { continue }
      let width = Int((drawn.width * pixels).rounded(.up))
      let height = Int((drawn.height * pixels).rounded(.up))
      let corners = [
        (ink.right + 2 * gap, ink.bottom - height),
        (ink.x + ink.width / 6, ink.y - gap - height),
        (ink.x + ink.width / 6, ink.bottom + gap),
      ]
      for (x, y) in corners {
        let area = PixelBox(x: x - gap, y: y - 2, width: width + 2 * gap, height: height + 4)
        guard region.isEmptyPaper(area) else { continue }
        return (
          set,
          (Double(x) - drawn.x * pixels, Double(y) - drawn.y * pixels)
        )
      }
    }
    return nil
  }

  /// Rubs a value out into a smear that looks like writing gone soft, and that knows nothing of what
  /// stood there but its place and size.
  ///
  /// - Returns: what was touched; nil where something crosses the box's edge.
  mutating func smear(_ box: PixelBox, random: inout SeededRandom) -> PixelBox? {
    guard let (region, ink) = region(around: box), let area = erase(box) else { return nil }
    // Strokes by lot, then softened until none can be told from the next.
    var plane = InkPlane(width: area.width, height: area.height)
    let stroke = max(2, ink.height / 9)
    var x = 0
    while x < ink.width {
      let top = Int.random(in: 0...ink.height / 3, using: &random)
      let bottom = ink.height - Int.random(in: 0...ink.height / 3, using: &random)
      let level = UInt8.random(in: 150...255, using: &random)
      for y in top..<bottom {
        for dx in 0..<stroke where x + dx < ink.width {
          let place =
            (y + ink.y - area.y) * area.width + x + dx + ink.x - area.x
          if plane.coverage.indices.contains(place) { plane.coverage[place] = level }
        }
      }
      x += stroke + Int.random(in: stroke...3 * stroke, using: &random)
    }
    plane = plane.softened(passes: max(6, ink.height * ink.height / 60))
    paint(plane, at: area, region.freely)
    return area
  }

  /// As translucent ink does: each level of the page times that of the mark.
  private mutating func multiply(_ colors: [[UInt8]], width: Int, at area: PixelBox) {
    if image.color == .grey { takeColor() }
    for y in 0..<min(area.height, colors.count / width) {
      for x in 0..<min(area.width, width) {
        let mark = colors[y * width + x]
        guard mark != [255, 255, 255] else { continue }
        let under = image.color(x: area.x + x, y: area.y + y)
        let mixed = zip(under, mark).map { UInt8(Int($0) * Int($1) / 255) }
        setPixel(x: area.x + x, y: area.y + y, mixed)
      }
    }
  }
}

extension PrintRegion {
  /// The same without the rule that a page of few colours stays one.
  var freely: PrintRegion {
    var copy = self
    copy.palette = nil
    return copy
  }

  /// Whether a stretch lies within the region and holds nothing.
  func isEmptyPaper(_ area: PixelBox) -> Bool {
    guard area.x >= box.x, area.y >= box.y, area.right <= box.right, area.bottom <= box.bottom
    else { return false }
    for y in area.y..<area.bottom {
      for x in area.x..<area.right where coverage(x: x, y: y) > 24 { return false }
    }
    return true
  }
}

extension Ink {
  /// 8 bits a channel.
  var levels: [UInt8] { [red, green, blue].map { UInt8(($0 * 255).rounded()) } }
}
