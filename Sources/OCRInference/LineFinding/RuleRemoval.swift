/// Takes ruled lines and boxes off a page: long thin runs of ink, level or upright. Strokes that cross them stay.
struct RuleRemoval {
  let dpi: Int
  /// Strokes of print are shorter; level ones of neighbouring letters of a title can touch.
  private func shortest(across: Bool) -> Int { max(12, dpi * (across ? 75 : 45) / 100) }
  private var thickest: Int { max(2, dpi * 35 / 1000) }

  /// Clears rules from the mask and whitens them on the page.
  func clean(_ page: inout GreyPlane, _ ink: inout InkMap) {
    let source = traces(page, ink)
    let marks = runs(in: source, across: true) + runs(in: source, across: false)
    for run in marks { erase(run, source, &page, &ink) }
  }

  /// Where a rule may have left ink. At low resolution a rule is thinner than a pixel and where it falls between two rows
  /// it is too pale for ink.
  private func traces(_ page: GreyPlane, _ ink: InkMap) -> InkMap {
    guard dpi < 120 else { return ink }
    var traces = ink
    for i in page.levels.indices where page.levels[i] < 215 { traces.mask[i] = 1 }
    return traces
  }

  private struct Run {
    var across: Bool
    /// The row (or column) it lies in or next to, and where it begins and ends along it.
    var line: Int
    var range: Range<Int>
  }

  /// Runs that are too long for a stroke, gaps of two pixels passed over. Two rows are followed as one: a rule that still
  /// tilts a little goes over from one to the next.
  private func runs(in ink: InkMap, across: Bool) -> [Run] {
    let (lines, length) = across ? (ink.height, ink.width) : (ink.width, ink.height)
    let (lineStep, step) = across ? (ink.width, 1) : (1, ink.width)
    let shortest = shortest(across: across)
    var runs: [Run] = []
    ink.mask.withUnsafeBufferPointer { mask in
      for line in 0..<lines - 1 {
        var (start, gap, inked) = (-1, 0, 0)
        for i in 0...length {
          let at = line * lineStep + i * step
          if i < length, mask[at] | mask[at + lineStep] == 1 {
            if start < 0 { (start, inked) = (i, 0) }
            inked += 1
            gap = 0
          } else if start >= 0 {
            gap += 1
            guard gap > 2 || i == length else { continue }
            let end = i - gap + 1
            let run = Run(across: across, line: line, range: start..<end)
            if end - start >= shortest, inked * 10 >= (end - start) * 9, isThin(run, ink) {
              runs.append(run)
            }
            start = -1
          }
        }
      }
    }
    return runs
  }

  /// Whether most of the run is no thicker than a rule: words at low resolution are long runs too.
  private func isThin(_ run: Run, _ ink: InkMap) -> Bool {
    var (thin, inked) = (0, 0)
    for i in run.range {
      guard let across = extent(of: run, at: i, ink) else { continue }
      inked += 1
      if across.count <= thickest { thin += 1 }
    }
    return thin * 10 >= inked * 6
  }

  /// The ink that crosses the run's line at `i`, a little more than the thickest rule at most.
  private func extent(of run: Run, at i: Int, _ ink: InkMap) -> ClosedRange<Int>? {
    let lines = run.across ? ink.height : ink.width
    let (lineStep, step) = run.across ? (ink.width, 1) : (1, ink.width)
    return ink.mask.withUnsafeBufferPointer { mask in
      func isInk(_ line: Int) -> Bool { mask[line * lineStep + i * step] == 1 }
      guard let line = isInk(run.line) ? run.line : isInk(run.line + 1) ? run.line + 1 : nil else {
        return nil
      }
      var (first, last) = (line, line)
      while first > 0, line - first <= thickest, isInk(first - 1) { first -= 1 }
      while last + 1 < lines, last - line <= thickest, isInk(last + 1) { last += 1 }
      return first...last
    }
  }

  /// Whitens the run where it is thin; where it is thick a glyph crosses it and keeps its ink.
  private func erase(_ run: Run, _ source: InkMap, _ page: inout GreyPlane, _ ink: inout InkMap) {
    let lines = run.across ? ink.height : ink.width
    let (lineStep, step) = run.across ? (ink.width, 1) : (1, ink.width)
    for i in run.range {
      guard let across = extent(of: run, at: i, source), across.count <= thickest else { continue }
      // One pixel more on both sides: the rule's soft edge.
      for line in max(0, across.lowerBound - 1)...min(lines - 1, across.upperBound + 1) {
        ink.mask[line * lineStep + i * step] = 0
        page.levels[line * lineStep + i * step] = 255
      }
    }
  }
}
