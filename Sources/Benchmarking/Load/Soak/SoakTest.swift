/// The same load for long: does it get slower, or larger?
public struct SoakTest {
  public var server: any LoadServer
  public var input: any LoadInput
  /// Requests that come together; the next when all have ended.
  public var concurrency: Int
  /// Milliseconds, by the server's clock.
  public var duration: Double
  public var timeout: Double
  /// Bytes of memory now; nil where unknown.
  public var memory: () -> Int?

  public init(
    server: any LoadServer, input: any LoadInput, concurrency: Int, duration: Double,
    timeout: Double, memory: @escaping () -> Int? = SoakTest.residentMemory
  ) {
    precondition(concurrency > 0 && duration > 0)
    self.server = server
    self.input = input
    self.concurrency = concurrency
    self.duration = duration
    self.timeout = timeout
    self.memory = memory
  }

  /// Bytes of this process now.
  public static func residentMemory() -> Int? { MemoryMark.resident }

  /// After so many failures one after another there is nothing left to measure.
  private static let hopeless = 100

  /// - Parameter progress: milliseconds done.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) async throws -> (report: SoakReport, isPartial: Bool) {
    var report = SoakReport(
      batchSize: concurrency, inputLength: input.inputLength, outputLength: input.outputLength,
      name: input.name)
    let driver = LoadDriver(server: server, timeout: timeout)
    let begin = server.now
    var samples = ThinnedSamples()
    var (next, failures, served) = (0, 0, 0)
    while server.now - begin < duration, failures < Self.hopeless, !isCancelled() {
      let run = try await driver.batch(
        input.requests(next..<next + concurrency), isCancelled: isCancelled)
      if run.isStopped { break }
      next += concurrency
      let gibibytes = memory().map { Double($0) / Double(1 << 30) }
      for trace in run.traces {
        report.requests += 1
        failures = trace.isCompleted ? 0 : failures + 1
        if trace.outcome == .timedOut { report.timeouts += 1 }
        guard trace.isCompleted else {
          report.errors += 1
          continue
        }
        served += 1
        samples.add(
          .init(
            seconds: (trace.end - begin) / 1000, latency: trace.latency, gibibytes: gibibytes))
      }
      progress(server.now - begin)
    }
    let isPartial = server.now - begin < duration
    report.seconds = (server.now - begin) / 1000
    report.requestsPerSecond = report.seconds > 0 ? Double(served) / report.seconds : 0
    report.judge(samples.kept)
    return (report, isPartial)
  }
}

/// Samples of a run of any length in memory that does not grow: with every filling each second one goes.
struct ThinnedSamples {
  private static let most = 1024
  private(set) var kept: [SoakReport.Sample] = []
  private var stride = 1
  private var seen = 0

  init() { kept.reserveCapacity(Self.most) }

  mutating func add(_ sample: SoakReport.Sample) {
    defer { seen += 1 }
    guard seen % stride == 0 else { return }
    if kept.count == Self.most {
      for index in 0..<Self.most / 2 { kept[index] = kept[2 * index] }
      kept.removeLast(Self.most / 2)
      stride *= 2
      guard seen % stride == 0 else { return }
    }
    kept.append(sample)
  }
}

extension SoakReport {
  fileprivate mutating func judge(_ kept: [Sample]) {
    samples = kept
    latency = NamedStatistics("latency_ms", kept.map(\.latency))
    latencyDrift = Drift(times: kept.map(\.seconds), values: kept.map(\.latency))
    let known = kept.filter { $0.gibibytes != nil }
    memoryDrift = Drift(times: known.map(\.seconds), values: known.compactMap(\.gibibytes))
    verdict = judged()
  }
}
