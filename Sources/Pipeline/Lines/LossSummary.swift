import Datasets
import DocProfiles
import PageImaging
import Scoring

/// What the line finder lost, counted by document type, DPI and degradation.
public struct LossSummary: Sendable {
  /// In the order of their first pages' types, then of DPI and degradation.
  public var groups: [Group] {
    found.sorted {
      ($0.typeIndex, $0.lowestDPI, $0.degradation.order)
        < ($1.typeIndex, $1.lowestDPI, $1.degradation.order)
    }
  }
  /// Of all pages under all conditions the worst, the worst first.
  public private(set) var worst: [WorstPage] = []
  private let worstCount: Int
  private var found: [Group] = []
  private var types: [DocumentType] = []

  public struct Group: Sendable {
    public let type: DocumentType
    /// `150`, or the band that drawn DPIs fall into.
    public let band: String
    public let degradation: Degradation
    public internal(set) var pages = 0
    public internal(set) var loss: PageLoss
    /// Nil where the truth of every page is empty.
    public internal(set) var worst: WorstPage?
    fileprivate let typeIndex: Int
    fileprivate var lowestDPI: Int
  }

  public struct WorstPage: Sendable, Equatable {
    public let id: String
    public let condition: PageCondition
    /// CER of the perfect reader.
    public let rate: Double
  }

  public init(worst: Int = 0) { worstCount = worst }

  public mutating func add(_ page: LinedDocumentPage, type: DocumentType) {
    if !types.contains(type) { types.append(type) }
    let condition = page.condition
    let index = found.firstIndex {
      $0.type == type && $0.band == condition.band && $0.degradation == condition.degradation
    }
    let place = index ?? found.count
    if index == nil {
      found.append(
        Group(
          type: type, band: condition.band, degradation: condition.degradation, loss: page.loss,
          typeIndex: types.firstIndex(of: type)!, lowestDPI: condition.dpi))
    } else {
      found[place].loss = found[place].loss + page.loss
      found[place].lowestDPI = min(found[place].lowestDPI, condition.dpi)
    }
    found[place].pages += 1
    guard let rate = page.loss.perfectReader.rate else { return }
    let measured = WorstPage(id: page.id, condition: condition, rate: rate)
    if found[place].worst.map({ $0.rate < rate }) ?? true { found[place].worst = measured }
    worst.append(measured)
    // Stable, so that the first of equals stays.
    worst = Array(
      worst.enumerated().sorted { ($1.element.rate, $0.offset) < ($0.element.rate, $1.offset) }
        .map(\.element).prefix(worstCount))
  }
}

extension Degradation {
  fileprivate var order: Int { Self.allCases.firstIndex(of: self)! }
}

/// The summary as JSON has it.
public struct LossRecord: Codable, Sendable, Equatable {
  public var recipe: LinesFile.Header
  public var groups: [Group]

  public struct Group: Codable, Sendable, Equatable {
    public var type: String
    public var dpi: String
    public var degradation: String
    public var pages, lines, characters, missed, cut, merged: Int
    public var outOfOrder, linesOutOfOrder: Int
    public var strips, textStrips, blankStrips, mergedStrips: Int
    public var perfectReader: EditCounts
    public var perfectReaderCER: Double?
    public var worstPage: String?
    public var worstCER: Double?

    enum CodingKeys: String, CodingKey {
      case type, dpi, degradation, pages, lines, characters, missed, cut, merged, strips
      case outOfOrder = "out_of_order"
      case linesOutOfOrder = "lines_out_of_order"
      case textStrips = "text_strips"
      case blankStrips = "blank_strips"
      case mergedStrips = "merged_strips"
      case perfectReader = "perfect_reader"
      case perfectReaderCER = "perfect_reader_cer"
      case worstPage = "worst_page"
      case worstCER = "worst_cer"
    }

    init(_ group: LossSummary.Group) {
      let loss = group.loss
      type = group.type.rawValue
      dpi = group.band
      degradation = group.degradation.rawValue
      pages = group.pages
      (lines, characters, missed) = (loss.lines, loss.characters, loss.missed)
      (cut, merged) = (loss.cut, loss.merged)
      (outOfOrder, linesOutOfOrder) = (loss.outOfOrder, loss.linesOutOfOrder)
      (strips, textStrips) = (loss.strips, loss.textStrips)
      (blankStrips, mergedStrips) = (loss.blankStrips, loss.mergedStrips)
      perfectReader = loss.perfectReader
      perfectReaderCER = loss.perfectReader.rate
      worstPage = group.worst?.id
      worstCER = group.worst?.rate
    }
  }

  public init(_ summary: LossSummary, of run: LinesRun) {
    recipe = LinesFile.Header(run)
    groups = summary.groups.map(Group.init)
  }
}
