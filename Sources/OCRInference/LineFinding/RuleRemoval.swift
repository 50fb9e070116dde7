/// Takes ruled lines and boxes off a page: long thin runs of ink, level or upright. Strokes that cross them stay.
struct RuleRemoval {
  let dpi: Int
  /// Strokes of print are shorter; level ones of neighbouring letters of a title can touch.
  private func shortest(across: Bool) -> Int { max(12, dpi * (across ? 75 : 45) / 100) }
  private var thickest: Int { max(2, dpi * 35 / 1000) }

  /// Clears rules from the mask and whitens them on the page.
  func clean(_ page: inout GreyPlane, _ ink: inout InkMap) {
    let marks = runs(in: ink, across: true) + runs(in: ink, across: false)
    let source = ink.mask
    for run in marks { erase(run, source, &page, &ink) }
  }

  private struct Run {
    var across: Bool
    /// The row (or column) it lies in, and where it begins and ends along it.
    var line: Int
    var range: Range<Int>
  }

  /// Runs that are too long for a stroke, gaps of two pixels passed over.
  private func runs(in ink: InkMap, across: Bool) -> [Run] {
    let (lines, length) = across ? (ink.height, ink.width) : (ink.width, ink.height)
    let (lineStep, step) = across ? (ink.width, 1) : (1, ink.width)
    var runs: [Run] = []
    ink.mask.withUnsafeBufferPointer { mask in
      for line in 0..<lines {
        var (start, gap, inked) = (-1, 0, 0)
        for i in 0...length {
          if i < length, mask[line * lineStep + i * step] == 1 {
            if start < 0 { (start, inked) = (i, 0) }
            inked += 1
            gap = 0
          } else if start >= 0 {
            gap += 1
            guard gap > 2 || i == length else { continue }
            let end = i - gap + 1
            if end - start >= shortest(across: across), inked * 10 >= (end - start) * 9 {
              runs.append(Run(across: across, line: line, range: start..<end))
            }
            start = -1
          }
        }
      }
    }
    return runs
  }

  /// Whitens the run where it is thin; where it is thick a glyph crosses it and keeps its ink.
  private func erase(_ run: Run, _ mask: [UInt8], _ page: inout GreyPlane, _ ink: inout InkMap) {
    let lines = run.across ? ink.height : ink.width
    let (lineStep, step) = run.across ? (ink.width, 1) : (1, ink.width)
    for i in run.range {
      var (first, last) = (run.line, run.line)
      while first > 0, run.line - first <= thickest, mask[(first - 1) * lineStep + i * step] == 1 {
        first -= 1
      }
      while last + 1 < lines, last - run.line <= thickest,
        mask[(last + 1) * lineStep + i * step] == 1
      {
        last += 1
      }
      guard last - first + 1 <= thickest else { continue }
      // One pixel more on both sides: the rule's soft edge.
      for line in max(0, first - 1)...min(lines - 1, last + 1) {
        ink.mask[line * lineStep + i * step] = 0
        page.levels[line * lineStep + i * step] = 255
      }
    }
  }
}
