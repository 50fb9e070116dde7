/// An open loop: requests come by a Poisson process whether or not the server keeps up, at a rate that rises until the P99
/// of their latencies, counted from when they were due, is above the limit.
public struct StressTest {
  public var server: any LoadServer
  public var input: any LoadInput
  /// Sequences that the server runs together.
  public var concurrency: Int
  /// P99 of E2E, milliseconds.
  public var limit: Double
  /// Until a request is given up, milliseconds.
  public var timeout: Double
  public var settings: LoadSettings.Stress
  /// Requests one after another before the first rate.
  public var warmup: Int
  public var seed: UInt64
  public var meter: ResourceMeter

  public init(
    server: any LoadServer, input: any LoadInput, concurrency: Int, limit: Double, timeout: Double,
    settings: LoadSettings.Stress = .init(), warmup: Int = 3, seed: UInt64 = 0,
    meter: ResourceMeter = ResourceMeter()
  ) {
    precondition(limit > 0 && settings.requests > 0)
    self.server = server
    self.input = input
    self.concurrency = concurrency
    self.limit = limit
    self.timeout = timeout
    self.settings = settings
    self.warmup = warmup
    self.seed = seed
    self.meter = meter
  }

  /// Of one rate, unless more are asked for: their prompts are made beforehand.
  private static let mostRequests = 10_000

  /// The nearest rank of P99 among so many.
  static func rank(of count: Int) -> Int { max((99 * count + 99) / 100, 1) }

  /// - Parameter progress: after each rate.
  /// - Returns: what was found until it was stopped; `ending` says why.
  public func run(
    isCancelled: () -> Bool = { false }, progress: (StressReport.Rate) -> Void = { _ in }
  ) async throws -> (report: StressReport, isPartial: Bool) {
    var report = StressReport(
      batchSize: concurrency, inputLength: input.inputLength, name: input.name, limit: limit)
    let alone = try await unloaded(isCancelled)
    report.unloaded = NamedStatistics("latency_ms", alone)
    guard !isCancelled() else { return (stopped(report), true) }
    guard let usual = report.unloaded?.summary.median else {
      report.ending = "no request was served, one after another"
      return (report, false)
    }
    guard usual <= limit else {
      report.ending =
        "no rate can hold: a request alone takes \(usual.fixed(1)) ms, the limit is \(limit.fixed(1)) ms"
      return (report, false)
    }
    // A request that takes no time at all leaves the rate to the search.
    let start = settings.startRate ?? 500 / max(usual, 0.001)
    var search = RateSearch(start: start, growth: settings.growth)
    var (runs, spent) = ([LoadRun](), ResourceTally())
    while let rate = search.next {
      var tally = meter.begin()
      let run = try await meter.measure(&tally) {
        try await offer(rate, isCancelled: isCancelled)
      }
      if isCancelled() {
        report.overall = runs.isEmpty ? nil : row(of: runs, tally: spent)
        return (stopped(report), true)
      }
      runs.append(run)
      spent += tally
      let result = StressReport.Rate(
        run, row: row(of: [run], tally: tally), offered: rate, limit: limit)
      report.rates.append(result)
      progress(result)
      search.record(rate, holds: result.holds)
      (report.capacity, report.lost) = (search.held, search.lost)
    }
    report.overall = runs.isEmpty ? nil : row(of: runs, tally: spent)
    report.ending = ending(search)
    return (report, false)
  }

  private func row(of runs: [LoadRun], tally: ResourceTally) -> LoadRow {
    LoadRow(batchSize: concurrency, input: input, runs: runs, limit: limit, tally: tally)
  }

  /// Latencies of requests one after another; those that fail have none.
  private func unloaded(_ isCancelled: () -> Bool) async throws -> [Double] {
    let driver = LoadDriver(server: server, timeout: timeout)
    var latencies: [Double] = []
    for index in 0..<max(warmup, 1) {
      if isCancelled() { break }
      let run = try await driver.batch([input.request(index)], isCancelled: isCancelled)
      latencies += run.traces.filter(\.isCompleted).map(\.latency)
    }
    return latencies
  }

  /// Every rate gets the same pattern of arrivals, only faster, so that rates differ by nothing else.
  private func offer(_ rate: Double, isCancelled: () -> Bool) async throws -> LoadRun {
    // So long that a queue which grows has time to pass the limit.
    let enough = min(rate * limit / 1000 * 10, Double(Self.mostRequests))
    let count = max(settings.requests, Int(enough.rounded(.up)))
    let arrivals = zip(PoissonArrivals(rate: rate, seed: seed), input.requests(0..<count)).map {
      LoadArrival(time: $0, request: $1)
    }
    let spare = count - Self.rank(of: count)
    let server = server
    return try await LoadDriver(server: server, timeout: timeout).run(arrivals) { run, open in
      if isCancelled() { return true }
      // Lost, and nothing would be learnt by waiting for the rest.
      guard open > 4 * concurrency + 16 else { return false }
      let now = server.now
      return run.traces.count { $0.misses(limit, at: now) } > spare
    }
  }

  private func stopped(_ report: StressReport) -> StressReport {
    var report = report
    report.ending = "interrupted"
    return report
  }

  private func ending(_ search: RateSearch) -> String {
    switch (search.held, search.lost) {
    case (let held?, let lost?):
      "the limit holds at \(held.figure(4)) requests/s and is lost at \(lost.figure(4))"
    case (let held?, nil): "the limit still holds at \(held.figure(4)) requests/s, the last tried"
    case (nil, let lost?): "no rate held, down to \(lost.figure(4)) requests/s"
    case (nil, nil): "nothing was tried"
    }
  }
}

extension RequestTrace {
  /// Whether it is too late for the limit, or failed; one that is open still may be in time.
  fileprivate func misses(_ limit: Double, at now: Double) -> Bool {
    switch outcome {
    case .completed: latency > limit
    case .timedOut, .failed: true
    case .abandoned: now - scheduled > limit
    }
  }
}
