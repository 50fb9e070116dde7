import Boundary
import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline
import Testing

/// Two documents of a page each, drawn in squares.
private struct BlockDataset {
  let directory: String

  init(extents: Bool = true, boxes: Bool = false) throws {
    directory = try TinyDataset.temporaryDirectory()
    var jsonl = ""
    for (index, top) in [90, 130].enumerated() {
      var page = BlockPage()
      page.write(("처방전", left: 400), top: top)
      page.write(("가나다 라마", left: 60), ("일정", left: 600), top: top + 80)
      page.write(("바사아자차카", left: 60), top: top + 140)
      let name = "page-\(index + 1).png"
      try AtomicFile.write(try page.image.pngData(), to: directory + "/" + name)
      var truth = page.truth
      truth.image = name
      if !extents {
        truth.lines = truth.lines.map {
          LineTruth(start: $0.start, end: $0.end, box: boxes ? $0.box : nil)
        }
      }
      let document = DatasetDocument(
        id: "doc-\(index + 1)", type: .prescription, pages: [truth], fields: [])
      jsonl += String(decoding: try JSONEncoder().encode(document), as: UTF8.self) + "\n"
    }
    try AtomicFile.write(jsonl.utf8, to: directory + "/truth.jsonl")
  }

  func run(_ conditions: PageConditions, seed: UInt64 = 1) throws -> LinesRun {
    try LinesRun(
      dataset: Dataset(directory: URL(fileURLWithPath: directory)), conditions: conditions,
      seed: seed)
  }
}

@Suite struct LinesRunTests {
  private func pages(_ run: LinesRun, workers: Int = 2) async throws -> [LinedDocumentPage] {
    var pages: [LinedDocumentPage] = []
    try await run.run(workers: workers) { type, found in
      #expect(type == .prescription)
      pages += found
    }
    return pages
  }

  @Test(arguments: Degradation.allCases) func stripsOfDrawnPagesHaveTheirLinesTexts(
    _ degradation: Degradation
  ) async throws {
    let run = try BlockDataset().run(.all(dpis: [150], degradations: [degradation]))
    let pages = try await pages(run)
    #expect(pages.map(\.id) == ["doc-1/1", "doc-2/1"])
    for page in pages {
      #expect(page.truth.labels.map(\.text) == ["처방전", "가나다 라마 일정", "바사아자차카"])
      #expect(page.truth.labels.allSatisfy { $0.kind == .text })
      #expect(page.loss.missed + page.loss.cut + page.loss.merged + page.loss.outOfOrder == 0)
      #expect(page.loss.perfectReader.errors == 0 && page.loss.characters == 16)
      for (strip, label) in zip(page.strips, page.truth.labels) {
        #expect(label.extents.count == 2 * label.text.unicodeScalars.count)
        // Under each letter there is ink, between its edges and not beyond them by a pixel or two.
        for (index, scalar) in label.text.unicodeScalars.enumerated() where scalar != " " {
          let inked = strip.inkedColumns(label.extents[2 * index]..<label.extents[2 * index + 1])
          #expect(inked >= 14)
        }
      }
    }
  }

  @Test func ofLinesThatAreOnlyBoxedThoseShownWholeHaveTheirText() async throws {
    let dataset = try BlockDataset(extents: false, boxes: true)
    let pages = try await pages(dataset.run(.all(dpis: [150], degradations: [.clean])))
    for page in pages {
      let texts = zip(page.truth.labels, ["처방전", "가나다 라마 일정", "바사아자차카"])
        .map { label, text in label.kind == .text ? label.text == text : nil }
      // Of the row with a wide gap nobody can say what stands before it.
      #expect(texts == [true, nil, true])
    }
  }

  @Test func theSameSeedWritesTheSameFileWhateverTheWorkers() async throws {
    let dataset = try BlockDataset()
    let run = try dataset.run(.all(dpis: [100, 150], degradations: [.clean, .scan]))
    var files: [Data] = []
    for workers in [1, 3] {
      let path = dataset.directory + "/lines-\(workers)"
      var file = try LinesFile(path: path, header: LinesFile.Header(run))
      try await run.run(workers: workers) { _, pages in for page in pages { try file.add(page) } }
      try file.finish()
      files.append(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    #expect(files[0] == files[1])
    let (header, records) = try LinesFileReading.parse([UInt8](files[0]))
    #expect(header.stripHeight == 32 && header.inkHeight == 24 && header.seed == 1)
    #expect(header.recipe.dpi == "100,150" && header.recipe.documents == ["prescription": 2])
    #expect(records.count == 2 * 4 * 3)
    let conditions = records.prefix(12).map { "\($0.record.dpi) \($0.record.degradation)" }
    let expected = ["100 clean", "100 scan", "150 clean", "150 scan"]
    #expect(conditions == expected.flatMap { [$0, $0, $0] })
    #expect(records.map(\.record.strip) == (0..<8).flatMap { _ in [0, 1, 2] })
    #expect(records.prefix(12).allSatisfy { $0.record.page == "doc-1/1" })
    for (record, pixels) in records {
      #expect(record.width % 32 == 0 && pixels.count == record.width * record.height)
      #expect(pixels.contains { $0 < 128 } && pixels.contains(255))
    }
  }

  @Test func aRangeDrawsOneConditionAPage() async throws {
    let dataset = try BlockDataset()
    let conditions = PageConditions.drawn(dpis: 100...300, degradations: [.clean, .scan])
    let pages = try await pages(try dataset.run(conditions))
    #expect(pages.count == 2)
    #expect(pages.allSatisfy { (100...300).contains($0.condition.dpi) })
    // As likely in each octave, and every degradation has its turn.
    let drawn = (0..<400).map { conditions.conditions(pageID: "p\($0)", seed: 3)[0] }
    let middle = drawn.map(\.dpi).sorted()[200]
    #expect((155...195).contains(middle))
    #expect((150...250).contains(drawn.count { $0.degradation == .scan }))
    #expect(drawn == (0..<400).map { conditions.conditions(pageID: "p\($0)", seed: 3)[0] })
    #expect(drawn != (0..<400).map { conditions.conditions(pageID: "p\($0)", seed: 4)[0] })
  }

  @Test func aDatasetWithoutExtentsIsRefusedByName() throws {
    let dataset = try BlockDataset(extents: false)
    do {
      _ = try dataset.run(.all(dpis: [150], degradations: [.clean]))
      Issue.record("taken")
    } catch {
      #expect("\(error)".contains("document doc-1") && "\(error)".contains("--extents"))
    }
  }

  @Test func whoStopsHalfwayLeavesNoFile() async throws {
    struct Stop: Error {}
    let dataset = try BlockDataset()
    let run = try dataset.run(.all(dpis: [100], degradations: [.clean]))
    let path = dataset.directory + "/half"
    func write() async throws {
      var file = try LinesFile(path: path, header: LinesFile.Header(run))
      try await run.run(workers: 1) { _, pages in
        try file.add(pages[0])
        throw Stop()
      }
      try file.finish()
    }
    await #expect(throws: Stop.self) { try await write() }
    let names = try FileManager.default.contentsOfDirectory(atPath: dataset.directory).sorted()
    #expect(names == ["page-1.png", "page-2.png", "truth.jsonl"])
  }

  @Test func theSummaryAddsUpAndNamesTheWorst() async throws {
    let run = try BlockDataset().run(.all(dpis: [150, 100], degradations: [.scan, .clean]))
    var summary = LossSummary(worst: 3)
    for page in try await pages(run) { summary.add(page, type: .prescription) }
    let groups = summary.groups
    #expect(
      groups.map { "\($0.band) \($0.degradation)" } == [
        "100 clean", "100 scan", "150 clean", "150 scan",
      ])
    #expect(groups.allSatisfy { $0.pages == 2 && $0.loss.characters == 32 && $0.loss.lines == 6 })
    #expect(groups.allSatisfy { $0.worst?.id == "doc-1/1" && $0.worst?.rate == 0 })
    #expect(summary.worst.count == 3)
    let record = LossRecord(summary, of: run)
    #expect(record.groups[0].perfectReaderCER == 0 && record.groups[0].worstPage == "doc-1/1")
    let picture = try run.linedPage(summary.worst[0]).lossPicture()
    // Frames of strips without loss are green.
    let pixels = stride(from: 0, to: picture.samples.count, by: 3)
    #expect(pixels.contains { Array(picture.samples[$0..<$0 + 3]) == [0, 150, 60] })
    #expect(!pixels.contains { Array(picture.samples[$0..<$0 + 3]) == [255, 140, 0] })
  }
}

extension Strip {
  /// How many of the columns hold ink.
  fileprivate func inkedColumns(_ columns: Range<Int>) -> Int {
    columns.clamped(to: 0..<image.width).count { x in
      (0..<image.height).contains { image.samples[$0 * image.width + x] < 160 }
    }
  }
}

/// The file as its description says, read without the code that wrote it.
private enum LinesFileReading {
  struct Ended: Error {}

  static func parse(
    _ bytes: [UInt8]
  ) throws -> (LinesFile.Header, [(record: LinesFile.Record, pixels: [UInt8])]) {
    var rest = bytes[...]
    func take(_ count: Int) throws -> [UInt8] {
      guard rest.count >= count else { throw Ended() }
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    func number() throws -> Int { try take(4).reversed().reduce(0) { $0 << 8 | Int($1) } }
    #expect(try take(17) == Array("medbench-lines-1\n".utf8))
    let header = try JSONDecoder().decode(LinesFile.Header.self, from: Data(take(number())))
    var records: [(record: LinesFile.Record, pixels: [UInt8])] = []
    while !rest.isEmpty {
      let (jsonBytes, pixelBytes) = (try number(), try number())
      let record = try JSONDecoder().decode(LinesFile.Record.self, from: Data(take(jsonBytes)))
      records.append((record, try take(pixelBytes)))
    }
    return (header, records)
  }
}
