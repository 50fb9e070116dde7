import Drawing
import Foundation
import PageImaging

/// Ink that is no text: a reader must find nothing in it.
extension PracticeSheet {
  /// A band of pictures, with lines of text beside one or none.
  mutating func pictures(_ style: TextStyle) throws -> Bool {
    let size = random.uniform(9...22)
    guard y + size <= frame.bottom else { return false }
    let top = y
    var x = frame.x
    for _ in 0..<random.int(1...3) {
      let width = size * random.uniform(0.8...1.6)
      picture(PageRect(x: x, y: top, width: width, height: size))
      x += width + random.uniform(3...12)
    }
    let room = frame.right - x - 3
    if room > 40, random.chance(0.7) {
      let pitch = pitch(of: style)
      while y + pitch + 1 < top + size {
        let run = try fitted([Piece(text.line(room / em(style)))], style, room)
        guard try place([(x + 3, run)], style, pitch: pitch) else { break }
      }
    }
    y = max(y, top + size + 1)
    return true
  }

  private mutating func picture(_ rect: PageRect) {
    let ink = random.chance(0.3) ? Ink.seal : random.chance(0.3) ? .pen : .black
    switch random.int(0...6) {
    case 0: squares(rect, ink)
    case 1: bars(rect, ink)
    case 2, 3: scrawl(rect, ink)
    case 4: rings(rect, ink)
    case 5: emblem(rect, ink)
    default: hatching(rect, ink)
    }
  }

  /// As a QR code: modules by lot, and its three finders.
  private mutating func squares(_ rect: PageRect, _ ink: Ink) {
    let count = random.int(21...33)
    let side = min(rect.width, rect.height) / Double(count)
    var modules: [PageRect] = []
    for row in 0..<count {
      for column in 0..<count where random.chance(0.5) {
        let inFinder =
          (row < 8 && (column < 8 || column > count - 9)) || (row > count - 9 && column < 8)
        if inFinder { continue }
        modules.append(
          PageRect(
            x: rect.x + Double(column) * side, y: rect.y + Double(row) * side, width: side,
            height: side))
      }
    }
    page.canvas.fill(modules, ink)
    for (column, row) in [(0, 0), (count - 7, 0), (0, count - 7)] {
      let corner = PageRect(
        x: rect.x + Double(column) * side, y: rect.y + Double(row) * side, width: 7 * side,
        height: 7 * side)
      page.canvas.box(corner.inset(side / 2, side / 2), weight: side / 25.4 * 72, ink)
      page.canvas.fill(corner.inset(2 * side, 2 * side), ink)
    }
  }

  private mutating func bars(_ rect: PageRect, _ ink: Ink) {
    var bars: [PageRect] = []
    var x = rect.x
    while x < rect.right - 1.2 {
      let width = 0.25 * Double(random.int(1...4))
      bars.append(PageRect(x: x, y: rect.y, width: width, height: rect.height * 0.8))
      x += width + 0.25 * Double(random.int(1...4))
    }
    page.canvas.fill(bars, ink)
  }

  /// A signature, or what a child does to a form.
  private mutating func scrawl(_ rect: PageRect, _ ink: Ink) {
    for _ in 0..<random.int(1...3) {
      var points: [(x: Double, y: Double)] = []
      let turns = random.uniform(2...7)
      let phase = random.uniform(0...6.3)
      let (a, b) = (random.uniform(0.1...0.45), random.uniform(0.1...0.45))
      let drift = random.uniform(0.2...0.9)
      for step in 0...90 {
        let t = Double(step) / 90
        let angle = 2 * .pi * turns * t + phase
        let x = 0.5 + (t - 0.5) * drift + a * cos(angle) * (1 - drift)
        let y = 0.5 + b * sin(angle * 1.3) * (0.6 + 0.4 * cos(9 * t))
        points.append(
          (
            rect.x + rect.width * min(max(x, 0), 1), rect.y + rect.height * min(max(y, 0), 1)
          ))
      }
      page.canvas.polyline(points, weight: random.uniform(0.5...2), ink)
    }
  }

  private mutating func rings(_ rect: PageRect, _ ink: Ink) {
    let radius = min(rect.width, rect.height) / 2
    for _ in 0..<random.int(1...3) {
      page.canvas.circle(
        x: rect.midX, y: rect.midY, radius: radius * random.uniform(0.3...0.95),
        weight: random.uniform(0.5...4), ink)
    }
    let (flat, tilt) = (random.uniform(0.3...0.9), random.uniform(0...3.1))
    let ellipse = (0...48).map { step -> (x: Double, y: Double) in
      let angle = Double(step) / 48 * 2 * .pi
      let (u, v) = (cos(angle) * radius * 0.95, sin(angle) * radius * flat * 0.95)
      return (
        rect.midX + u * cos(tilt) - v * sin(tilt), rect.midY + u * sin(tilt) + v * cos(tilt)
      )
    }
    page.canvas.polyline(ellipse, weight: random.uniform(0.4...2), ink)
  }

  /// A hospital's emblem: a cross, a star or a many-sided thing in a disc.
  private mutating func emblem(_ rect: PageRect, _ ink: Ink) {
    let radius = min(rect.width, rect.height) / 2
    func star(_ points: Int, _ inner: Double, _ size: Double) -> [(x: Double, y: Double)] {
      (0..<2 * points).map { index in
        let angle = Double(index) * .pi / Double(points) - .pi / 2
        let reach = size * (index.isMultiple(of: 2) ? 1 : inner)
        return (rect.midX + reach * cos(angle), rect.midY + reach * sin(angle))
      }
    }
    let tint = random.chance(0.4) ? Ink.shade : ink
    page.canvas.fill(
      polygon: star(random.int(3...9), random.uniform(0.35...0.95), radius), tint)
    let (arm, reach) = (radius * 0.18, radius * 0.55)
    let white = random.chance(0.6) ? Ink.white : ink
    page.canvas.fill(
      PageRect(x: rect.midX - arm, y: rect.midY - reach, width: 2 * arm, height: 2 * reach), white)
    page.canvas.fill(
      PageRect(x: rect.midX - reach, y: rect.midY - arm, width: 2 * reach, height: 2 * arm), white)
  }

  private mutating func hatching(_ rect: PageRect, _ ink: Ink) {
    let pitch = random.uniform(0.6...2)
    let slant = random.uniform(-0.6...0.6) * rect.height
    var x = rect.x + max(0, -slant)
    while x + max(0, slant) < rect.right {
      page.canvas.rule(from: (x, rect.y), to: (x + slant, rect.bottom), weight: 0.4, ink)
      x += pitch
    }
    if random.chance(0.5) { page.canvas.box(rect, weight: 0.6, ink) }
  }
}
