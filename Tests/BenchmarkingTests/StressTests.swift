import Benchmarking
import Testing

@Suite struct StressTests {
  private func test(
    _ server: SimulatedServer, limit: Double, timeout: Double = 1e6, start: Double? = nil,
    requests: Int = 400
  ) -> StressTest {
    var settings = LoadSettings.Stress()
    settings.startRate = start
    settings.requests = requests
    return StressTest(
      server: server, input: SimulatedInput(), concurrency: 1, limit: limit, timeout: timeout,
      settings: settings, seed: 7, meter: ResourceMeter(energy: nil, gpu: nil))
  }

  /// 10 ms each: 100 requests a second and not one more.
  @Test func `It finds the capacity of a server within a step`() async throws {
    let (report, isPartial) = try await test(SimulatedServer(milliseconds: 10), limit: 200).run()
    let (held, lost) = (try #require(report.capacity), try #require(report.lost))
    #expect(!isPartial && lost / held <= 1.05)
    #expect(held < 105 && lost > 85)
    #expect(report.rates.filter(\.holds).allSatisfy { $0.offered <= held && $0.p99! <= 200 })
    #expect(report.rates.filter { !$0.holds }.allSatisfy { $0.offered >= lost })
    // Beyond the knee no more than the capacity is served.
    #expect(report.rates.allSatisfy { $0.served < 101 })
    #expect(report.unloaded?.summary.median == 10)
    #expect(report.ending.contains("holds at"))
  }

  /// 10 ms each, a token after 5 and one at the end: whatever the wait, it is before the first.
  @Test func `Each rate and all together have every latency, speeds and resources`() async throws {
    let (report, _) = try await test(SimulatedServer(milliseconds: 10), limit: 200).run()
    func near(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-6 } ?? false }
    for rate in report.rates {
      let (first, whole) = (
        try #require(rate.ttft).summary, try #require(rate.latency).summary
      )
      #expect(near(whole.mean - first.mean, 5) && near(whole.p99 - first.p99, 5))
      #expect(near(first.minimum, 5))
      for statistics in [rate.tpot, rate.itl] {
        let summary = try #require(statistics?.summary)
        #expect(summary.count == whole.count && near(summary.mean, 5) && near(summary.p99, 5))
      }
      #expect(near(rate.tokensPerSecond, 2 * rate.served))
      let resources = try #require(rate.resources)
      #expect(resources.peakGiB > 0 && resources.watts == nil)
      #expect(resources.joulesPerRequest == nil)
      #expect(resources.powerSource == ResourceUse.unavailable)
    }
    let overall = try #require(report.overall)
    let latencies = report.rates.compactMap { $0.latency?.summary }
    #expect(overall.requests == report.rates.reduce(0) { $0 + $1.requests })
    #expect(overall.latency?.summary.count == latencies.reduce(0) { $0 + $1.count })
    #expect(overall.latency?.summary.maximum == latencies.map(\.maximum).max())
    #expect(near(overall.tpot?.summary.mean, 5) && near(overall.ttft?.summary.minimum, 5))
    #expect(near(overall.tokensPerSecond, 2 * overall.requestsPerSecond))
    #expect(overall.goodput! <= overall.requestsPerSecond)
    #expect(overall.resources!.peakGiB == report.rates.map { $0.resources!.peakGiB }.max())
  }

  @Test func `A tighter limit holds at a lower rate`() async throws {
    func capacity(_ limit: Double) async throws -> Double? {
      try await test(SimulatedServer(milliseconds: 10), limit: limit).run().report.capacity
    }
    let (tight, loose) = (try await capacity(30), try await capacity(200))
    #expect(tight! < loose! * 0.8)
  }

  @Test func `From a rate that is lost already it comes down`() async throws {
    let (report, _) = try await test(
      SimulatedServer(milliseconds: 10), limit: 200, start: 1000
    ).run()
    #expect(report.rates[0].offered == 1000 && !report.rates[0].holds)
    // A queue that only grows is not waited for.
    #expect(report.rates[0].isCutShort && report.rates[0].p99 == nil)
    #expect((80..<105).contains(try #require(report.capacity)))
  }

  @Test func `Where a request alone is too slow nothing is tried`() async throws {
    let (report, _) = try await test(SimulatedServer(milliseconds: 300), limit: 200).run()
    #expect(report.rates.isEmpty && report.capacity == nil)
    #expect(report.ending.contains("a request alone takes 300.0 ms"))
  }

  @Test func `Time-outs and errors are misses however fast they come`() async throws {
    let server = SimulatedServer(milliseconds: 10)
    // One in twenty fails at once: P99 is endless at any rate.
    server.failing = { $0 % 20 == 19 }
    let (report, _) = try await test(server, limit: 200, start: 20).run()
    #expect(report.capacity == nil && report.ending.contains("no rate held"))
    let first = report.rates[0]
    #expect(first.errors == 20 && first.misses == 20 && first.p99 == nil && !first.holds)

    // Given up after 50 ms, before the limit: still misses.
    let (late, _) = try await test(
      SimulatedServer(milliseconds: 10), limit: 200, timeout: 50, start: 90
    ).run()
    #expect(late.rates[0].timeouts > 0 && !late.rates[0].holds)
  }

  @Test func `Nothing that is served is said so`() async throws {
    let server = SimulatedServer(milliseconds: 10)
    server.refusing = true
    let (report, _) = try await test(server, limit: 200).run()
    #expect(report.ending == "no request was served, one after another")
  }

  @Test func `Stopped, it keeps the rates that were finished`() async throws {
    var rates = 0
    let (report, isPartial) = try await test(
      SimulatedServer(milliseconds: 10), limit: 200
    ).run(isCancelled: { rates == 2 }, progress: { _ in rates += 1 })
    #expect(isPartial && report.rates.count == 2 && report.ending == "interrupted")
    #expect(report.overall?.requests == report.rates[0].requests + report.rates[1].requests)
  }
}
