/// What one run of requests gave.
public struct LoadRun: Sendable {
  /// Of the requests that came, in their order.
  public var traces: [RequestTrace] = []
  /// From the first moment to the last end, milliseconds.
  public var wall = 0.0
  /// Most sequences that one pass gave a token each.
  public var largestPass = 0
  /// Most bytes of buffers and caches at once; nil where unknown.
  public var peakBytes: Int?
  /// Most requests open at once.
  public var longestQueue = 0
  /// Ended before its last request had.
  public var isStopped = false
}

/// Sends requests when they are due, whatever the server is doing, and notes what comes.
public struct LoadDriver {
  public let server: any LoadServer
  /// Milliseconds from a request's scheduled time until it is given up.
  public let timeout: Double

  public init(server: any LoadServer, timeout: Double) {
    self.server = server
    self.timeout = timeout
  }

  /// - Parameters:
  ///   - arrivals: ascending in time. All at 0 is a fixed batch, else an open loop.
  ///   - stop: asked after every step; what is open then is abandoned.
  public func run(
    _ arrivals: [LoadArrival], stop: (borrowing LoadRun, _ open: Int) -> Bool = { _, _ in false }
  ) async throws -> LoadRun {
    let begin = server.now
    var run = LoadRun()
    var open: [Int: Int] = [:]
    var next = 0
    while next < arrivals.count || !open.isEmpty {
      while next < arrivals.count, begin + arrivals[next].time <= server.now {
        submit(arrivals[next].request, at: begin + arrivals[next].time, into: &run, &open)
        next += 1
      }
      run.longestQueue = max(run.longestQueue, open.count)
      if stop(run, open.count) {
        run.isStopped = true
        break
      }
      if server.isIdle {
        guard next < arrivals.count else { break }
        try await server.wait(until: begin + arrivals[next].time)
      } else {
        take(try await server.step(), into: &run, &open)
        if let bytes = server.byteCount { run.peakBytes = max(run.peakBytes ?? 0, bytes) }
        giveUpLate(in: &run, &open)
      }
    }
    for (id, index) in open {
      server.cancel(id)
      run.traces[index].end = server.now
    }
    run.wall = (run.traces.map(\.end).max() ?? begin) - begin
    return run
  }

  /// Requests that all come at once.
  public func batch(
    _ requests: [LoadRequest], isCancelled: () -> Bool = { false }
  ) async throws -> LoadRun {
    try await run(requests.map { LoadArrival(time: 0, request: $0) }) { _, _ in isCancelled() }
  }

  private func submit(
    _ request: LoadRequest, at scheduled: Double, into run: inout LoadRun, _ open: inout [Int: Int]
  ) {
    var request = request
    request.deadline = scheduled + timeout
    run.traces.append(
      RequestTrace(
        request: request.id, inputTokens: request.inputTokens, scheduled: scheduled,
        end: server.now))
    do {
      try server.submit(request)
      open[request.id] = run.traces.count - 1
    } catch {
      run.traces[run.traces.count - 1].outcome = .failed("\(error)")
    }
  }

  private func take(_ events: [LoadEvent], into run: inout LoadRun, _ open: inout [Int: Int]) {
    var speakers = 0
    for event in events {
      switch event {
      case .token(let id, let time):
        guard let index = open[id] else { continue }
        run.traces[index].tokenTimes.append(time)
        speakers += 1
      case .pass(let sequences): speakers += sequences
      case .end(let id, let end):
        guard let index = open.removeValue(forKey: id) else { continue }
        run.traces[index].close(end)
      }
    }
    run.largestPass = max(run.largestPass, speakers)
  }

  private func giveUpLate(in run: inout LoadRun, _ open: inout [Int: Int]) {
    let now = server.now
    for (id, index) in open where now - run.traces[index].scheduled > timeout {
      server.cancel(id)
      open[id] = nil
      run.traces[index].outcome = .timedOut
      run.traces[index].end = now
    }
  }
}

extension RequestTrace {
  fileprivate mutating func close(_ end: LoadEnd) {
    self.end = end.time
    started = end.started
    page = end.page
    outcome =
      switch end.failure {
      case nil: .completed
      case .timedOut: .timedOut
      case .error(let reason): .failed(reason)
      }
  }
}
