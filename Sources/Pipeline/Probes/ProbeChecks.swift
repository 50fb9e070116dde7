import DocProfiles
import Scoring

extension Check {
  /// What a profile asks of probes, of one type at one DPI; a limit that nothing was measured for
  /// fails.
  public static func probes(
    _ records: [ProbeRecord], limits: AddedLimits, confidence: Double?
  ) -> [Check] {
    let follow = records.filter { $0.kind == .counterfactual }
    let emptied = records.filter { $0.measure == .invented || $0.measure == .guessed }
    return [
      limits.minimumCounterfactualFollowRate.map { limit in
        let shares = ErrorShare.byDocument(follow) { $0.n - $0.hits }
        let rate = shares.rate.map { 1 - $0 }
        return Check(
          subject: .counterfactualFollow, figure: rate, limit: limit,
          passed: rate.map { $0 >= limit } ?? false
        ).decided(probes: shares, isMirrored: true, confidence)
      },
      limits.maximumProbeHallucinationRate.map { limit in
        let shares = ErrorShare.byDocument(emptied) { $0.hits }
        return Check(.probeHallucination, figure: shares.rate, atMost: limit)
          .decided(probes: shares, isMirrored: false, confidence)
      },
    ].compactMap(\.self)
  }

  private func decided(
    probes shares: [ErrorShare], isMirrored: Bool, _ confidence: Double?
  ) -> Check {
    guard let confidence, let rate = shares.rate else { return self }
    return decided(share: shares, of: rate, isMirrored: isMirrored, confidence)
  }
}

extension ErrorShare {
  /// Places of all records together, a share a document.
  fileprivate static func byDocument(
    _ records: [ProbeRecord], wrong: (ProbeShare) -> Int
  ) -> [ErrorShare] {
    var order: [String] = []
    var shares: [String: ErrorShare] = [:]
    for document in records.flatMap(\.documents) {
      if shares[document.id] == nil { order.append(document.id) }
      shares[document.id, default: ErrorShare(errors: 0, size: 0)].errors += Double(wrong(document))
      shares[document.id]!.size += Double(document.n)
    }
    return order.map { shares[$0]! }
  }
}

extension Verdict {
  /// The verdict with what the profile asks of probes.
  ///
  /// - Parameter confidence: of the run; else the profile's holds.
  public func adding(
    _ probes: [ProbeRecord], of type: DocumentType, dpi: Int, by profile: ProfileSnapshot,
    confidence: Double?
  ) -> Verdict {
    guard !probes.isEmpty, let limits = profile.addedLimits else { return self }
    var verdict = self
    verdict.checks += Check.probes(
      probes.filter { $0.type == type && $0.dpi == dpi }, limits: limits,
      confidence: confidence ?? limits.confidence)
    return verdict
  }
}

extension RunRecord {
  /// The record with its probes, and its verdicts with what profiles ask of them.
  public func adding(_ probes: [ProbeRecord]) -> RunRecord {
    var record = self
    record.probes = probes
    record.groups = groups.map { group in
      guard let profile = profile(of: group.type) else { return group }
      var group = group
      group.verdict = group.verdict.adding(
        probes, of: group.type, dpi: group.dpi, by: profile,
        confidence: configuration.confidence)
      return group
    }
    return record
  }
}
