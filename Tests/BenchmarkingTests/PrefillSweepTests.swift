import Benchmarking
import Testing

@Suite struct PrefillSweepTests {
  @Test func `The grid has every combination, threads outermost`() throws {
    let points = try PrefillSweep(["n-batch=32,64,32", "threads=1,2"])
      .points(around: TinyModel.settings())
    #expect(points.map(\.threads) == [1, 1, 2, 2])
    #expect(points.map(\.settings.batch) == [32, 64, 32, 64])
    #expect(points.allSatisfy { $0.settings.promptTokens == 21 && $0.settings.microBatch == 4 })
  }

  @Test func `Without an axis there is one point, as asked`() throws {
    let points = try PrefillSweep([]).points(around: TinyModel.settings())
    #expect(points.map(\.settings) == [TinyModel.settings()] && points[0].threads == nil)
  }

  @Test(arguments: [
    (["n-bacth=32"], "did you mean n-batch?"), (["n-batch"], "AXIS=VALUE"),
    (["n-batch=0"], "from 1 to 1048576"), (["threads=1,,2"], "from 1 to 4096"),
    (["n-ubatch=4", "n-ubatch=8"], "n-ubatch is given twice"),
    (
      [
        "n-batch=" + (1...40).map(String.init).joined(separator: ","),
        "n-ubatch=" + (1...40).map(String.init).joined(separator: ","),
      ], "at most 1000 points"
    ),
  ])
  func `A sweep that cannot be run is told in one line`(
    arguments: [String], bound: String
  ) throws {
    do {
      _ = try PrefillSweep(arguments)
      Issue.record("\(arguments) was taken")
    } catch {
      #expect(error.description.hasPrefix("--sweep "))
      #expect(error.description.contains(bound), "\(error)")
      #expect(!error.description.contains("\n"))
    }
  }

  @Test func `A prompt beyond the context is told before anything runs`() throws {
    let sweep = try PrefillSweep(["prompt-tokens=8,65"])
    #expect(throws: PrefillSweepError.self) { try sweep.points(around: TinyModel.settings()) }
  }

  @Test func `A sweep has a row a point, a curve a combination, and names the fastest`() throws {
    let sweep = try PrefillSweep(["n-batch=4,8,16", "n-ubatch=2,4"])
    let points = try sweep.points(around: TinyModel.settings())
    let model = try TinyModel.open()
    let runs = try points.map {
      try PrefillBenchmark(model: model, settings: $0.settings, cacheType: .f16, repeats: 1).run()
    }
    let results = PrefillResults(
      runs, of: 6, target: PrefillTarget(), axes: sweep.axes.map(\.axis))
    let lines = results.text().split(separator: "\n")
    #expect(lines.count == 9 && lines[8].hasPrefix("fastest: threads 2, n_batch "))
    #expect(!results.isPartial)
    let sheet = try #require(results.chart())
    #expect(sheet.title.hasPrefix("Prompt evaluation by n-batch"))
    guard case .lines(let speeds) = sheet.plots[0].content else {
      Issue.record("no curves")
      return
    }
    #expect(speeds.series.map(\.name) == ["n-ubatch 2", "n-ubatch 4"])
    #expect(speeds.series.map { $0.points.map(\.x) } == [[4, 8, 16], [4, 8, 16]])
    _ = try sheet.png()
  }

  @Test func `Without a sweep each chunk is a bar, and each way to cut a plot`() throws {
    let model = try TinyModel.open()
    let runs = try [false, true].map {
      try PrefillBenchmark(
        model: model, settings: TinyModel.settings(merges: $0), cacheType: .f16, repeats: 1
      ).run()
    }
    let sheet = try #require(PrefillResults(runs, of: 2, target: PrefillTarget()).chart())
    let names = sheet.plots.map { plot -> [String] in
      guard case .bars(let bars) = plot.content else { return [] }
      return bars.bars.map(\.name)
    }
    #expect(names == [["0-8", "8-16", "16-21"], ["0-8", "8-21"]])
    _ = try sheet.png()
    #expect(PrefillResults([], of: 1, target: PrefillTarget()).chart() == nil)
  }

  @Test func `A curve runs from left to right, in whatever order it was asked`() throws {
    let model = try TinyModel.open()
    let sweep = try PrefillSweep(["n-batch=16,4,8"])
    let runs = try sweep.points(around: TinyModel.settings()).map {
      try PrefillBenchmark(model: model, settings: $0.settings, cacheType: .f16, repeats: 1).run()
    }
    let sheet = try #require(
      PrefillResults(runs, of: 3, target: PrefillTarget(), axes: [.batch]).chart())
    guard case .lines(let speeds) = sheet.plots[0].content else {
      Issue.record("no curves")
      return
    }
    #expect(speeds.series[0].points.map(\.x) == [4, 8, 16])
  }

  @Test func `A sweep that was stopped says partial in text, JSON and chart`() throws {
    let benchmark = PrefillBenchmark(
      model: try TinyModel.open(), settings: TinyModel.settings(), cacheType: .f16, repeats: 1)
    let results = PrefillResults(
      [try benchmark.run()], of: 4, target: PrefillTarget(), axes: [.batch])
    #expect(results.isPartial && results.text().contains("partial"))
    #expect(results.chart()?.note.contains("partial") == true)
    let json = String(decoding: try JSONReport.bytes(results), as: UTF8.self)
    #expect(json.contains("\"partial\" : true"))
    _ = try PrefillResults([], of: 4, target: PrefillTarget(), axes: [.batch]).chart()?.png()
  }

  @Test func `The gain of the tail is that of the two medians, and no sweep's`() throws {
    let model = try TinyModel.open()
    let runs = try [false, true].map {
      try PrefillBenchmark(
        model: model, settings: TinyModel.settings(merges: $0), cacheType: .f16, repeats: 1
      ).run()
    }
    let results = PrefillResults(runs, of: 2, target: PrefillTarget())
    #expect(results.mergingGain == runs[0].total!.median / runs[1].total!.median - 1)
    #expect(results.text().contains("merging the tail: "))
    let swept = PrefillResults(runs, of: 2, target: PrefillTarget(), axes: [.batch])
    #expect(swept.mergingGain == nil)
  }
}
