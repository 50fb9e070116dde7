import Benchmarking
import Foundation
import Testing

@Suite struct ResourceTests {
  private func zone(_ root: String, _ name: String, kind: String, energy: String) throws {
    let path = root + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (file, text) in [
      ("name", kind), ("energy_uj", energy), ("max_energy_range_uj", "10000000"),
    ] {
      try (text + "\n").write(toFile: path + "/" + file, atomically: true, encoding: .utf8)
    }
  }

  @Test func `Energy is that of packages and memory, over a counter's end too`() throws {
    try withFolder { root in
      #expect(RAPLEnergy(root: root) == nil)
      try zone(root, "intel-rapl:0", kind: "package-0", energy: "9000000")
      try zone(root, "intel-rapl:0:0", kind: "core", energy: "5")
      try zone(root, "intel-rapl:0:1", kind: "dram", energy: "1000000")
      try zone(root, "intel-rapl:1", kind: "psys", energy: "7")
      let energy = try #require(RAPLEnergy(root: root))
      let first = try #require(energy.reading())
      #expect(first == [9_000_000, 1_000_000])
      // The package's counter ran over 10 J: 1 J to its end and 2 more.
      try zone(root, "intel-rapl:0", kind: "package-0", energy: "2000000")
      try zone(root, "intel-rapl:0:1", kind: "dram", energy: "1500000")
      #expect(energy.joules(from: first, to: try #require(energy.reading())) == 3.5)
      // Gone, or forbidden: no reading, and no 0.
      try FileManager.default.removeItem(atPath: root + "/intel-rapl:0/energy_uj")
      #expect(energy.reading() == nil)
    }
  }

  @Test func `nvidia-smi's lines add up, and what a GPU does not say is left out`() {
    let both = GPUWatch.sample("61.50, 1024\n[N/A], 10\n38.50, 512\n")
    #expect(both?.watts == 100 && both?.memoryBytes == 1536 << 20)
    #expect(GPUWatch.sample("[Not Supported], 5\n") == nil && GPUWatch.sample("") == nil)
  }

  @Test func `Power that cannot be read is absent, never 0`() throws {
    var tally = ResourceTally()
    tally.seconds = 4
    tally.processorSeconds = 4
    tally.peakBytes = 1 << 30
    let dark = ResourceUse(tally, requests: 8, processors: 2, childPeak: 0)
    #expect(dark.processorShare == 0.5 && dark.peakGiB == 1)
    #expect(dark.watts == nil && dark.joulesPerRequest == nil)
    let text = String(decoding: try JSONReport.bytes(dark), as: UTF8.self)
    #expect(!text.contains("power_watts") && text.contains("not available"))

    tally.processorJoules = 40
    let lit = ResourceUse(tally, requests: 8, processors: 2, childPeak: 1 << 29)
    #expect(lit.watts == 10 && lit.joulesPerRequest == 5 && lit.powerSource == "RAPL")
    #expect(lit.childPeakGiB == 0.5)
    tally.gpuJoules = 400
    #expect(ResourceUse(tally, requests: 0).powerSource == "RAPL + nvidia-smi")
    #expect(ResourceUse(tally, requests: 0).joulesPerRequest == nil)
  }

  @Test func `A measurement adds what it spent`() async throws {
    let meter = ResourceMeter(energy: nil, gpu: nil)
    var tally = meter.begin()
    for turn in 1...2 {
      let sum = await meter.measure(&tally) { (0..<200_000).reduce(0, &+) }
      #expect(sum > 0 && tally.seconds > 0 && tally.processorJoules == nil, "\(turn)")
    }
    #expect(tally.peakBytes > 1 << 20)
  }

  @Test func `Processor time is a difference, of children where they do the work`() throws {
    let first = ProcessorTime(own: 2, children: 6)
    let last = ProcessorTime(own: 5, children: 6.5)
    #expect(last.seconds(since: first, countingChildren: false) == 3)
    #expect(last.seconds(since: first, countingChildren: true) == 3.5)

    // A program counts once it has ended.
    let before = ProcessorTime.now
    let program = Process()
    program.executableURL = URL(filePath: "/bin/sh")
    program.arguments = ["-c", "i=0; while [ $i -lt 5000 ]; do i=$((i+1)); done"]
    try program.run()
    program.waitUntilExit()
    let after = ProcessorTime.now
    #expect(after.children > before.children)
    #expect(
      after.seconds(since: before, countingChildren: true)
        > after.seconds(since: before, countingChildren: false))
  }

  @Test func `Statistics have the source's keys`() throws {
    let statistics = try #require(NamedStatistics("ttft_ms", [3, 1, 2]))
    let bytes = try JSONReport.bytes(statistics)
    let object = try JSONSerialization.jsonObject(with: bytes) as! [String: Double]
    #expect(
      object == [
        "ttft_ms_count": 3, "ttft_ms_mean": 2, "ttft_ms_median": 2, "ttft_ms_std": 1,
        "ttft_ms_min": 1, "ttft_ms_max": 3, "ttft_ms_p50": 2, "ttft_ms_p95": 3, "ttft_ms_p99": 3,
        "ttft_ms_tail_ratio": 1.5,
      ])
    #expect(try JSONDecoder().decode(NamedStatistics.self, from: bytes) == statistics)
    #expect(NamedStatistics("ttft_ms", []) == nil)
  }
}
