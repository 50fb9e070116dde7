/// A case or more for each kind of SLA and of regression margin.
extension Calibration.Case {
  public static let all: [Calibration.Case] =
    fields + critical + hallucinations + characters + means + percentiles + differences

  // MARK: Shares

  private static let fields = [50, 200].flatMap { documents in
    [0.1, 0.4].map { alike in
      share(
        "field", "5 fields a document, correlation \(alike)", limit: 0.10, documents, size: 5, alike
      )
    }
  }

  private static let hallucinations = [100, 400].map { documents in
    share(
      "hallucination", "12 values a document, correlation 0.2", limit: 0.02, documents, size: 12,
      0.2)
  }

  private static func share(
    _ subject: String, _ model: String, limit: Double, _ documents: Int, size: Int, _ alike: Double
  ) -> Self {
    Self(subject: subject, model: model, limit: limit, documents: documents) {
      source, confidence, _ in
      let shares = (0..<documents).map { _ in source.fields(size, rate: limit, alike: alike) }
      let bounds = ProportionBounds.clustered(shares, confidence: confidence)!.bounds
      return Outcome(bounds, atMost: limit)
    }
  }

  private static let critical = [(0.01, 300), (0.01, 700), (0.001, 2995)].map { limit, documents in
    Self(
      subject: "critical-errors", model: "documents right or wrong", limit: limit,
      documents: documents
    ) { source, confidence, _ in
      let wrong = (0..<documents).count { _ in source.uniform() < limit }
      return Outcome(
        ProportionBounds.of(wrong, of: documents, confidence: confidence), atMost: limit)
    }
  }

  // MARK: Means

  private static let characters: [Self] = [50, 300, 500].flatMap { documents in
    [
      mean("cer", "log-normal, sigma 1.5", 0.01, 0...1, documents) {
        min($0.logNormal(mean: 0.01, sigma: 1.5), 1)
      },
      mean("cer", "gamma, shape 0.2", 0.01, 0...1, documents) { $0.gamma(0.2) / 0.2 * 0.01 },
      mean("cer", "1 document in 100 at CER 0.8", 0.01, 0...1, documents) {
        $0.rarelyBad(mean: 0.01, rare: 0.01, worst: 0.8, shape: 1)
      },
      mean("cer", "1 document in 150 at CER 1, the rest nearly right", 0.01, 0...1, documents) {
        $0.rarelyBad(mean: 0.01, rare: 1 / 150.0, worst: 1, shape: 1)
      },
    ]
  }

  private static let means: [Self] = [50, 200].flatMap { documents in
    [
      mean("latency", "log-normal, sigma 0.8", 3000, 0...120_000, documents) {
        $0.logNormal(mean: 3000, sigma: 0.8)
      },
      mean("latency", "1 document in 100 times out", 3000, 0...120_000, documents) {
        $0.rarelyBad(mean: 3000, rare: 0.01, worst: 120_000, shape: 4)
      },
      mean("ttft", "log-normal, sigma 1", 500, 0...120_000, documents) {
        $0.logNormal(mean: 500, sigma: 1)
      },
      // At least 20 a minute is at most 3 s each.
      mean("throughput", "log-normal, sigma 0.5", 3000, 0...120_000, documents) {
        $0.logNormal(mean: 3000, sigma: 0.5)
      },
    ]
  }

  private static func mean(
    _ subject: String, _ model: String, _ limit: Double, _ range: ClosedRange<Double>,
    _ documents: Int, _ draw: @escaping @Sendable (inout SimulatedDocuments) -> Double
  ) -> Self {
    Self(subject: subject, model: model, limit: limit, documents: documents) {
      source, confidence, draws in
      let shares = (0..<documents).map { _ in ErrorShare(errors: draw(&source), size: 1) }
      let bounds = DocumentBootstrap.bounds(
        of: shares, within: range, confidence: confidence, seed: source.seed(), draws: draws)!
      return Outcome(bounds, atMost: limit)
    }
  }

  // MARK: Percentiles

  private static let percentiles = [(0.95, 59), (0.95, 336), (0.99, 299), (0.99, 1049)].map {
    percentile, documents in
    Self(
      subject: percentile == 0.95 ? "latency-p95" : "latency-p99",
      model: "log-normal, sigma 0.8", limit: percentile, documents: documents
    ) { source, confidence, _ in
      // The percentile of what is drawn is 0 in the logarithm's units.
      let values = (0..<documents).map { _ in source.uniform() - percentile }
      return Outcome(
        PercentileBounds.bounds(of: values, percentile: percentile, confidence: confidence),
        atMost: 0)
    }
  }

  // MARK: Differences

  private static let differences: [Self] =
    [50, 200].flatMap { documents in
      [
        difference(
          "margin cer", "hard pages for both, log-normal, sigma 1", 0.002, most: 1, documents
        ) {
          let before = $0.logNormal(mean: 0.01, sigma: 1)
          return (before, before * $0.logNormal(mean: 1.2, sigma: 0.5))
        },
        difference("margin cer", "half the pages read alike", 0.002, most: 1, documents) {
          let before = $0.gamma(0.5) * 0.02
          return (before, $0.uniform() < 0.5 ? before : before + $0.gamma(1) * 0.004)
        },
        rarelyWorse(
          "margin cer", "1 document in 500 misread by the candidate", 0.002, 1, documents),
        rarelyWorse(
          "margin latency", "1 document in 600 times out for the candidate", 200, 120_000, documents
        ),
      ]
    } + [
      difference(
        "margin cer", "half the pages read alike, worst_document_cer 0.1", 0.002, most: 0.1, 200
      ) {
        let before = $0.gamma(0.5) * 0.02
        return (before, $0.uniform() < 0.5 ? before : before + $0.gamma(1) * 0.004)
      },
      rarelyWorse(
        "margin cer", "1 document in 50 worse by 0.1, worst_document_cer 0.1", 0.002, 0.1, 150),
      rarelyWorse(
        "margin cer", "1 document in 500 misread by the candidate", 0.002, 1, 1500),
      rarelyWorse("margin critical", "1 document in 100 critical anew", 0.01, 1, 300),
      difference(
        "margin critical", "3 in 100 critical anew, 2 no longer", 0.01, most: 1, 300,
        swapped(worse: 0.03, better: 0.02)),
      difference(
        "margin critical", "3 in 100 critical anew, 2 no longer", 0.01, most: 1, 1000,
        swapped(worse: 0.03, better: 0.02)),
      difference(
        "margin fields", "5 fields a document, 1 field in 50 wrong anew, 1 in 100 right", 0.01,
        most: 1, 400
      ) { source in
        let fields = (0..<5).map { _ in swapped(worse: 0.02, better: 0.01)(&source) }
        return (fields.reduce(0) { $0 + $1.0 } / 5, fields.reduce(0) { $0 + $1.1 } / 5)
      },
    ]

  /// Equal readings, but for a document in many that is worse by all it can be.
  private static func rarelyWorse(
    _ subject: String, _ model: String, _ margin: Double, _ most: Double, _ documents: Int
  ) -> Self {
    difference(subject, model, margin, most: most, documents) {
      (0, $0.uniform() < margin / most ? most : 0)
    }
  }

  /// Right or wrong in both readings.
  private static func swapped(
    worse: Double, better: Double
  ) -> @Sendable (inout SimulatedDocuments) -> (Double, Double) {
    { source in
      let draw = source.uniform()
      return draw < worse ? (0, 1) : draw < worse + better ? (1, 0) : (0, 0)
    }
  }

  private static func difference(
    _ subject: String, _ model: String, _ margin: Double, most: Double, _ documents: Int,
    _ draw: @escaping @Sendable (inout SimulatedDocuments) -> (Double, Double)
  ) -> Self {
    Self(subject: subject, model: model, limit: margin, documents: documents) {
      source, confidence, draws in
      let pairs = (0..<documents).map { _ in draw(&source) }
      let bounds = DocumentBootstrap.difference(
        from: pairs.map { ErrorShare(errors: $0.0, size: 1) },
        to: pairs.map { ErrorShare(errors: $0.1, size: 1) }, atMost: most,
        confidence: confidence, seed: source.seed(), draws: draws)!
      return Outcome(bounds, atMost: margin)
    }
  }
}
