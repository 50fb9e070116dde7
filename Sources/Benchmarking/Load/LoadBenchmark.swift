import OCRInference

/// Runs a mode: the rows it has, each on a server of its own.
public struct LoadBenchmark {
  public var settings: LoadSettings
  public var target: any LoadTarget
  public var inputs: [any LoadInput]
  public var meter: ResourceMeter

  public init(
    settings: LoadSettings, target: any LoadTarget, inputs: [any LoadInput],
    meter: ResourceMeter = ResourceMeter()
  ) {
    precondition(!inputs.isEmpty && !settings.batchSizes.isEmpty && settings.iterations > 0)
    self.settings = settings
    self.target = target
    self.inputs = inputs
    self.meter = meter
    self.meter.countsChildren = target.runsPrograms
  }

  /// A row before it is measured.
  private struct Cell {
    var input: any LoadInput
    var batchSize: Int
  }

  /// - Parameters:
  ///   - isCancelled: asked between steps; what was measured so far is returned, marked partial.
  ///   - progress: a share of all, and what is being done.
  /// - Throws: `GenerationError.cache`, `CacheError`.
  public func run(
    _ metadata: LoadReport.Metadata, isCancelled: () -> Bool = { false },
    progress: (Double, String) -> Void = { _, _ in }
  ) async throws -> LoadReport {
    var report = LoadReport(metadata: metadata)
    switch settings.mode {
    case .single, .longContext:
      try await measure(
        inputs.map { Cell(input: $0, batchSize: 1) }, into: &report, isCancelled, progress)
    case .batch:
      try await measure(
        settings.batchSizes.map { Cell(input: inputs[0], batchSize: $0) }, into: &report,
        isCancelled, progress)
    case .sweep:
      let cells = inputs.flatMap { input in
        settings.batchSizes.map { Cell(input: input, batchSize: $0) }
      }
      try await measure(cells, into: &report, isCancelled, progress)
    case .prefixSharing: try await sharePrefixes(into: &report, isCancelled, progress)
    case .stress: try await stress(into: &report, isCancelled, progress)
    case .soak: try await soak(into: &report, isCancelled, progress)
    }
    return report
  }

  // MARK: Rows of batches

  private func measure(
    _ cells: [Cell], into report: inout LoadReport, _ isCancelled: () -> Bool,
    _ progress: (Double, String) -> Void
  ) async throws {
    var isWarm = false
    for (index, cell) in cells.enumerated() {
      progress(
        Double(index) / Double(cells.count),
        "batch \(cell.batchSize), input \(cell.input.inputLength)")
      if isCancelled() { break }
      if let skipped = skipped(cell) {
        report.results.append(skipped)
        continue
      }
      let server = try target.server(concurrency: cell.batchSize, prefixByteLimit: 0)
      let driver = LoadDriver(server: server, timeout: settings.timeout)
      if !isWarm { try await warmUp(driver, cell.input, isCancelled) }
      isWarm = true
      if let row = try await row(cell, driver, isCancelled) { report.results.append(row) }
      if isCancelled() { break }
    }
    report.isPartial = isCancelled()
  }

  /// nil where not one batch was finished.
  private func row(
    _ cell: Cell, _ driver: LoadDriver, _ isCancelled: () -> Bool
  ) async throws -> LoadRow? {
    var tally = meter.begin()
    var runs: [LoadRun] = []
    for turn in 0..<settings.iterations {
      let run = try await meter.measure(&tally) {
        try await driver.batch(
          cell.input.requests(turn * cell.batchSize..<(turn + 1) * cell.batchSize),
          isCancelled: isCancelled)
      }
      if run.isStopped { break }
      runs.append(run)
    }
    guard !runs.isEmpty else { return nil }
    var row = LoadRow(
      batchSize: cell.batchSize, input: cell.input, runs: runs, limit: settings.latencyLimit,
      tally: tally)
    row.expectedGiB = expectedGiB(cell)
    return row
  }

  /// Requests that do not count, one after another; few tokens each, for they only touch memory.
  private func warmUp(
    _ driver: LoadDriver, _ input: any LoadInput, _ isCancelled: () -> Bool
  ) async throws {
    for index in 0..<settings.warmup {
      var request = input.request(index)
      request.outputTokens = min(request.outputTokens, 32)
      _ = try await driver.batch([request], isCancelled: isCancelled)
    }
  }

  /// - Parameter limits: of each server's prefix store.
  private func skipped(_ cell: Cell, prefixByteLimits limits: [Int] = [0]) -> LoadRow? {
    guard
      let reason = target.obstacle(
        to: cell.input, concurrency: cell.batchSize, prefixByteLimits: limits)
    else { return nil }
    var row = LoadRow(batchSize: cell.batchSize, input: cell.input)
    row.skipped = reason
    row.expectedGiB = expectedGiB(cell, prefixByteLimits: limits)
    return row
  }

  private func expectedGiB(_ cell: Cell, prefixByteLimits limits: [Int] = [0]) -> Double? {
    target.expectedBytes(
      of: cell.input, concurrency: cell.batchSize, prefixByteLimits: limits
    ).map { Double($0) / Double(1 << 30) }
  }

  // MARK: Prompts that begin alike

  /// With the prefix store and without, taking turns, so that a neighbour's load falls on both.
  private func sharePrefixes(
    into report: inout LoadReport, _ isCancelled: () -> Bool, _ progress: (Double, String) -> Void
  ) async throws {
    for (index, input) in inputs.enumerated() {
      progress(Double(index) / Double(inputs.count), "input \(input.inputLength)")
      let cell = Cell(input: input, batchSize: settings.batchSizes[0])
      // Room for two prompts: the newest, and the one that it shares with.
      let limits = [0, 2 * target.cacheBytes(of: input) + (1 << 20)]
      if let skipped = skipped(cell, prefixByteLimits: limits) {
        report.results.append(skipped)
        continue
      }
      let servers = try limits.map {
        try target.server(concurrency: cell.batchSize, prefixByteLimit: $0)
      }
      let drivers = servers.map { LoadDriver(server: $0, timeout: settings.timeout) }
      if index == 0 { try await warmUp(drivers[0], input, isCancelled) }
      let rows = try await rows(cell, drivers, isCancelled)
      for (row, server) in zip(rows, servers) {
        guard var row else { continue }
        row.hasPrefixStore = server !== servers[0]
        row.hitRate = (server as? DecoderServer)?.prefixStatistics.hitRate
        report.results.append(row)
      }
      if isCancelled() { break }
    }
    report.isPartial = isCancelled()
  }

  private func rows(
    _ cell: Cell, _ drivers: [LoadDriver], _ isCancelled: () -> Bool
  ) async throws -> [LoadRow?] {
    var tallies = drivers.map { _ in meter.begin() }
    var runs: [[LoadRun]] = drivers.map { _ in [] }
    for turn in 0..<settings.iterations where !isCancelled() {
      let requests = cell.input.requests(turn * cell.batchSize..<(turn + 1) * cell.batchSize)
      for (index, driver) in drivers.enumerated() {
        var tally = tallies[index]
        let run = try await meter.measure(&tally) {
          try await driver.batch(requests, isCancelled: isCancelled)
        }
        tallies[index] = tally
        if !run.isStopped { runs[index].append(run) }
      }
    }
    return drivers.indices.map { index in
      guard !runs[index].isEmpty else { return nil }
      return LoadRow(
        batchSize: cell.batchSize, input: cell.input, runs: runs[index],
        limit: settings.latencyLimit, tally: tallies[index])
    }
  }

  // MARK: Stress and soak

  private func stress(
    into report: inout LoadReport, _ isCancelled: () -> Bool, _ progress: (Double, String) -> Void
  ) async throws {
    let cell = Cell(input: inputs[0], batchSize: settings.batchSizes.max()!)
    if let skipped = skipped(cell) { return report.results.append(skipped) }
    guard let limit = settings.latencyLimit else {
      preconditionFailure("stress finds the rate that holds a limit")
    }
    let test = StressTest(
      server: try target.server(concurrency: cell.batchSize, prefixByteLimit: 0),
      input: cell.input, concurrency: cell.batchSize, limit: limit,
      timeout: settings.timeout, settings: settings.stress, warmup: settings.warmup,
      seed: settings.seed, meter: meter)
    progress(0, "one request after another")
    var done = 0.0
    let (found, isPartial) = try await test.run(isCancelled: isCancelled) { rate in
      done += 1
      // Nobody knows how many rates there will be.
      progress(
        1 - 1 / (1 + done / 8),
        "\(rate.offered.figure(3)) requests/s \(rate.holds ? "hold" : "are too many")")
    }
    report.stress = found
    report.isPartial = isPartial
  }

  private func soak(
    into report: inout LoadReport, _ isCancelled: () -> Bool, _ progress: (Double, String) -> Void
  ) async throws {
    let cell = Cell(input: inputs[0], batchSize: settings.batchSizes[0])
    if let skipped = skipped(cell) { return report.results.append(skipped) }
    let server = try target.server(concurrency: cell.batchSize, prefixByteLimit: 0)
    try await warmUp(
      LoadDriver(server: server, timeout: settings.timeout), cell.input, isCancelled)
    let test = SoakTest(
      server: server, input: cell.input, concurrency: cell.batchSize, duration: settings.duration,
      timeout: settings.timeout)
    var tally = meter.begin()
    let (found, isPartial) = try await meter.measure(&tally) {
      try await test.run(isCancelled: isCancelled) { progress($0 / settings.duration, "soaking") }
    }
    report.soak = found
    report.soak?.resources = ResourceUse(tally, requests: found.requests - found.errors)
    report.isPartial = isPartial
  }
}
