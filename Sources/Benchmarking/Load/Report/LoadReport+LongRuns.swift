extension StressReport {
  var lines: [String] {
    let title =
      "Stress: batch \(batchSize), input \(inputLength), P99 of at most \(limit.figure(6)) ms"
    let sorted = rates.sorted { $0.offered < $1.offered }
    var lines = table(title, knee, sorted)
    // Nothing was tried: the ending says why.
    if !sorted.isEmpty {
      lines += table("Latency of those served (means)", latencies, sorted)
      lines += table("Machine", machine, sorted)
    }
    if let overall {
      lines += ["", "--- All rates together (P50 / P95 / P99, nearest rank) ---"] + overall.details
      if let resources = overall.resources { lines.append("    " + resources.words) }
    }
    return lines + ["", "  \(ending)"]
  }

  /// A column: its head, and what it says of a rate.
  private typealias Column = (head: String, cell: (Rate) -> String)

  private var knee: [Column] {
    [
      ("Served/s", { $0.served.figure(4) }), ("Goodput/s", { $0.goodput.figure(4) }),
      ("P50(ms)", { $0.latency.map { $0.summary.p50.fixed(1) } ?? "N/A" }),
      ("P99(ms)", { $0.p99.map { $0.fixed(1) } ?? "endless" }),
      ("Misses", { "\($0.misses) of \($0.requests)" }), ("Queue", { "\($0.longestQueue)" }),
      ("", { $0.holds ? "holds" : $0.isCutShort ? "cut short" : "" }),
    ]
  }

  private var latencies: [Column] {
    [
      ("TTFT(ms)", { $0.ttft.mean(1) }), ("TPOT(ms)", { $0.tpot.mean(2) }),
      ("ITL(ms)", { $0.itl.mean(2) }), ("E2E(ms)", { $0.latency.mean(1) }),
      ("TLR", { $0.latency?.summary.tailRatio.map { $0.fixed(2) } ?? "N/A" }),
      ("Tokens/s", { $0.tokensPerSecond.map { $0.fixed(1) } ?? "N/A" }),
    ]
  }

  private var machine: [Column] {
    [
      ("CPU(%)", { $0.resources.map { ($0.processorShare * 100).fixed(0) } ?? "N/A" }),
      ("Peak(GiB)", { $0.resources.map { $0.peakGiB.fixed(2) } ?? "N/A" }),
      ("Power(W)", { $0.resources?.watts.map { $0.fixed(1) } ?? "N/A" }),
      ("J/request", { $0.resources?.joulesPerRequest.map { $0.figure(3) } ?? "N/A" }),
    ]
  }

  private func table(_ title: String, _ columns: [Column], _ rates: [Rate]) -> [String] {
    let offered: Column = ("Offered/s", { $0.offered.figure(4) })
    let all = [offered] + columns
    let rows = [all.map(\.head)] + rates.map { rate in all.map { $0.cell(rate) } }
    let widths = all.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { zip($0, widths).map(padded).joined(separator: " | ") }
    return ["", "--- \(title) ---", lines[0], String(repeating: "-", count: lines[0].count)]
      + lines.dropFirst()
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
