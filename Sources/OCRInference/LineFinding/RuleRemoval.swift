import Synchronization

/// Takes ruled lines and boxes off a page: long thin runs of ink, level or upright. Strokes that cross them stay.
struct RuleRemoval {
  let dpi: Int
  var threads = 1
  /// Strokes of print are shorter; level ones of neighbouring letters of a title can touch.
  private func shortest(across: Bool) -> Int { max(12, dpi * (across ? 75 : 45) / 100) }
  private var thickest: Int { max(2, dpi * 35 / 1000) }

  /// Clears rules from the mask and whitens them on the page.
  func clean(_ page: inout GreyPlane, _ ink: inout InkMap) {
    let source = traces(page, ink)
    let marks = runsAcross(in: source) + runsUpright(in: source)
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
  private func runsAcross(in ink: InkMap) -> [Run] {
    let width = ink.width
    let shortest = shortest(across: true)
    return gathered(of: ink.height - 1, in: ink) { rows, mask, found in
      for row in rows {
        let (upper, lower) = (row * width, (row + 1) * width)
        var run = OpenRun()
        var x = 0
        while x < width {
          if run.start < 0 {
            // Most of a page is paper.
            x = min(
              mask.firstInked(from: upper + x, to: lower) - upper,
              mask.firstInked(from: lower + x, to: lower + width) - lower)
            if x == width { break }
          }
          let isInk = mask[upper &+ x] | mask[lower &+ x] == 1
          if let range = run.step(isInk, at: x, shortest: shortest) {
            found.append(Run(across: true, line: row, range: range))
          }
          x &+= 1
        }
        if let range = run.closed(at: width, shortest: shortest) {
          found.append(Run(across: true, line: row, range: range))
        }
      }
    }
  }

  /// The same from top to bottom, many columns at once, as rows lie in memory.
  private func runsUpright(in ink: InkMap) -> [Run] {
    let width = ink.width
    let shortest = shortest(across: false)
    return gathered(of: width - 1, in: ink) { columns, mask, found in
      var runs = [OpenRun](repeating: OpenRun(), count: columns.count)
      runs.withUnsafeMutableBufferPointer { runs in
        for y in 0..<ink.height {
          let row = y * width
          for column in columns {
            let isInk = mask[row &+ column] | mask[row &+ column &+ 1] == 1
            let place = column &- columns.lowerBound
            if !isInk, runs[place].start < 0 { continue }
            if let range = runs[place].step(isInk, at: y, shortest: shortest) {
              found.append(Run(across: false, line: column, range: range))
            }
          }
        }
        for column in columns {
          let run = runs[column - columns.lowerBound]
          if let range = run.closed(at: ink.height, shortest: shortest) {
            found.append(Run(across: false, line: column, range: range))
          }
        }
      }
    }
  }

  /// Those of the runs found in bands of lines that are rules.
  private func gathered(
    of lines: Int, in ink: InkMap,
    _ find: (Range<Int>, UnsafeBufferPointer<UInt8>, inout [Run]) -> Void
  ) -> [Run] {
    guard lines > 0 else { return [] }
    let runs = Mutex<[Run]>([])
    ink.mask.withUnsafeBufferPointer { mask in
      RowBands.each(of: lines, threads: threads) { band in
        var found: [Run] = []
        find(band, mask, &found)
        let thin = found.filter { isThin($0, ink) }
        runs.withLock { $0 += thin }
      }
    }
    return runs.withLock { $0 }
  }

  /// A run that is being followed along a line.
  private struct OpenRun {
    /// Below 0 where none has begun.
    var start: Int32 = -1
    var gap: Int32 = 0
    var inked: Int32 = 0

    /// The run that ends with this pixel, if one does and is long and dense enough.
    @inline(__always)
    mutating func step(_ isInk: Bool, at place: Int, shortest: Int) -> Range<Int>? {
      if isInk {
        if start < 0 { (start, inked) = (Int32(truncatingIfNeeded: place), 0) }
        inked &+= 1
        gap = 0
        return nil
      }
      guard start >= 0 else { return nil }
      gap &+= 1
      guard gap > 2 else { return nil }
      defer { (start, gap) = (-1, 0) }
      return whole(to: place &- Int(gap) &+ 1, shortest: shortest)
    }

    /// The run that the line's end ends.
    func closed(at end: Int, shortest: Int) -> Range<Int>? {
      start < 0 ? nil : whole(to: end - Int(gap), shortest: shortest)
    }

    private func whole(to end: Int, shortest: Int) -> Range<Int>? {
      let length = end - Int(start)
      return length >= shortest && Int(inked) * 10 >= length * 9 ? Int(start)..<end : nil
    }
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
