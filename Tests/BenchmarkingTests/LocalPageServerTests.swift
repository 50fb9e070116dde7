import Benchmarking
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import SchemaChecking
import Testing

/// Pages of one line each through the local engine, several in flight.
@Suite struct LocalPageServerTests {
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "OCRInferenceTests/Golden/line-reader").path

  private func engine() throws -> LocalEngine {
    let pool = ThreadPool(threads: 2)
    return try LocalEngine(
      model: LocalModel(
        directory: ModelDirectory(Self.golden), name: "line-reader", pool: pool),
      options: LocalEngineOptions(), pool: pool)
  }

  private func input() throws -> PageInput {
    try PageInput(
      type: .prescription,
      pages: try (0..<3).map { index in
        let line = try PageImage(pngFile: "\(Self.golden)/strips/clean-\(index).png")
        return EnginePage(id: "line/\(index + 1)", image: line.framed(by: 40), dpi: 150)
      })
  }

  private func run(
    _ server: some LoadServer, pages: Range<Int>, timeout: Double = 60_000
  ) async throws -> LoadRun {
    try await LoadDriver(server: server, timeout: timeout).batch(try input().requests(pages))
  }

  @Test func `A pass decodes lines of all pages in flight`() async throws {
    let engine = try engine()
    for page in 0..<3 {
      let server = try LocalPageServer(engine: engine, concurrency: 3)
      let alone = try await run(server, pages: page..<page + 1)
      #expect(alone.traces[0].isCompleted && alone.largestPass == 1)
    }
    let together = try await run(
      try LocalPageServer(engine: engine, concurrency: 3), pages: 0..<3)
    #expect(together.largestPass == 3 && together.peakBytes! > 0)
    for trace in together.traces {
      #expect(trace.isCompleted && trace.outputTokens! > 1)
      #expect(trace.timeToFirstToken! > 0 && trace.timeToFirstToken! <= trace.latency)
      #expect(trace.timePerToken! > 0 && trace.interTokenLatencies.isEmpty)
      #expect(trace.started! >= trace.scheduled)
    }
    // One place: the others wait.
    let queued = try await run(
      try LocalPageServer(engine: engine, concurrency: 1), pages: 0..<3)
    #expect(queued.largestPass == 1)
    #expect(
      zip(queued.traces, queued.traces.dropFirst()).allSatisfy { $0.end <= $1.started! })
  }

  @Test func `Pages whose time is over leave their places`() async throws {
    let server = try LocalPageServer(engine: engine(), concurrency: 2)
    let late = try await run(server, pages: 0..<3, timeout: 1e-6)
    #expect(late.traces.map(\.outcome) == [.timedOut, .timedOut, .timedOut] && server.isIdle)
    let next = try await run(server, pages: 0..<3)
    #expect(next.traces.allSatisfy { $0.isCompleted })
  }

  @Test func `The report says that pages are decoded together, and how many were`() async throws {
    let engine = try engine()
    let target = EngineTarget(engine: engine)
    var settings = LoadSettings(mode: .batch)
    (settings.warmup, settings.iterations, settings.batchSizes) = (0, 1, [1, 3])
    var metadata = LoadReport.Metadata(engine: "local", model: "tiny", settings: settings)
    metadata.readsPages = true
    metadata.decodesPagesTogether = target.decodesTogether
    let report = try await LoadBenchmark(
      settings: settings, target: target, inputs: [try input()]
    ).run(metadata)
    #expect(report.results.map(\.largestPass) == [1, 3])
    #expect(report.results.allSatisfy { $0.errors == 0 && $0.bufferGiB! > 0 })
    let text = report.text()
    #expect(text.contains("pages, decoded together") && text.contains("decoded together: 3"))
    let bytes = try JSONReport.bytes(report)
    #expect(try Schema(document: "bench-load.schema.json").violations(of: bytes) == [])
    #expect(try JSONReport.bytes(JSONDecoder().decode(LoadReport.self, from: bytes)) == bytes)
  }
}

extension PageImage {
  /// In grey, with white around.
  fileprivate func framed(by margin: Int) -> PageImage {
    var page = PageImage(
      width: width + 2 * margin, height: height + 2 * margin, color: .grey, filledWith: 255)
    for y in 0..<height {
      for x in 0..<width {
        page.samples[(margin + y) * page.width + margin + x] = samples[(y * width + x) * channels]
      }
    }
    return page
  }
}
