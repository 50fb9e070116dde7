import Benchmarking
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import SchemaChecking
import Testing

/// Pages through engines, and engines side by side.
@Suite struct LoadEngineTests {
  /// Says three words, or fails.
  private struct WordEngine: OCREngine {
    var streams: Bool
    var fails = false

    var identity: EngineIdentity {
      EngineIdentity(
        engine: "command", model: streams ? "streaming" : "whole", version: "1",
        streamsTokens: streams)
    }

    func read(_ page: EnginePage) -> AsyncThrowingStream<TextChunk, any Error> {
      chunkStream { yield in
        if fails { throw EngineFailure.exited(code: 3, diagnostics: "") }
        for word in ["가", "나", "다"] {
          yield(TextChunk(text: word, tokens: streams ? 1 : nil))
        }
      }
    }
  }

  private func report(_ engine: WordEngine, iterations: Int = 2) async throws -> LoadReport {
    var settings = LoadSettings(mode: .single)
    settings.warmup = 1
    settings.iterations = iterations
    let image = PageImage(width: 280, height: 140, color: .grey, filledWith: 255, dpi: 100)
    let input = try PageInput(
      type: .prescription, pages: [EnginePage(id: "rx-1/1", image: image, dpi: 100)])
    return try await LoadBenchmark(
      settings: settings, target: EngineTarget(engine: engine), inputs: [input]
    ).run(
      .init(engine: engine.identity.engine, model: engine.identity.model, settings: settings))
  }

  @Test func `TTFT and tokens are those of an engine that streams, else not there`() async throws {
    let streaming = try await report(WordEngine(streams: true)).results[0]
    #expect(
      streaming.ttft != nil && streaming.outputLength == 3 && streaming.name == "prescription")
    #expect(streaming.tokensPerSecond! > 0 && streaming.inputLength > 0)
    let report = try await report(WordEngine(streams: false))
    let whole = report.results[0]
    #expect(whole.ttft == nil && whole.tpot == nil && whole.tokensPerSecond == nil)
    #expect(whole.latency?.summary.count == 2 && whole.requestsPerSecond > 0)
    #expect(report.text().contains("N/A"))
    let bytes = try JSONReport.bytes(report)
    #expect(try Schema(document: "bench-load.schema.json").violations(of: bytes) == [])
  }

  @Test func `Pages are said to go one after another, or together`() {
    var metadata = LoadReport.Metadata(
      engine: "local", model: "m", settings: LoadSettings(mode: .single))
    #expect(!LoadReport(metadata: metadata).text().contains("one page after another"))
    metadata.readsPages = true
    #expect(LoadReport(metadata: metadata).text().contains("one page after another"))
    metadata.decodesPagesTogether = true
    let text = LoadReport(metadata: metadata).text()
    #expect(text.contains("pages, decoded together") && !text.contains("one page after another"))

    let other = EngineTarget(engine: WordEngine(streams: true))
    #expect(!other.decodesTogether && other.runsPrograms)
  }

  @Test func `A page that fails is an error of the row`() async throws {
    let report = try await report(WordEngine(streams: true, fails: true))
    #expect(report.results[0].errors == 2 && report.results[0].latency == nil)
    #expect(report.results[0].firstError == "exited, exit code 3")
    #expect(report.text().contains("First: exited, exit code 3"))
  }

  @Test func `Pages wait for those before them`() async throws {
    let server = EngineServer(engine: WordEngine(streams: true))
    let image = PageImage(width: 280, height: 140, color: .grey, filledWith: 255, dpi: 100)
    let input = try PageInput(
      type: .prescription, pages: [EnginePage(id: "rx-1/1", image: image, dpi: 100)])
    let run = try await LoadDriver(server: server, timeout: 60_000).batch(input.requests(0..<3))
    let traces = run.traces
    #expect(traces.allSatisfy { $0.isCompleted })
    #expect(zip(traces, traces.dropFirst()).allSatisfy { $0.end <= $1.started! })
    #expect(Set(traces.map(\.scheduled)).count == 1)
  }

  @Test func `Engines stand side by side, N/A where one did not run`() async throws {
    let one = try await report(WordEngine(streams: true))
    var other = try await report(WordEngine(streams: false))
    other.results[0].batchSize = 4
    let text = EngineComparison([("a", one), ("b", other)]).text()
    #expect(text.contains("Batch=1, prescription)") && text.contains("Batch=4, prescription)"))
    let lines = text.split(separator: "\n")
    #expect(lines.count { $0.contains("Engine |") && $0.contains("P99(ms)") } == 2)
    let missing = lines.filter { $0.contains("N/A |        N/A |        N/A") }
    #expect(missing.count == 2)
    #expect(missing[0].contains("command whole") && missing[1].contains("command streaming"))
    // Two of one name are told apart by where they lie.
    #expect(EngineComparison([("a", one), ("b", one)]).text().contains("command streaming (b)"))
  }

  @Test func `A report is written whole, found again, and refused in another version`() async throws
  {
    let folder = FileManager.default.temporaryDirectory.path + "/load-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let report = try await report(WordEngine(streams: true))
    let path = try report.write(to: folder)
    #expect(path.wholeMatch(of: /.*\/benchmark_\d{8}_\d{6}\.json/) != nil)
    let second = try report.write(to: folder)
    #expect(second.hasSuffix("-2.json"))
    #expect(LoadReport.newest(in: folder) == second)
    #expect(try LoadReport(at: folder).metadata == report.metadata)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).map {
        URL(filePath: $0).pathExtension
      }.sorted() == ["json", "json", "png", "png", "txt", "txt"])

    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("\"schema_version\" : 1", with: "\"schema_version\" : 9")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: BenchResultsError.self) { try LoadReport(at: path) }
    do {
      _ = try LoadReport(at: path)
    } catch {
      #expect("\(error)".contains("is of schema version 9, and this medbench reads 1"))
    }
  }
}
