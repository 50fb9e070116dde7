import Benchmarking
import Foundation
import PageImaging
import Testing

@Suite struct SoakTests {
  /// Half an hour that takes no time.
  private func soak(
    memory: @escaping () -> Int? = { 1 << 30 },
    _ service: @escaping (_ index: Int, _ now: Double) -> Double
  ) async throws -> SoakReport {
    let test = SoakTest(
      server: SimulatedServer(service: service), input: SimulatedInput(), concurrency: 1,
      duration: 1_800_000, timeout: 1e6, memory: memory)
    return try await test.run().report
  }

  @Test func `A server that slows is found, a noisy one that does not is stable`() async throws {
    let slowing = try await soak { _, now in 1000 * (1 + 0.1 * now / 1_800_000) }
    #expect(slowing.verdict.hasPrefix("latency rises by 9."))
    #expect(slowing.latencyDrift?.isDrifting == true && slowing.memoryDrift?.isDrifting == false)
    // 10 % of 1000 ms in half an hour.
    let drift = try #require(slowing.latencyDrift)
    #expect(abs(drift.slope - 200) < 5 && drift.low <= drift.slope && drift.slope <= drift.high)

    for seed in 0..<10 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let noisy = try await soak { _, _ in 1000 + 300 * (random.uniform() - 0.5) }
      #expect(noisy.verdict == "stable")
      let drift = try #require(noisy.latencyDrift)
      #expect(drift.high - drift.low > 0 && abs(drift.change) < 0.05)
    }
  }

  @Test func `Noise does not hide a drift`() async throws {
    var random = SeededRandom(seed: 3)
    let report = try await soak { _, now in
      1000 * (1 + 0.1 * now / 1_800_000) + 300 * (random.uniform() - 0.5)
    }
    #expect(report.verdict.hasPrefix("latency rises"))
  }

  @Test func `Memory that leaks is named`() async throws {
    var bytes = 1 << 30
    func leak() -> Int? {
      bytes += 1 << 16
      return bytes
    }
    let report = try await soak(memory: leak) { _, _ in 1000 }
    #expect(report.verdict.hasPrefix("memory rises by 10."))
    #expect(report.requests == 1800 && report.errors == 0)
  }

  @Test func `A long run keeps few samples, spread over all of it`() async throws {
    let report = try await soak { _, _ in 10 }
    #expect(report.requests == 180_000 && report.samples.count <= 1024)
    #expect(report.samples.count >= 512 && report.samples.last!.seconds > 1795)
    let gaps = zip(report.samples.dropFirst(), report.samples).map { $0.seconds - $1.seconds }
    #expect(gaps.max()! - gaps.min()! < 1e-6)
    #expect(report.requestsPerSecond == 100)
  }

  @Test func `Failures are part of the verdict, and end what has no hope`() async throws {
    let server = SimulatedServer(milliseconds: 1000)
    server.failing = { $0 == 5 }
    let test = SoakTest(
      server: server, input: SimulatedInput(), concurrency: 1, duration: 20_000, timeout: 1e6,
      memory: { nil })
    let (report, isPartial) = try await test.run()
    #expect(report.errors == 1 && report.verdict == "1 of 21 requests failed" && !isPartial)
    #expect(report.memoryDrift == nil)

    server.failing = { _ in true }
    let (hopeless, isCut) = try await test.run()
    #expect(hopeless.requests == 100 && isCut)
  }

  @Test func `Too short a run is not judged`() async throws {
    let test = SoakTest(
      server: SimulatedServer(milliseconds: 1000), input: SimulatedInput(), concurrency: 1,
      duration: 5000, timeout: 1e6)
    let report = try await test.run().report
    #expect(report.requests == 5 && report.verdict.hasPrefix("too few requests"))
  }

  /// y = 2x + 1 with residuals ±1 in turn: by hand, slope and its error.
  @Test func `A slope and its interval are those of a hand-computed case`() throws {
    let times = (0..<12).map(Double.init)
    let values = times.map { 2 * $0 + 1 + (Int($0) % 2 == 0 ? 1 : -1) }
    let drift = try #require(Drift(times: times, values: values))
    // Σ(x − 5.5)² = 143; Σ(x − 5.5)·r = −6, so slope = 2 − 6/143.
    let slope = 2 - 6.0 / 143
    #expect(abs(drift.slope / 3600 - slope) < 1e-9)
    // Residual squares 12 − 36/143; t(10) = 2.2281.
    let half = 2.2281389 * ((12 - 36.0 / 143) / 10 / 143).squareRoot()
    #expect(abs((drift.high - drift.low) / 3600 / 2 - half) < 1e-3)
    #expect(drift.isDrifting && drift.count == 12)
    #expect(Drift(times: Array(times.prefix(9)), values: Array(values.prefix(9))) == nil)
    #expect(Drift(times: Array(repeating: 1, count: 20), values: (0..<20).map(Double.init)) == nil)
  }
}
