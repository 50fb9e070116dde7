import Benchmarking
import Foundation
import OCRInference
import SchemaChecking
import Testing

@Suite struct LoadBenchmarkTests {
  private func prompts(
    _ lengths: [Int], output: Int = 4, share: Double = 0, model: BenchModel
  ) -> [any LoadInput] {
    let words = PromptWords(
      tokenizer: model.tokenizer, vocabulary: model.decoder.shape.vocabulary)
    return lengths.map {
      PromptInput(
        inputTokens: $0...$0, outputTokens: output...output, sharedShare: share, words: words,
        seed: 1)
    }
  }

  private func report(
    _ mode: LoadMode, lengths: [Int], share: Double = 0, batchSizes: [Int] = [1],
    _ change: (inout LoadSettings) -> Void = { _ in }, isCancelled: () -> Bool = { false }
  ) async throws -> LoadReport {
    let model = try TinyModel.open()
    var settings = LoadSettings(mode: mode)
    settings.warmup = 1
    settings.iterations = 2
    settings.batchSizes = batchSizes
    change(&settings)
    return try await LoadBenchmark(
      settings: settings, target: DecoderTarget(model: model, cacheType: .f16),
      inputs: prompts(lengths, share: share, model: model)
    ).run(
      .init(engine: "local", model: "tiny", settings: settings), isCancelled: isCancelled)
  }

  private func check(_ report: LoadReport) throws {
    let bytes = try JSONReport.bytes(report)
    #expect(try Schema(document: "bench-load.schema.json").violations(of: bytes) == [])
    let again = try JSONDecoder().decode(LoadReport.self, from: bytes)
    #expect(try JSONReport.bytes(again) == bytes)
    _ = try report.chart()?.png()
  }

  @Test func `A batch is decoded together, one pass for all`() async throws {
    let report = try await report(.batch, lengths: [8], batchSizes: [1, 4])
    try check(report)
    #expect(report.results.map(\.batchSize) == [1, 4] && !report.isPartial)
    #expect(report.results.map(\.largestPass) == [1, 4])
    let row = report.results[1]
    #expect(row.requests == 8 && row.errors == 0 && row.outputLength == 4)
    // Four tokens of each of eight requests have three gaps each.
    #expect(row.itl?.summary.count == 24 && row.tpot?.summary.count == 8)
    #expect(row.ttft!.summary.maximum <= row.latency!.summary.maximum)
    #expect(row.resources!.peakGiB > 0 && row.bufferGiB! > 0)
    let text = report.text()
    for column in ["Batch", "TTFT(ms)", "TPOT(ms)", "Latency(ms)", "Throughput", "TLR (P99/P50)"] {
      #expect(text.contains(column))
    }
  }

  @Test func `A sweep is the grid, and says what does not fit the context`() async throws {
    let report = try await report(.sweep, lengths: [8, 16, 600], batchSizes: [1, 2])
    try check(report)
    #expect(report.results.map(\.inputLength) == [8, 8, 16, 16, 600, 600])
    #expect(report.results.map(\.batchSize) == [1, 2, 1, 2, 1, 2])
    let skipped = "does not fit: needs 604 of 512 positions of the model's context"
    #expect(report.results.map(\.skipped) == [nil, nil, nil, nil, skipped, skipped])
    #expect(report.text().contains(skipped))
  }

  @Test func `Prompts that begin alike come from the prefix store`() async throws {
    let report = try await report(.prefixSharing, lengths: [64], share: 0.75) { $0.iterations = 4 }
    try check(report)
    #expect(report.results.map(\.hasPrefixStore) == [false, true])
    #expect(report.results[0].hitRate == 0)
    // Three of four prompts find 48 of their 64 tokens, and by chance a few more.
    let hits = try #require(report.results[1].hitRate)
    #expect(hits >= 0.5625 && hits < 0.7)
    #expect(report.text().contains("KV hit rate 5") || report.text().contains("KV hit rate 6"))
  }

  @Test func `Long context measures what fits`() async throws {
    let report = try await report(.longContext, lengths: [128, 256, 4096]) { $0.iterations = 1 }
    try check(report)
    #expect(report.results.map { $0.skipped == nil } == [true, true, false])
    #expect(report.results.prefix(2).allSatisfy { $0.expectedGiB! > 0 && $0.ttft != nil })
  }

  @Test func `Stress and soak run on the decoder and follow the schema`() async throws {
    let stress = try await report(.stress, lengths: [4], batchSizes: [2]) {
      $0.latencyLimit = 0.001
    }
    try check(stress)
    // Nothing answers in a microsecond.
    #expect(
      stress.stress?.rates == [] && stress.stress?.ending.contains("no rate can hold") == true)
    let soak = try await report(.soak, lengths: [4]) { $0.duration = 100 }
    try check(soak)
    #expect(soak.soak!.requests > 0 && soak.soak!.resources != nil && !soak.isPartial)
    #expect(soak.text().contains("Verdict: " + soak.soak!.verdict))
  }

  @Test func `A whole stress report follows the schema and shows its knee`() async throws {
    var settings = LoadSettings(mode: .stress)
    settings.latencyLimit = 100
    settings.batchSizes = [1]
    let report = try await LoadBenchmark(
      settings: settings, target: SimulatedTarget(), inputs: [SimulatedInput()],
      meter: ResourceMeter(energy: nil, gpu: nil)
    ).run(.init(engine: "simulated", model: "server", settings: settings))
    try check(report)
    #expect(report.stress!.rates.count > 3 && report.chart() != nil)
    let text = report.text()
    for words in [
      "holds at", "TTFT(ms)", "TPOT(ms)", "ITL(ms)", "TLR", "Tokens/s", "CPU(%)", "Peak(GiB)",
      "J/request", "All rates together", "power not available",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    let rows = text.split(separator: "\n").filter { $0.contains(" | ") }
    #expect(rows.count > 9 && rows.allSatisfy { $0.count <= 101 })
  }

  @Test func `Stopped, it reports what was finished`() async throws {
    var asked = 0
    let report = try await report(
      .sweep, lengths: [8, 16], batchSizes: [1, 2],
      isCancelled: {
        asked += 1
        return asked > 20
      })
    #expect(report.isPartial && report.results.count < 4)
    try check(report)
    #expect(report.text().contains("partial"))
    let none = try await self.report(.single, lengths: [8], isCancelled: { true })
    #expect(none.isPartial && none.results.isEmpty && none.chart() == nil)
    try check(none)
  }

  @Test func `Prompts have exactly the tokens asked for, and each other words`() throws {
    let model = try TinyModel.open()
    let input = prompts([100], model: model)[0]
    func ids(_ index: Int) -> [Int32] {
      guard case .tokens(let ids) = input.request(index).input else { return [] }
      return ids
    }
    #expect((0..<5).allSatisfy { ids($0).count == 100 })
    #expect(ids(3) == ids(3) && Set((0..<5).map(ids)).count == 5)

    let workload = PromptInput(
      inputTokens: Workload.shortChat.inputTokens, outputTokens: Workload.shortChat.outputTokens,
      words: PromptWords(tokenizer: nil, vocabulary: 50), seed: 2)
    let requests = workload.requests(0..<200)
    #expect(requests.allSatisfy { (50...200).contains($0.inputTokens) })
    #expect(requests.allSatisfy { (100...500).contains($0.outputTokens) })
    #expect(Set(requests.map(\.inputTokens)).count > 50)
    #expect(Workload.medicalOCR.inputTokens == 2000...8000)
    #expect(Workload.document.batchSizes == [16, 32, 64])
  }
}

private struct SimulatedTarget: LoadTarget {
  func server(concurrency: Int, prefixByteLimit: Int) -> any LoadServer {
    SimulatedServer(milliseconds: 10)
  }
  func obstacle(to input: any LoadInput, concurrency: Int) -> String? { nil }
  func expectedBytes(of input: any LoadInput, concurrency: Int) -> Int? { nil }
  func cacheBytes(of input: any LoadInput) -> Int { 0 }
}
