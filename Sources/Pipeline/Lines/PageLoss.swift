import OCRInference
import Scoring

/// What the line finder alone lost of a page.
public struct PageLoss: Sendable, Equatable {
  public var lines = 0
  /// Code points that are no white space.
  public var characters = 0
  public var missed = 0
  public var cut = 0
  /// Characters on strips that show two lines, one above the other.
  public var merged = 0
  /// Fewest characters without which the others are read in the transcript's order.
  public var outOfOrder = 0
  /// Truth lines that hold one of those.
  public var linesOutOfOrder = 0
  public var strips = 0
  /// Strips that show two lines.
  public var mergedStrips = 0
  public var blankStrips = 0
  /// Strips whose text is not in doubt: whole characters of one line.
  public var textStrips = 0
  /// Of the transcript that a reader without fault would give, against the truth.
  public var perfectReader: EditCounts

  public init(_ truth: StripTruth, strips: [Strip], transcript: String, lines: Int) {
    self.lines = lines
    characters = truth.characters.count
    self.strips = strips.count
    var places: [[Int]] = strips.map { _ in [] }
    for (index, fate) in truth.fates.enumerated() {
      switch fate {
      case .missed: missed += 1
      case .cut: cut += 1
      case .whole(let strip): places[strip].append(index)
      }
    }
    for (label, held) in zip(truth.labels, places) {
      switch label.kind {
      case .text: textStrips += 1
      case .blank: blankStrips += 1
      case .cut: break
      case .merged:
        mergedStrips += 1
        merged += held.count
      }
    }
    let read = zip(truth.labels, places).filter { $0.0.kind != .merged }
      .flatMap { $0.1.sorted { truth.characters[$0].cell.left < truth.characters[$1].cell.left } }
    let inOrder = Set(LongestRise.indices(of: read).map { read[$0] })
    let strays = read.filter { !inOrder.contains($0) }
    outOfOrder = strays.count
    linesOutOfOrder = Set(strays.map { truth.characters[$0].line }).count
    perfectReader = characterCounts(transcript, truth.perfectReading(of: strips))
  }

  public static func + (a: PageLoss, b: PageLoss) -> PageLoss {
    var sum = a
    sum.lines += b.lines
    sum.characters += b.characters
    sum.missed += b.missed
    sum.cut += b.cut
    sum.merged += b.merged
    sum.outOfOrder += b.outOfOrder
    sum.linesOutOfOrder += b.linesOutOfOrder
    sum.strips += b.strips
    sum.mergedStrips += b.mergedStrips
    sum.blankStrips += b.blankStrips
    sum.textStrips += b.textStrips
    sum.perfectReader = a.perfectReader + b.perfectReader
    return sum
  }
}

extension StripTruth {
  /// The page's transcript from a reader that reads every whole character and guesses no cut one, joined as the
  /// engine joins its strips.
  public func perfectReading(of strips: [Strip]) -> String {
    let joined = zip(strips.separators, labels).map { $0 + $1.text }.joined()
    return TranscriptText.normalized(joined)
  }
}

/// The longest subsequence that never falls (patience sorting, Fredman 1975).
enum LongestRise {
  /// Where its elements stand in `values`.
  static func indices(of values: [Int]) -> [Int] {
    // The last index of the best rise of each length, and what stood before each.
    var ends: [Int] = []
    var previous = [Int](repeating: -1, count: values.count)
    for index in values.indices {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if values[ends[middle]] <= values[index] { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var rise: [Int] = []
    var index = ends.last ?? -1
    while index >= 0 {
      rise.append(index)
      index = previous[index]
    }
    return rise.reversed()
  }
}
