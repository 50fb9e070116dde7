import Drawing
import PageImaging

/// Pieces set for one run, measured.
struct PracticeRun {
  var pieces: [Piece]
  var sets: [SetText]
  var width: Double { sets.reduce(0) { $0 + $1.width } }
  var top: Double { sets.compactMap { $0.ink?.y }.min() ?? 0 }
  var bottom: Double { sets.compactMap { $0.ink?.bottom }.max() ?? 0 }
}

/// Lines of runs, each as high as its ink needs.
extension PracticeSheet {
  /// As many of one piece's words as fit `width`, at least a character.
  func fitted(_ pieces: [Piece], _ style: TextStyle, _ width: Double) throws -> PracticeRun {
    var words = pieces[0].text.split(separator: " ")
    while true {
      let line = words.joined(separator: " ")
      let set = try page.typesetter.set(line, style)
      let share = width / set.width
      if share >= 1 || line.count == 1 {
        return PracticeRun(pieces: [Piece(line, pieces[0].tag)], sets: [set])
      }
      if words.count > 1 {
        words.removeLast(max(1, Int((1 - share) * Double(words.count))))
      } else {
        words[0] = words[0].prefix(
          max(1, min(words[0].count - 1, Int(share * 10) * words[0].count / 10)))
      }
    }
  }

  /// All of the pieces, the letters shrunk and narrowed for it: no dose may lose its digits.
  func squeezed(_ pieces: [Piece], _ style: TextStyle, _ width: Double) throws -> PracticeRun {
    var style = style
    while true {
      let sets = try pieces.map { try page.typesetter.set($0.text, style) }
      let run = PracticeRun(pieces: pieces, sets: sets)
      if run.width <= width { return run }
      if style.size > 7 {
        style.size = max(7, style.size * max(0.8, width / run.width))
      } else if style.condensed > 0.7 {
        style.condensed -= 0.05
      } else {
        throw LayoutError(defect: .tooWide, line: 0)
      }
    }
  }

  /// One line of the transcript.
  /// - Returns: false, with nothing placed, where the page has no room for it.
  mutating func place(
    _ runs: [(x: Double, run: PracticeRun)], _ style: TextStyle, pitch: Double
  ) throws -> Bool {
    let top = runs.map(\.run.top).min() ?? 0
    let bottom = runs.map(\.run.bottom).max() ?? 0
    let baseline = y - top
    guard baseline + bottom <= frame.bottom else { return false }
    for (x, run) in runs {
      page.put(run.sets, of: run.pieces, x: x, baseline: baseline)
      decorate(PageRect(x: x, y: y, width: run.width, height: bottom - top), style)
    }
    page.endLine()
    y += max(pitch, bottom - top + leastGap)
    return true
  }

  /// Now and then a rule under a run or a box about it.
  private mutating func decorate(_ rect: PageRect, _ style: TextStyle) {
    guard random.chance(0.05) else { return }
    let weight = random.pick([0.3, 0.5, 0.8])
    let below = rect.bottom + random.uniform(0.05...leastGap * 0.6)
    if random.chance(0.7) {
      page.canvas.rule(
        from: (rect.x, below), to: (rect.right, below), weight: weight, style.ink,
        dash: random.chance(0.2) ? [0.6, 0.6] : [])
    } else {
      page.canvas.box(
        rect.inset(-random.uniform(0.4...0.7), -leastGap * 0.4), weight: weight, style.ink)
    }
  }
}
