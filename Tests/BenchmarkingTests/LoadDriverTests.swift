import Benchmarking
import Foundation
import OCRInference
import Testing

@Suite struct LoadDriverTests {
  private func driver(_ server: SimulatedServer, timeout: Double = 1e6) -> LoadDriver {
    LoadDriver(server: server, timeout: timeout)
  }

  @Test func `Latencies of a batch are those counted by hand`() async throws {
    let run = try await driver(SimulatedServer(milliseconds: 10))
      .batch((0..<3).map { SimulatedInput().request($0) })
    #expect(run.traces.map(\.latency) == [10, 20, 30])
    #expect(run.traces.compactMap(\.timeToFirstToken) == [5, 15, 25])
    #expect(run.traces.compactMap(\.timePerToken) == [5, 5, 5])
    #expect(run.traces.map(\.interTokenLatencies) == [[5], [5], [5]])
    #expect(run.traces.compactMap(\.started) == [0, 10, 20])
    #expect(run.wall == 30 && run.longestQueue == 3 && !run.isStopped)

    let row = LoadRow(
      batchSize: 3, input: SimulatedInput(), runs: [run], limit: 20, tally: ResourceTally())
    #expect(row.tokensPerSecond == 6 / 0.03 && row.requestsPerSecond == 3 / 0.03)
    // Two of three within 20 ms.
    #expect(row.goodput == 2 / 0.03)
    #expect(row.latency?.summary.mean == 20 && row.latency?.summary.standardDeviation == 10)
    #expect(row.latency?.summary.tailRatio == 1.5)
  }

  /// A closed loop would have waited with sending, and seen one slow request where four were.
  @Test func `A stall shows in the latencies of all that were due meanwhile`() async throws {
    let server = SimulatedServer { index, _ in index == 2 ? 1000 : 10 }
    let run = try await driver(server)
      .run(SimulatedInput.arrivals((0..<8).map { Double($0) * 100 }))
    // Due at 200 and served at 1200; each after it waits 100 ms less and is served 10 ms later.
    #expect(run.traces.map(\.latency) == [10, 10, 1000, 910, 820, 730, 640, 550])
    #expect(run.traces.map(\.scheduled) == (0..<8).map { Double($0) * 100 })
  }

  @Test func `A request is given up after its time, and the rest are served`() async throws {
    let server = SimulatedServer(milliseconds: 10)
    let run = try await driver(server, timeout: 25)
      .batch((0..<4).map { SimulatedInput().request($0) })
    #expect(run.traces.map(\.outcome) == [.completed, .completed, .completed, .timedOut])
    #expect(run.traces[3].latency == 30 && server.isIdle)
    let row = LoadRow(
      batchSize: 4, input: SimulatedInput(), runs: [run], limit: nil, tally: ResourceTally())
    #expect(row.errors == 1 && row.timeouts == 1 && row.latency?.summary.count == 3)
    #expect(row.goodput == nil)
  }

  @Test func `Refusals and failures are outcomes, not ends`() async throws {
    let server = SimulatedServer(milliseconds: 10)
    server.failing = { $0 == 1 }
    let run = try await driver(server).batch((0..<3).map { SimulatedInput().request($0) })
    #expect(run.traces.map(\.outcome) == [.completed, .failed("refused"), .completed])
    server.refusing = true
    let refused = try await driver(server).batch([SimulatedInput().request(9)])
    #expect(refused.traces.map(\.isCompleted) == [false] && refused.wall == 0)
  }

  @Test func `What is open when a run is stopped is abandoned`() async throws {
    let server = SimulatedServer(milliseconds: 10)
    let run = try await driver(server).run(SimulatedInput.arrivals([0, 0, 0, 500])) { run, _ in
      run.traces.contains { $0.isCompleted }
    }
    #expect(run.isStopped && run.traces.map(\.outcome) == [.completed, .abandoned, .abandoned])
    #expect(server.isIdle)
  }

  @Test func `Arrivals are Poisson's, and the seed's`() {
    func times(_ seed: UInt64, _ rate: Double = 50) -> [Double] {
      Array(PoissonArrivals(rate: rate, seed: seed).prefix(20_000))
    }
    let arrivals = times(1)
    #expect(arrivals == times(1) && arrivals != times(2))
    #expect(zip(arrivals, arrivals.dropFirst()).allSatisfy { $0 < $1 })
    let gaps = zip(arrivals.dropFirst(), arrivals).map { $0 - $1 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    // 20 ms with a standard error of 0.14; of an exponential the deviation is the mean.
    #expect(abs(mean - 20) < 0.6)
    let deviation = SampleSummary(gaps)!.standardDeviation
    #expect(abs(deviation - 20) < 1)
    // The same pattern at twice the rate.
    #expect(zip(arrivals, times(1, 100)).allSatisfy { abs($0 - 2 * $1) < 1e-6 })
  }
}
