extension StressReport {
  var lines: [String] {
    var lines = [
      "",
      "--- Stress: batch \(batchSize), input \(inputLength), P99 of at most \(limit.figure(6)) ms ---",
      [
        padded("Offered/s", 10), padded("Served/s", 10), padded("Goodput/s", 10),
        padded("P50(ms)", 10), padded("P99(ms)", 10), padded("Misses", 12), padded("Queue", 6),
      ].joined(separator: " | "), String(repeating: "-", count: 88),
    ]
    lines += rates.sorted { $0.offered < $1.offered }.map { rate in
      [
        padded(rate.offered.figure(4), 10), padded(rate.served.figure(4), 10),
        padded(rate.goodput.figure(4), 10),
        padded(rate.latency.map { $0.summary.p50.fixed(1) } ?? "N/A", 10),
        padded(rate.p99.map { $0.fixed(1) } ?? "endless", 10),
        padded("\(rate.misses) of \(rate.requests)", 12), padded("\(rate.longestQueue)", 6),
      ].joined(separator: " | ") + (rate.holds ? "  holds" : rate.isCutShort ? "  cut short" : "")
    }
    return lines + ["", "  \(ending)"]
  }
}

extension SoakReport {
  var lines: [String] {
    var lines = [
      "", "--- Soak: batch \(batchSize), input \(inputLength), \(seconds.fixed(0)) s ---",
      "  Requests: \(requests), errors: \(errors) (timed out: \(timeouts)), "
        + "\(requestsPerSecond.figure(4)) requests/s",
    ]
    if let summary = latency?.summary {
      lines.append(
        "  Latency: P50=\(summary.p50.fixed(1))ms, P95=\(summary.p95.fixed(1))ms, "
          + "P99=\(summary.p99.fixed(1))ms of \(summary.count) samples")
    }
    for (name, unit, drift) in [
      ("Latency", "ms", latencyDrift), ("Memory", "GiB", memoryDrift),
    ] {
      guard let drift else { continue }
      lines.append(
        "  \(name) drift: \(drift.slope.figure(3)) \(unit)/h, 95 % from \(drift.low.figure(3)) to "
          + "\(drift.high.figure(3)); \((drift.change * 100).fixed(2)) % of the mean over the run")
    }
    if let resources { lines.append("  \(resources.words)") }
    return lines + ["", "  Verdict: \(verdict)"]
  }
}
