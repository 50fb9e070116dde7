import ArgumentParser
import DocProfiles
import Reporting
import Scoring

/// `medbench plan`: how many documents a claim needs, before anyone labels them.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say how many documents a check needs to be settled.",
    discussion: """
      The fewest documents on which a model passes with the power asked for, if its true rate is the \
      expected one (by default a tenth of the limit), and what the sample may hold then.

      Examples:
        medbench plan --type lab-result --metric critical-error-rate --limit 0.001 \\
          --confidence 0.95 --power 0.8
        medbench plan --type prescription --metric field-accuracy
        medbench plan --type prescription --metric latency-p99 --expected 0.002
      """)

  enum Metric: String, CaseIterable, ExpressibleByArgument {
    case criticalErrorRate = "critical-error-rate"
    case fieldAccuracy = "field-accuracy"
    case hallucinationRate = "hallucination-rate"
    case latencyP95 = "latency-p95"
    case latencyP99 = "latency-p99"
    case cer
  }

  @Option(help: "Document type.")
  var type: String

  @Option(
    help: ArgumentHelp(
      "One of \(Metric.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "metric"))
  var metric: Metric

  @Option(help: "Limit on the rate (of accuracy, the least); by default the profile's.")
  var limit: Double?

  @Option(
    help: "The model's true rate of errors, as you expect it; by default a tenth of the limit.")
  var expected: Double?

  @Option(help: "Of the verdict, more than 0.5 and less than 1.")
  var confidence = 0.95

  @Option(help: "How likely a model of the expected rate is to pass.")
  var power = 0.8

  @Option(help: "Fields of one document that go wrong together: their design effect.")
  var designEffect = 1.0

  @Option(help: "Fields (or values) of a document; by default its profile's, one of each.")
  var perDocument: Double?

  @OptionGroup var profileOptions: ProfileOptions

  func validate() throws {
    guard AddedLimits.isConfidence(confidence) else {
      throw ValidationError("--confidence \(confidence): more than 0.5 and less than 1, as 0.95.")
    }
    guard power > 0, power < 1 else {
      throw ValidationError("--power \(power): more than 0 and less than 1, as 0.8.")
    }
    guard designEffect >= 1, designEffect <= 1e6 else {
      throw ValidationError("--design-effect \(designEffect): 1 or more.")
    }
    if let limit, !(limit > 0 && limit < 1) {
      throw ValidationError("--limit \(limit): a rate of more than 0 and less than 1, as 0.001.")
    }
    if let expected, !(expected >= 0 && expected < 1) {
      throw ValidationError("--expected \(expected): a rate of 0 or more and less than 1.")
    }
    if let perDocument, !(perDocument >= 1 && perDocument <= 1e6) {
      throw ValidationError("--per-document \(perDocument): 1 or more.")
    }
  }

  func run() throws {
    let profile = try profileOptions.profileSet().profile(named: type)
    let limit = try rate(of: profile)
    let expected = expected ?? limit / 10
    guard
      let plan = SampleSize.plan(
        limit: limit, expected: expected, confidence: confidence, power: power)
    else {
      throw ValidationError(
        "no number of documents shows a rate of at most \(limit) where it is truly \(expected): "
          + "choose an --expected well below the limit.")
    }
    print(text(plan, profile: profile, limit: limit, expected: expected), terminator: "")
  }

  /// The limit as a rate of errors.
  private func rate(of profile: DocumentProfile) throws -> Double {
    switch metric {
    case .fieldAccuracy: return 1 - (limit ?? 0.90)
    case .latencyP95: return limit ?? 0.05
    case .latencyP99: return limit ?? 0.01
    case .cer: return limit ?? profile.maximumCER
    case .hallucinationRate:
      if let rate = limit ?? profile.addedLimits.maximumHallucinationRate, rate > 0 { return rate }
    case .criticalErrorRate:
      let most = profile.addedLimits.maximumCriticalErrors
      if let rate = limit ?? most.map({ $0 / 1000 }), rate > 0 { return rate }
    }
    throw ValidationError("the profile sets no \(metric.rawValue) above 0: give --limit, as 0.001.")
  }

  private func text(
    _ plan: SampleSize.Plan, profile: DocumentProfile, limit: Double, expected: Double
  ) -> String {
    let word = profileOptions.word
    let documents = documents(plan.trials)
    var table = TerminalTable([
      .right(word("표본 속 오류", "Errors in the sample")), .right(word("필요한 문서", "Documents needed")),
    ])
    for errors in Set([0, 1, 2, 5, 10, plan.allowed]).sorted() {
      let trials = SampleSize.trials(errors: errors, limit: limit, confidence: confidence)
      table.add(["\(errors)", "\(self.documents(trials))"])
    }
    let name = profileOptions.name(of: profile)
    return word(
      "\(name), \(metric.rawValue) ≤ \(limit) (신뢰수준 \(confidence)): 문서 \(documents)건\n"
        + "실제 비율이 \(expected)이면 \(plan.power.rounded3)의 확률로 PASS입니다"
        + "(오류 \(plan.allowed)건까지 허용).\n\n",
      "\(name), \(metric.rawValue): a rate of errors of at most \(limit) at confidence "
        + "\(confidence) takes \(documents) documents.\n"
        + "With a true rate of \(expected) such a sample passes with probability "
        + "\(plan.power.rounded3): it may hold \(plan.allowed) "
        + "error\(plan.allowed == 1 ? "" : "s").\n\n") + table.rendered() + note
  }

  /// Documents that are worth so many independent fields. Of checks a document each, as many.
  private func documents(_ trials: Int) -> Int {
    switch metric {
    case .criticalErrorRate, .latencyP95, .latencyP99, .cer: return trials
    case .fieldAccuracy, .hallucinationRate:
      return Int((Double(trials) * designEffect / (perDocument ?? 1)).rounded(.up))
    }
  }

  private var note: String {
    guard metric == .cer else { return "" }
    return profileOptions.word(
      "\nCER은 문서 하나를 통째로 잘못 읽는 경우(CER 1)를 오류로 셉니다. 작은 오류가 많으면 더 필요합니다.\n",
      "\nOf CER, an error here is a document misread from end to end; small errors add to it.\n")
  }
}

extension Double {
  fileprivate var rounded3: Double { (self * 1000).rounded() / 1000 }
}
