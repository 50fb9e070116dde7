import Pipeline
import Testing

@Suite struct LatencySummaryTests {
  /// The twenty latencies of the notes: by nearest rank the P95 is the 19th value.
  @Test func percentilesAreValuesThatWereSeen() throws {
    let values = (1...20).map { Double($0) * 10 }
    let summary = try #require(LatencySummary(values.shuffled()))
    #expect(summary.p50 == 100)
    #expect(summary.p95 == 190)
    #expect(summary.p99 == 200)
    #expect(summary.mean == 105)
    #expect(summary.tailRatio == 2)
  }

  /// numpy.percentile(x, p, method="inverted_cdf") of 1...101 gives 51, 96, 100.
  @Test func agreesWithInvertedCDF() throws {
    let summary = try #require(LatencySummary((1...101).map(Double.init)))
    #expect([summary.p50, summary.p95, summary.p99] == [51, 96, 100])
  }

  @Test func oneValueIsEveryPercentile() throws {
    let summary = try #require(LatencySummary([7]))
    #expect([summary.p50, summary.p95, summary.p99, summary.mean] == [7, 7, 7, 7])
  }

  @Test func nothingMeasuredIsNoSummary() {
    #expect(LatencySummary([]) == nil)
  }

  @Test func percentilesAreMonotonic() {
    var random = SystemRandomNumberGenerator()
    for count in 1...200 {
      let summary = LatencySummary(
        (0..<count).map { _ in Double.random(in: 0..<1000, using: &random) })!
      #expect(summary.minimum <= summary.p50 && summary.p50 <= summary.p95)
      #expect(summary.p95 <= summary.p99 && summary.p99 <= summary.maximum)
    }
  }
}
