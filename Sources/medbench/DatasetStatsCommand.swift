import ArgumentParser
import Boundary
import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Reporting

/// `medbench dataset stats DIR`: how much a dataset holds, and whether it is as large as its
/// profiles expect.
struct DatasetStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show a dataset's documents, lengths, fields and tokens by type.",
    discussion: """
      Characters are grapheme clusters, as CER counts them. Image tokens are those of Qwen2-VL at \
      each DPI; output tokens are estimated from the transcripts. Percentiles are nearest-rank.
      """)

  @Argument(help: "The dataset: a directory of JSONL and PNG files.", completion: .directory)
  var directory: String

  @Option(help: "DPIs for image tokens, separated by commas.")
  var dpi = ResolutionTier.all.map { "\($0.dpi)" }.joined(separator: ",")

  @Option(help: "The pages' own DPI, where the files do not say or are wrong.")
  var sourceDpi: Double?

  @OptionGroup var options: ProfileOptions

  func validate() throws { _ = try CommaList.dpis([dpi]) }

  func run() throws {
    let dataset = try Dataset(directory: URL(fileURLWithPath: directory, isDirectory: true))
    let statistics = try dataset.statistics(
      profiles: try options.profileSet(), dpi: try CommaList.dpis([dpi]), sourceDPI: sourceDpi
    ) { picture, dpi in
      let size = try PageImage.size(
        width: picture.width, height: picture.height, from: picture.dpi, to: dpi)
      return try ImageTokens(width: size.width, height: size.height).count
    }
    let tables = DatasetTables(statistics: statistics, options: options)
    print("SHA-256 \(dataset.contentHash)\n")
    print(tables.sections.joined(separator: "\n"), terminator: "")
  }
}

/// The statistics as tables.
private struct DatasetTables {
  let statistics: [TypeStatistics]
  let options: ProfileOptions

  var sections: [String] {
    [
      section(options.word("문서", "Documents"), documents),
      section(
        options.word("쪽당 글자 수", "Characters a page"), spread(\.charactersPerPage)),
      section(options.word("쪽당 줄 수", "Lines a page"), spread(\.linesPerPage)),
      section(
        options.word("문서당 출력 토큰(추정)", "Output tokens a document (estimated)"), outputTokens),
      section(options.word("문서당 이미지 토큰", "Image tokens a document"), imageTokens),
      section(options.word("필드", "Fields"), fields),
    ]
  }

  private func section(_ title: String, _ table: TerminalTable) -> String {
    title + "\n" + table.rendered(coloured: TerminalStyle.isColoured(), indent: 2)
  }

  private var typeColumn: TerminalTable.Column { .left(options.word("문서 유형", "Document type")) }

  private var spreadColumns: [TerminalTable.Column] {
    [
      .right(options.word("최소", "Min")), .right(options.word("평균", "Mean")), .right("P50"),
      .right("P95"), .right(options.word("최대", "Max")),
    ]
  }

  private var rangeColumns: [TerminalTable.Column] {
    [.right(options.word("기준 범위", "Profile range")), .right(options.word("범위 내", "In range"))]
  }

  private func name(_ type: TypeStatistics) -> StyledText {
    StyledText(type.profile.map(options.name) ?? type.type.rawValue.excerptOnOneLine)
  }

  private func cells(_ distribution: Distribution) -> [StyledText] {
    let figures = [
      distribution.minimum.map(String.init), distribution.mean.map { String(format: "%.1f", $0) },
      distribution.percentile(50).map(String.init), distribution.percentile(95).map(String.init),
      distribution.maximum.map(String.init),
    ]
    return figures.map { StyledText($0 ?? "–") }
  }

  private func cells(_ distribution: Distribution, in range: ClosedRange<Int>?) -> [StyledText] {
    guard let range else { return cells(distribution) + ["–", "–"] }
    return cells(distribution)
      + ["\(range.text)", "\(distribution.count(in: range))/\(distribution.count)"]
  }

  private var documents: TerminalTable {
    var table = TerminalTable([
      typeColumn, .right(options.word("문서 수", "Docs")), .right(options.word("쪽수", "Pages")),
      .right(options.word("빈 쪽", "Blank")),
    ])
    for type in statistics {
      table.add([name(type), "\(type.documents)", "\(type.pages)", "\(type.blankPages)"])
    }
    return table
  }

  private func spread(_ path: KeyPath<TypeStatistics, Distribution>) -> TerminalTable {
    var table = TerminalTable([typeColumn] + spreadColumns)
    for type in statistics { table.add([name(type)] + cells(type[keyPath: path])) }
    return table
  }

  private var outputTokens: TerminalTable {
    var table = TerminalTable([typeColumn] + spreadColumns + rangeColumns)
    for type in statistics {
      table.add(
        [name(type)] + cells(type.outputTokensPerDocument, in: type.profile?.outputTokens))
    }
    return table
  }

  /// Beside each document's tokens the mean of its pages and what the resolution tier expects.
  private var imageTokens: TerminalTable {
    var table = TerminalTable(
      [
        typeColumn, .right("DPI"), .right(options.word("쪽당 평균", "A page")),
        .right(options.word("예상", "Expected")),
      ] + spreadColumns + rangeColumns)
    for type in statistics {
      for tokens in type.imageTokens {
        let tier = ResolutionTier.all.first { $0.dpi == tokens.dpi }
        table.add(
          [
            name(type), "\(tokens.dpi)",
            StyledText(tokens.perPage.mean.map { String(format: "%.0f", $0) } ?? "–"),
            StyledText(tier.map { "~\($0.expectedImageTokens)" } ?? "–"),
          ] + cells(tokens.perDocument, in: type.profile?.inputTokens))
      }
    }
    return table
  }

  private var fields: TerminalTable {
    var table = TerminalTable([
      typeColumn, .left(options.word("필드", "Field")), .left(options.word("핵심", "Critical")),
      .right(options.word("개수", "Count")), .right(options.word("문서 수", "Docs")),
    ])
    for type in statistics {
      for field in type.fields {
        table.add([
          name(type), "\(field.name.excerptOnOneLine)", field.isCritical ? "✓" : "",
          "\(field.count)", "\(field.documents)",
        ])
      }
    }
    return table
  }
}
