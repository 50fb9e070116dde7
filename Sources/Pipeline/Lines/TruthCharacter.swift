import Datasets
import PageImaging

/// A code point of a page's truth that is no white space, and its ink on the master.
public struct TruthCharacter: Sendable {
  public var scalar: Unicode.Scalar
  /// In the page's transcript.
  public var offset: Int
  /// Index into the page's lines.
  public var line: Int
  /// Counted over the page.
  public var run: Int
  /// How much white space its run has before it.
  public var word: Int
  /// Its advance across, its run's ink down.
  public var cell: Extent
  /// Its own ink; the cell where none was found.
  public var ink: Extent
  /// Of the run's ink: what tells a full stop which line it is of.
  public var runMiddle: Double
  /// How dark its ink is in all, in black pixels; 0 where none was found.
  public var darkness: Double
  /// Whether the truth says where it stands; else its line's box was shared out evenly.
  public var isPlaced: Bool

  /// The characters of a page in the order of its transcript.
  ///
  /// Cells say where a pen goes, not where there is ink: a full stop has little of its cell, a digit less height
  /// than a bracket beside it. So the ink is looked up on the clean master.
  ///
  /// Of a line without runs, as people mark them, only the box is known: its characters share it evenly.
  ///
  /// - Returns: nil where a line does not say where it stands.
  public static func all(of page: PageTruth, on master: PageImage) -> [TruthCharacter]? {
    let scalars = Array(page.transcript.unicodeScalars)
    var characters: [TruthCharacter] = []
    var runCount = 0
    for (line, truth) in page.lines.enumerated() {
      guard let runs = truth.runs ?? truth.evenRun.map({ [$0] }) else { return nil }
      for run in runs {
        let rows = master.rowsWithoutRules(of: run)
        var word = 0
        for (index, offset) in (run.start..<run.end).enumerated() {
          if scalars[offset].properties.isWhitespace {
            word += 1
            continue
          }
          let cell = Extent(
            left: Double(run.edges[index]), top: Double(run.box.y),
            right: Double(max(run.edges[index] + 1, run.edges[index + 1])),
            bottom: Double(run.box.y + max(1, run.box.height)))
          let (ink, darkness) = master.ink(
            columns: run.edges[index]..<run.edges[index + 1], rows: rows)
          characters.append(
            TruthCharacter(
              scalar: scalars[offset], offset: offset, line: line, run: runCount, word: word,
              cell: cell, ink: ink ?? cell, runMiddle: cell.middleY, darkness: darkness,
              isPlaced: truth.runs != nil))
        }
        runCount += 1
      }
    }
    return characters
  }
}

extension LineTruth {
  /// The whole line as one run of equal cells; nil without a box.
  fileprivate var evenRun: RunTruth? {
    guard let box, end > start else { return nil }
    let count = end - start
    let edges = (0...count).map { box.x + box.width * $0 / count }
    return RunTruth(start: start, end: end, box: box, edges: edges)
  }
}

extension PageImage {
  /// The rows of a run's ink but those that a rule runs along, as under writing on lined paper.
  fileprivate func rowsWithoutRules(of run: RunTruth) -> [Int] {
    // A rule goes on beyond the run; a dash does not.
    let margin = 24
    let columns = (run.box.x - margin..<run.box.x + run.box.width + margin)
      .clamped(to: 0..<width)
    let rows = (run.box.y..<run.box.y + run.box.height).clamped(to: 0..<height)
    return samples.withUnsafeBufferPointer { samples in
      rows.filter { y in
        let dark = columns.count { samples[(y * width + $0) * channels] < 230 }
        return dark * 10 < columns.count * 9
      }
    }
  }

  /// Where the dark pixels of a part of the page lie, and how dark they are together.
  fileprivate func ink(
    columns: Range<Int>, rows: [Int]
  ) -> (extent: Extent?, darkness: Double) {
    let columns = columns.clamped(to: 0..<width)
    guard !columns.isEmpty, !rows.isEmpty else { return (nil, 0) }
    return samples.withUnsafeBufferPointer { samples in
      // A seal over the text is light in the red channel, print and pen are dark.
      func level(_ x: Int, _ y: Int) -> UInt8 { samples[(y * width + x) * channels] }
      var (darkest, paper) = (UInt8.max, UInt8.min)
      for y in rows {
        for x in columns {
          darkest = min(darkest, level(x, y))
          paper = max(paper, level(x, y))
        }
      }
      guard paper > darkest, paper - darkest >= 48 else { return (nil, 0) }
      let threshold = Int(paper) - (Int(paper) - Int(darkest)) * 2 / 5
      var (left, top, right, bottom) = (Int.max, Int.max, Int.min, Int.min)
      var sum = 0
      for y in rows {
        for x in columns where Int(level(x, y)) < threshold {
          (left, right) = (min(left, x), max(right, x))
          (top, bottom) = (min(top, y), y)
          sum += Int(paper) - Int(level(x, y))
        }
      }
      let extent = Extent(
        left: Double(left), top: Double(top), right: Double(right + 1), bottom: Double(bottom + 1))
      return (extent, Double(sum) / 255)
    }
  }
}
