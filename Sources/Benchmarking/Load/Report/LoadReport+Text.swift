extension LoadReport {
  private static let rule = String(repeating: "=", count: 80)
  private static let thin = String(repeating: "-", count: 80)

  /// The source document's report: environment, summary, percentiles, errors.
  public func text() -> String {
    var lines = [
      Self.rule, "Load benchmark: \(metadata.mode.rawValue)", "Begun: \(timestamp)", Self.rule, "",
      "--- Environment ---",
    ]
    lines += environment.map { "  \($0): \($1)" }
    if !results.isEmpty { lines += summary + details + machine + prefixes + errors }
    if let stress { lines += stress.lines }
    if let soak { lines += soak.lines }
    if isPartial { lines += ["", "Stopped early: partial."] }
    return (lines + ["", Self.rule]).joined(separator: "\n") + "\n"
  }

  private var environment: [(String, String)] {
    var facts = [("engine", metadata.engine), ("model", metadata.model)]
    if let weights = metadata.weightType { facts.append(("weights", weights)) }
    if let cache = metadata.cacheType { facts.append(("cache", cache)) }
    if let threads = metadata.threads { facts.append(("threads", "\(threads)")) }
    if let set = metadata.instructionSet { facts.append(("instruction set", set)) }
    facts += [
      ("platform", metadata.platform), ("processors", "\(metadata.processors)"),
      ("memory", "\(metadata.memoryGiB.fixed(1)) GiB"), ("warm-up", "\(metadata.warmup)"),
      ("iterations", "\(metadata.iterations)"),
      ("time-out", "\(metadata.timeoutSeconds.figure(4)) s"),
      ("seed", "\(metadata.seed)"),
    ]
    if let limit = metadata.latencyLimit { facts.append(("limit", "\(limit.figure(6)) ms")) }
    // Every other engine reads pages, and only them.
    if metadata.readsPages ?? (metadata.engine != "local") {
      let isTogether = metadata.decodesPagesTogether ?? false
      facts.append(("requests", isTogether ? "pages, decoded together" : "one page after another"))
    }
    return facts
  }

  private var summary: [String] {
    let head = [
      padded("Batch", 6), padded("Input", 6), padded("Output", 6), padded("TTFT(ms)", 10),
      padded("TPOT(ms)", 10), padded("Latency(ms)", 12), padded("Throughput", 14),
    ].joined(separator: " | ")
    return ["", "--- Summary (means) ---", head, Self.thin]
      + results.map { row in
        let start =
          padded("\(row.batchSize)", 6) + " | " + padded("\(row.inputLength)", 6) + " | "
        if let skipped = row.skipped { return start + skipped }
        return start
          + [
            padded(row.outputLength.map { "\($0)" } ?? "N/A", 6),
            padded(row.ttft.mean(1), 10), padded(row.tpot.mean(2), 10),
            padded(row.latency.mean(1), 12), padded(row.throughput, 14),
          ].joined(separator: " | ") + (row.name.map { "  \($0)" } ?? "")
      }
  }

  private var details: [String] {
    let measured = results.filter { $0.skipped == nil }
    guard !measured.isEmpty else { return [] }
    var lines = ["", "--- Percentiles (P50 / P95 / P99, nearest rank) ---"]
    for row in measured {
      lines += ["", "  [Batch=\(row.batchSize), Input=\(row.inputLength)\(row.suffix)]"]
      lines += row.details
    }
    return lines
  }

  private var machine: [String] {
    let lines = results.compactMap { row in
      row.resources.map { use in
        "  [Batch=\(row.batchSize), Input=\(row.inputLength)\(row.suffix)] " + use.words
          + (row.expectedGiB.map { ", expected \($0.fixed(2)) GiB with the weights" } ?? "")
          + (row.bufferGiB.map { ", buffers and caches \($0.fixed(2)) GiB" } ?? "")
      }
    }
    return lines.isEmpty ? [] : ["", "--- Machine ---"] + lines
  }

  private var prefixes: [String] {
    let rows = results.filter { $0.hasPrefixStore != nil }
    guard !rows.isEmpty else { return [] }
    var lines = ["", "--- Prefix store ---"]
    for with in rows where with.hasPrefixStore == true {
      guard
        let without = rows.first(where: {
          $0.hasPrefixStore == false && $0.inputLength == with.inputLength && $0.name == with.name
        })
      else { continue }
      var line =
        "  [Input=\(with.inputLength)] KV hit rate \(((with.hitRate ?? 0) * 100).fixed(1)) %, "
        + "\(without.throughput) without, \(with.throughput) with"
      if let before = without.tokensPerSecond, let after = with.tokensPerSecond, before > 0 {
        line += " (\((after / before).fixed(2))x)"
      }
      lines.append(line)
    }
    return lines
  }

  private var errors: [String] {
    let count = results.reduce(0) { $0 + $1.requests }
    let failed = results.reduce(0) { $0 + $1.errors }
    let late = results.reduce(0) { $0 + $1.timeouts }
    var lines = [
      "", "--- Errors ---", "  Requests: \(count), errors: \(failed) (timed out: \(late))",
    ]
    if let first = results.lazy.compactMap(\.firstError).first { lines.append("  First: \(first)") }
    return lines
  }
}

extension LoadRow {
  var throughput: String {
    tokensPerSecond.map { "\($0.fixed(1)) t/s" } ?? "\(requestsPerSecond.figure(3)) req/s"
  }

  /// Percentiles of each latency, and rates.
  var details: [String] {
    var lines: [String] = []
    for (name, statistics) in [
      ("Latency", latency), ("TTFT", ttft), ("TPOT", tpot), ("ITL", itl),
    ] {
      guard let summary = statistics?.summary else { continue }
      lines.append(
        "    \((name + ":").padding(9))P50=\(summary.p50.fixed(2))ms, P95=\(summary.p95.fixed(2))ms, "
          + "P99=\(summary.p99.fixed(2))ms (sd \(summary.standardDeviation.fixed(2)), "
          + "min \(summary.minimum.fixed(2)), max \(summary.maximum.fixed(2)), n=\(summary.count))")
    }
    if let ratio = latency?.summary.tailRatio {
      lines.append("    TLR (P99/P50): \(ratio.fixed(2))")
    }
    var rates = "    Requests: \(requestsPerSecond.figure(4))/s"
    if let goodput { rates += ", within the limit \(goodput.figure(4))/s" }
    if let largestPass { rates += "; decoded together: \(largestPass)" }
    return lines + [rates]
  }

  fileprivate var suffix: String {
    let store = hasPrefixStore.map { $0 ? ", prefix store" : ", no prefix store" } ?? ""
    return (name.map { ", \($0)" } ?? "") + store
  }
}

extension NamedStatistics? {
  /// The mean with so many digits; N/A where nothing was measured.
  func mean(_ digits: Int) -> String { self.map { $0.summary.mean.fixed(digits) } ?? "N/A" }
}

extension ResourceUse {
  var words: String {
    var parts = [
      "CPU \((processorShare * 100).fixed(0)) %", "peak memory \(peakGiB.fixed(2)) GiB",
    ]
    if let childPeakGiB { parts.append("engine's \(childPeakGiB.fixed(2)) GiB") }
    if let gpuGiB { parts.append("GPU memory \(gpuGiB.fixed(2)) GiB") }
    if let watts {
      parts.append("\(watts.fixed(1)) W (\(powerSource))")
      if let joulesPerRequest { parts.append("\(joulesPerRequest.figure(3)) J a request") }
    } else {
      parts.append("power \(powerSource)")
    }
    return parts.joined(separator: ", ")
  }
}

extension String {
  /// At least that wide.
  func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
