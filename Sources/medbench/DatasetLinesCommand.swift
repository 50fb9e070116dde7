import ArgumentParser
import Boundary
import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline
import Reporting

/// `medbench dataset lines DIR`: a dataset's pages as strips of lines with their text, and what the line finder
/// lost on the way.
struct DatasetLinesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lines",
    abstract: "Cut a dataset's pages into lines, as the engine does, with the text of each.",
    discussion: """
      Needs a dataset whose lines have boxes, or one generated with --extents. Writes the strips whose text is not in doubt to --output \
      (docs/lines-file.md) and shows what a reader without fault could not have read: the line finder's own loss.

      Examples:
        medbench dataset lines train --dpi 72..600 --degradation clean,scan,fax,photo --output train.lines
        medbench dataset lines test --dpi 72,150,300 --summary-only --worst pictures
      """)

  @Argument(help: "The dataset: a directory of JSONL and PNG files.", completion: .directory)
  var directory: String

  @Option(
    parsing: .upToNextOption,
    help: """
      DPIs, separated by commas: every page at each. Or a range, 72..600: every page at one DPI of it and under one \
      of the degradations, drawn by the seed.
      """)
  var dpi: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "How the pages suffered: clean, scan, fax or photo, or a list of them.")
  var degradation: [String] = ["scan"]

  @Option(help: "Seed of the degradation, and of what is drawn from a range.")
  var seed: UInt64 = 0

  @Option(help: "The file of strips to write.", completion: .file())
  var output: String?

  @Flag(help: "Only measure; write no strips.")
  var summaryOnly = false

  @Option(help: "Document types, separated by commas, or 'all'.")
  var docType = "all"

  @Option(help: "Documents of each type; by default all.")
  var limit: Int?

  @Option(help: "Write the summary as JSON to this file.")
  var json: String?

  @Option(
    help: "Write pictures of the worst pages to this directory: strips framed, losses in colour.")
  var worst: String?

  @Option(help: "How many pictures --worst writes.")
  var worstCount = 10

  @Option(help: "Height of a strip in pixels, a multiple of 32; its ink gets three quarters of it.")
  var stripHeight = 32

  @Option(help: "Widest strip in pixels, a multiple of 32.")
  var maxWidth = 896

  @Option(help: "Pages cut at once; by default as many as there are cores.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "The pages' own DPI, where the files do not say or are wrong.")
  var sourceDpi: Double?

  @OptionGroup var options: ProfileOptions

  func validate() throws {
    _ = try conditions()
    if summaryOnly == (output != nil) {
      throw ValidationError("Either --output FILE, or --summary-only.")
    }
    if let limit, limit < 1 { throw ValidationError("--limit \(limit): at least 1 document.") }
    guard (1...1024).contains(workers) else {
      throw ValidationError("--workers \(workers): 1 to 1024.")
    }
    guard (0...10_000).contains(worstCount) else {
      throw ValidationError("--worst-count \(worstCount): 0 to 10000 pictures.")
    }
    guard stripHeight % 32 == 0, (32...1024).contains(stripHeight) else {
      throw ValidationError("--strip-height \(stripHeight): a multiple of 32, at most 1024.")
    }
    guard maxWidth % 32 == 0, (64...32_768).contains(maxWidth) else {
      throw ValidationError("--max-width \(maxWidth): a multiple of 32, from 64 to 32768.")
    }
  }

  func run() async throws {
    do {
      try await Interruption.cancelling { try await cut() }
    } catch is CancellationError {
      FileHandle.standardError.write(Data("medbench: interrupted; nothing was written\n".utf8))
      throw ExitCode(ExitStatus.interrupted)
    }
  }

  private func cut() async throws {
    let run = try opened()
    var summary = LossSummary(worst: worst == nil ? 0 : worstCount)
    let start = ContinuousClock.now
    var written: Int?
    if let output {
      var file = try LinesFile(path: output, header: LinesFile.Header(run))
      try await cut(run, into: &summary) { try file.add($0) }
      written = file.strips
      try file.finish()
    } else {
      try await cut(run, into: &summary) { _ in }
    }
    let elapsed = start.duration(to: .now)
    try writePictures(of: summary, run)
    if let json { try write(LossRecord(summary, of: run), to: json) }
    let tables = LossTables(summary: summary, options: options)
    print(tables.rendered(), terminator: "")
    print("\n" + tables.closing(strips: written, elapsed: elapsed))
  }

  private func cut(
    _ run: LinesRun, into summary: inout LossSummary,
    take: (LinedDocumentPage) throws -> Void
  ) async throws {
    let bar = ProgressBar()
    defer { bar.finish() }
    let total = run.pageCount
    var done = 0
    try await run.run(workers: workers) { type, pages in
      for page in pages {
        try take(page)
        summary.add(page, type: type)
      }
      done += 1
      bar.show(done, of: total, "pages")
    }
  }

  private func opened() throws -> LinesRun {
    let dataset = try Dataset(directory: URL(fileURLWithPath: directory, isDirectory: true))
    var config = LineModelConfig()
    config.stripHeight = stripHeight
    config.inkHeight = stripHeight * 3 / 4
    config.maxWidth = maxWidth
    return try LinesRun(
      dataset: dataset,
      types: docType == "all"
        ? [] : CommaList.items([docType]).map { DocumentType(rawValue: $0) },
      limit: limit, conditions: try conditions(), seed: seed,
      settings: LineSettings(config: config), sourceDPI: sourceDpi)
  }

  private func conditions() throws -> PageConditions {
    let degradations = try CommaList.items(degradation).map { name in
      guard let degradation = Degradation(rawValue: name) else {
        throw ValidationError(
          "--degradation \(name): "
            + Degradation.allCases.map(\.rawValue).joined(separator: ", ") + ", or a list.")
      }
      return degradation
    }
    guard !degradations.isEmpty else { throw ValidationError("--degradation: at least one.") }
    let ends = dpi.count == 1 ? dpi[0].components(separatedBy: "..") : []
    guard ends.count == 2 else {
      return .all(dpis: try CommaList.dpis(dpi), degradations: degradations)
    }
    let bounds = try ends.flatMap { try CommaList.dpis([$0]) }
    guard bounds.count == 2, bounds[0] <= bounds[1] else {
      throw ValidationError("--dpi \(dpi[0]): a range is written 72..600, the lower DPI first.")
    }
    return .drawn(dpis: bounds[0]...bounds[1], degradations: degradations)
  }

  private func writePictures(of summary: LossSummary, _ run: LinesRun) throws {
    guard let worst else { return }
    try PrivateDirectory.make(worst)
    for (rank, page) in summary.worst.enumerated() {
      let lined = try run.linedPage(page)
      let name =
        "\(rank + 1)-" + page.id.replacingOccurrences(of: "/", with: "-")
        + "-\(page.condition.dpi)-\(page.condition.degradation.rawValue).png"
      try AtomicFile.write(
        lined.lossPicture().pngData(compression: .fast), to: worst + "/" + name)
    }
  }

  private func write(_ record: LossRecord, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(encoder.encode(record) + Data("\n".utf8), to: path)
  }
}

/// The summary as a table.
private struct LossTables {
  let summary: LossSummary
  let options: ProfileOptions

  func rendered() -> String {
    var table = TerminalTable([
      .left(options.word("문서 유형", "Document type")), .right("DPI"),
      .left(options.word("열화", "Degradation")), .right(options.word("쪽", "Pages")),
      .right(options.word("줄", "Lines")), .right(options.word("글자", "Characters")),
      .right(options.word("누락", "Missed")), .right(options.word("잘림", "Cut")),
      .right(options.word("겹침", "Merged")), .right(options.word("순서", "Out of order")),
      .right(options.word("스트립", "Strips")), .right(options.word("글자 없음", "No text")),
      .right(options.word("손실 CER", "Loss CER")), .left(options.word("최악의 쪽", "Worst page")),
    ])
    for group in summary.groups {
      let loss = group.loss
      func share(_ count: Int) -> StyledText {
        guard count > 0 else { return "0" }
        return "\(count) (\(percent(Double(count) / Double(max(1, loss.characters)))))"
      }
      table.add([
        "\(group.type.rawValue.excerptOnOneLine)", "\(group.band)", "\(group.degradation.rawValue)",
        "\(group.pages)", "\(loss.lines)", "\(loss.characters)", share(loss.missed),
        share(loss.cut), share(loss.merged), share(loss.outOfOrder), "\(loss.strips)",
        "\(loss.blankStrips)",
        StyledText(loss.perfectReader.rate.map(percent) ?? "–"),
        StyledText(group.worst.map { "\($0.id) \(percent($0.rate))" } ?? "–"),
      ])
    }
    return table.rendered(coloured: TerminalStyle.isColoured())
  }

  func closing(strips: Int?, elapsed: Duration) -> String {
    let pages = summary.groups.reduce(0) { $0 + $1.pages }
    let all = summary.groups.reduce(0) { $0 + $1.loss.strips }
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let rate = String(format: "%.1f", Double(pages) / max(seconds, 0.001))
    guard let strips else {
      return options.word(
        "\(pages)쪽, 스트립 \(all)개, 초당 \(rate)쪽",
        "\(pages) pages, \(all) strips, \(rate) pages/s")
    }
    return options.word(
      "\(pages)쪽, 스트립 \(all)개 중 \(strips)개 기록, 초당 \(rate)쪽",
      "\(pages) pages, \(strips) of \(all) strips written, \(rate) pages/s")
  }

  private func percent(_ rate: Double) -> String { String(format: "%.2f %%", 100 * rate) }
}
