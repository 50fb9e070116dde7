extension KVReport {
  /// The table of the source document, with the memory that there is on a processor beside it, and what was read.
  public func text() -> String {
    let reads = aggregatedStats.values.contains { $0.ocr != nil }
    let header =
      "Method".leftAligned(22)
      + ["TTFT(s)", "TPOT(s)", "Thruput", "PPL", "Acc", "VRAM(GB)"].map { padded($0, 11) }.joined()
      + padded("Cache", 9)
      + ["Mem(GB)", "Alloc(GB)", "Expected", "KV(GB)"].map { padded($0, 11) }.joined()
      + (reads ? padded("CER", 9) + padded("Lost fields", 14) : "")
    let width = max(100, header.count)
    var lines = [
      "KV cache policies: \(config.modelID), \(config.weightType.rawValue) weights, "
        + "\(config.cacheType.rawValue) cache, \(config.threads) "
        + "thread\(config.threads == 1 ? "" : "s")",
      "\(samples) of \(config.maxTokens) tokens (\(config.text.rawValue)), the last "
        + "\(config.maxNewTokens) generated for the times and foreseen like the rest for PPL and Acc.",
      "", header, String(repeating: "-", count: width),
    ]
    for method in methods {
      if let row = aggregatedStats[method] { lines.append(line(method, row, reads: reads)) }
    }
    lines.append(String(repeating: "=", count: width))
    if config.text == .randomIDs {
      lines.append("PPL and Acc are of random token ids: they say nothing of the model.")
    }
    if config.isPartial { lines.append("Stopped early: partial.") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var samples: String {
    "\(config.numSamples) sample\(config.numSamples == 1 ? "" : "s")"
  }

  private func line(_ method: String, _ row: Statistics, reads: Bool) -> String {
    let figures = [
      row.ttft.fixed(4), row.tpot.fixed(4), row.throughput.fixed(2), row.perplexity.fixed(2),
      (row.accuracy * 100).fixed(2) + "%", row.peakVRAM.fixed(2),
    ]
    let memory = [
      row.peakMemory?.fixed(3) ?? "n/a", row.allocatedMemory.fixed(3),
      row.expectedMemory.fixed(3), row.cacheMemory.fixed(4),
    ]
    let reading =
      row.ocr.map { ocr in
        padded(ocr.cer.map { ($0 * 100).fixed(2) + "%" } ?? "n/a", 9)
          + padded("\(ocr.lostCriticalFields)/\(ocr.criticalFields)", 14)
      } ?? (reads ? padded("n/a", 9) + padded("n/a", 14) : "")
    return method.leftAligned(22) + figures.map { padded($0, 11) }.joined()
      + padded("\(row.cacheSize)", 9) + memory.map { padded($0, 11) }.joined() + reading
  }
}

extension String {
  fileprivate func leftAligned(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
