import Foundation
import Scoring
import Testing

/// scipy's values, made by tools/reference/statistics/make_golden.py.
private struct ScipyValues: Decodable {
  var betaCumulative: [[Double]]
  var clopperPearson: [[Double]]
  var binomialCumulative: [[Double]]
  var student: [[Double]]

  static let all: ScipyValues = {
    let url = Bundle.module.url(forResource: "Golden/statistics", withExtension: "json")!
    return try! JSONDecoder().decode(ScipyValues.self, from: Data(contentsOf: url))
  }()
}

private func isNear(_ value: Double, _ expected: Double) -> Bool {
  abs(value - expected) <= 1e-10 * max(abs(expected), 1e-300)
}

@Suite struct ExactBoundsTests {
  @Test func theIncompleteBetaIsScipys() {
    for row in ScipyValues.all.betaCumulative where row[3] > 1e-290 {
      #expect(isNear(BetaDistribution.cumulative(row[0], row[1], row[2]), row[3]), "\(row)")
    }
  }

  @Test func theBoundsAreScipys() {
    for row in ScipyValues.all.clopperPearson {
      let (errors, trials, confidence) = (row[0], row[1], row[2])
      let lower = ProportionBounds.lower(errors: errors, trials: trials, confidence: confidence)
      let upper = ProportionBounds.upper(errors: errors, trials: trials, confidence: confidence)
      #expect(isNear(lower, row[3]) && isNear(upper, row[4]), "\(row)")
    }
  }

  @Test func binomialTailsAndStudentsQuantilesAreScipys() {
    for row in ScipyValues.all.binomialCumulative {
      let tail = BinomialDistribution.cumulative(
        Int(row[0]), trials: Int(row[1]), probability: row[2])
      #expect(isNear(tail, row[3]), "\(row)")
    }
    for row in ScipyValues.all.student {
      #expect(isNear(StudentDistribution.quantile(row[0], degrees: row[1]), row[2]), "\(row)")
    }
  }

  @Test func boundsRiseWithErrorsAndWidenWithConfidence() {
    for confidence in [0.8, 0.95, 0.99] {
      var last = Bounds(lower: -1, upper: -1)
      for errors in 0...40 {
        let bounds = ProportionBounds.of(errors, of: 40, confidence: confidence)
        #expect(bounds.lower! >= last.lower! && bounds.upper! >= last.upper!)
        #expect(bounds.lower! <= Double(errors) / 40 && bounds.upper! >= Double(errors) / 40)
        let wider = ProportionBounds.of(errors, of: 40, confidence: confidence + 0.005)
        #expect(wider.lower! <= bounds.lower! && wider.upper! >= bounds.upper!)
        last = bounds
      }
    }
  }

  /// MLPerf LoadGen's early stopping: samples for 0, 1, 2, 5 and 10 over.
  @Test(arguments: [
    (0.99, 0.90, [44, 64, 81, 127, 197]), (0.99, 0.95, [90, 130, 165, 259, 398]),
    (0.99, 0.99, [459, 662, 838, 1307, 2010]), (0.95, 0.95, [59, 93, 124, 208, 336]),
    (0.95, 0.99, [299, 473, 628, 1049, 1693]),
  ])
  func samplesThatAPercentileClaimNeeds(confidence: Double, percentile: Double, samples: [Int]) {
    for (over, expected) in zip([0, 1, 2, 5, 10], samples) {
      let needed = PercentileBounds.samplesNeeded(
        over: over, percentile: percentile, confidence: confidence)
      #expect(needed == expected)
    }
  }

  @Test func aP99PassesWithFourHundredFiftyNineAndNotWithOneLess() {
    func outcome(_ count: Int) -> Outcome {
      let values = [Double](repeating: 900, count: count - 1) + [1000]
      return Outcome(
        PercentileBounds.bounds(of: values, percentile: 0.99, confidence: 0.99), atMost: 1000)
    }
    #expect(outcome(459) == .pass)
    #expect(outcome(458) == .inconclusive)
  }

  @Test func aP95FailsOnlyWhereTooManyAreOver() {
    // Of 100, P(X ≥ 9) = 0.063 and P(X ≥ 10) = 0.028 for X ~ Binomial(100, 0.05).
    func outcome(over: Int) -> Outcome {
      let values =
        [Double](repeating: 1, count: 100 - over) + [Double](repeating: 2, count: over)
      return Outcome(
        PercentileBounds.bounds(of: values, percentile: 0.95, confidence: 0.95), atMost: 1)
    }
    #expect([0, 1, 2, 9, 10].map(outcome) == [.pass, .pass, .inconclusive, .inconclusive, .fail])
  }

  @Test func planning() {
    #expect(SampleSize.trials(errors: 0, limit: 0.001, confidence: 0.95) == 2995)
    #expect(SampleSize.trials(errors: 1, limit: 0.001, confidence: 0.95) == 4742)
    // With nothing wrong, 2,995 documents always pass; at a tenth of the limit one in four such
    // samples holds an error, and 4,742 may hold one.
    let perfect = SampleSize.plan(limit: 0.001, expected: 0, confidence: 0.95, power: 0.8)
    #expect(perfect?.trials == 2995 && perfect?.allowed == 0 && perfect?.power == 1)
    let good = SampleSize.plan(limit: 0.001, expected: 0.0001, confidence: 0.95, power: 0.8)
    #expect(good?.trials == 4742 && good?.allowed == 1)
    #expect(SampleSize.plan(limit: 0.001, expected: 0.001, confidence: 0.95, power: 0.8) == nil)
  }
}
