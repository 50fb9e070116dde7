/// Limits that a profile may add to CER, fields and mean latency; nil where it does not.
public struct AddedLimits: Hashable, Sendable, Codable {
  /// Documents in a thousand that may hold a critical error; 0 lets none be seen.
  public var maximumCriticalErrors: Double?
  /// Share of the values a model gave that are not on the page.
  public var maximumHallucinationRate: Double?
  /// Share of changed values that a model reads as they stand on the page, where probes are run.
  public var minimumCounterfactualFollowRate: Double?
  /// Share of the places with nothing to read into which a model read something, where probes are run.
  public var maximumProbeHallucinationRate: Double?
  /// Of a document's end-to-end latency, in milliseconds.
  public var maximumP95Latency: Double?
  public var maximumP99Latency: Double?
  /// Mean over pages, in milliseconds.
  public var maximumTTFT: Double?
  public var minimumDocumentsPerMinute: Double?
  /// Of medbench and the largest program its engine runs, together, in MiB.
  public var maximumMemory: Double?
  /// The CER of the worst document that a reading may hold and a sample not show, for bounds; nil is
  /// 1, a document misread from end to end.
  public var worstDocumentCER: Double?
  /// Judge this type by bounds at this confidence where the command line asks for none.
  public var confidence: Double?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case confidence
    case worstDocumentCER = "worst_document_cer"
    case maximumCriticalErrors = "maximum_critical_errors_per_1000"
    case maximumHallucinationRate = "maximum_hallucination_rate"
    case minimumCounterfactualFollowRate = "minimum_counterfactual_follow_rate"
    case maximumProbeHallucinationRate = "maximum_probe_hallucination_rate"
    case maximumP95Latency = "maximum_p95_latency_ms"
    case maximumP99Latency = "maximum_p99_latency_ms"
    case maximumTTFT = "maximum_ttft_ms"
    case minimumDocumentsPerMinute = "minimum_documents_per_minute"
    case maximumMemory = "maximum_memory_mib"
  }

  public static let none = AddedLimits()

  public init(
    maximumCriticalErrors: Double? = nil, maximumHallucinationRate: Double? = nil,
    maximumP95Latency: Double? = nil, maximumP99Latency: Double? = nil,
    maximumTTFT: Double? = nil, minimumDocumentsPerMinute: Double? = nil,
    maximumMemory: Double? = nil, worstDocumentCER: Double? = nil, confidence: Double? = nil,
    minimumCounterfactualFollowRate: Double? = nil, maximumProbeHallucinationRate: Double? = nil
  ) {
    self.maximumCriticalErrors = maximumCriticalErrors
    self.maximumHallucinationRate = maximumHallucinationRate
    self.maximumP95Latency = maximumP95Latency
    self.maximumP99Latency = maximumP99Latency
    self.maximumTTFT = maximumTTFT
    self.minimumDocumentsPerMinute = minimumDocumentsPerMinute
    self.maximumMemory = maximumMemory
    self.worstDocumentCER = worstDocumentCER
    self.confidence = confidence
    self.minimumCounterfactualFollowRate = minimumCounterfactualFollowRate
    self.maximumProbeHallucinationRate = maximumProbeHallucinationRate
  }
}

extension AddedLimits {
  /// As they stand among a profile file's keys.
  static let keys = CodingKeys.allCases.map(\.rawValue)

  /// What an entry says, on top of what its type had.
  init(_ entry: YAMLMapping, base: AddedLimits) throws(ProfileFileError) {
    // A day: more is surely a slip of units.
    let times = 0.001...86_400_000.0
    func number(_ key: CodingKeys, _ range: ClosedRange<Double>) throws(ProfileFileError) -> Double?
    {
      try entry.number(key.rawValue, in: range)
    }
    self = base
    maximumCriticalErrors = try number(.maximumCriticalErrors, 0...1000) ?? maximumCriticalErrors
    maximumHallucinationRate =
      try number(.maximumHallucinationRate, 0...1) ?? maximumHallucinationRate
    minimumCounterfactualFollowRate =
      try number(.minimumCounterfactualFollowRate, 0...1) ?? minimumCounterfactualFollowRate
    maximumProbeHallucinationRate =
      try number(.maximumProbeHallucinationRate, 0...1) ?? maximumProbeHallucinationRate
    maximumP95Latency = try number(.maximumP95Latency, times) ?? maximumP95Latency
    maximumP99Latency = try number(.maximumP99Latency, times) ?? maximumP99Latency
    maximumTTFT = try number(.maximumTTFT, times) ?? maximumTTFT
    minimumDocumentsPerMinute =
      try number(.minimumDocumentsPerMinute, 0...1_000_000) ?? minimumDocumentsPerMinute
    maximumMemory = try number(.maximumMemory, 1...1_000_000_000) ?? maximumMemory
    worstDocumentCER = try number(.worstDocumentCER, 0.001...1) ?? worstDocumentCER
    if let asked = try number(.confidence, 0...1) {
      guard Self.isConfidence(asked) else {
        throw entry.failure(
          "\"confidence\" is \(asked), outside (0.5, 1)", "write one between, as 0.95",
          at: CodingKeys.confidence.rawValue)
      }
      confidence = asked
    }
  }

  /// More than a coin's, less than certainty.
  public static func isConfidence(_ value: Double) -> Bool { value > 0.5 && value < 1 }
}
