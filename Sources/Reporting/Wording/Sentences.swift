import DocProfiles
import OCRInference
import Pipeline
import Scoring

/// Sentences and names that hold figures, in both languages.
extension Language {
  /// `PASS (적합)`
  func verdict(_ outcome: Outcome) -> String {
    self == .korean ? "\(mark(outcome)) (\(word(outcome)))" : mark(outcome)
  }

  func mark(_ outcome: Outcome) -> String { outcome.rawValue }

  func word(_ outcome: Outcome) -> String {
    switch outcome {
    case .pass: self(.pass)
    case .fail: self(.fail)
    case .inconclusive: self(.inconclusive)
    }
  }

  /// Why the run passes or fails, in a sentence.
  func reason(for record: RunRecord) -> String {
    let failed = record.groups.filter { $0.verdict.outcome == .fail }.count
    let all = record.groups.count
    if all == 0 { return self("평가한 문서가 없습니다.", "Nothing was judged.") }
    if record.outcome == .inconclusive {
      let open = record.groups.filter { $0.verdict.outcome == .inconclusive }.count
      return all == 1
        ? self(
          "SLA를 어겼다고도 충족했다고도 할 수 없습니다.", "No SLA is shown to be missed, but not all to be met.")
        : self(
          "\(all)개 항목 중 \(open)개는 문서가 모자라 판정할 수 없습니다.",
          "\(open) of \(all) groups \(open == 1 ? "needs" : "need") more documents to be judged.")
    }
    if failed == 0 {
      return all == 1
        ? self("모든 SLA를 충족합니다.", "Every SLA is met.")
        : self("\(all)개 항목 모두 SLA를 충족합니다.", "All \(all) groups meet every SLA.")
    }
    return all == 1
      ? self("SLA 미충족 항목이 있습니다.", "An SLA is missed.")
      : self(
        "\(all)개 항목 중 \(failed)개가 SLA를 충족하지 못했습니다.",
        "\(failed) of \(all) groups \(failed == 1 ? "misses" : "miss") an SLA.")
  }

  /// `처방전 · 300 DPI`
  func name(of group: GroupRecord, in record: RunRecord) -> String {
    "\(typeName(group.type, in: record)) · \(group.dpi) DPI"
  }

  func typeName(_ type: DocumentType, in record: RunRecord) -> String {
    guard let profile = record.configuration.profiles.first(where: { $0.type == type }) else {
      return type.rawValue
    }
    return self(profile.koreanName, profile.englishName)
  }

  /// `약물명`, `Drug name`.
  func fieldName(_ key: String, of type: DocumentType, in record: RunRecord) -> String {
    let profile = record.configuration.profiles.first { $0.type == type }
    guard self == .korean, let field = profile?.criticalFields.first(where: { $0.key == key })
    else { return key.prefix(1).uppercased() + key.dropFirst().map { $0 == "_" ? " " : $0 } }
    return field.koreanName
  }

  /// `용량 (2행)`, `Dose (row 2)`.
  func fieldName(
    _ key: String, row: Int?, of type: DocumentType, in record: RunRecord
  ) -> String {
    let name = fieldName(key, of: type, in: record)
    return row.map { name + self(" (\($0)행)", " (row \($0))") } ?? name
  }

  /// `그 밖에 3쪽`
  func otherPages(_ count: Int) -> String {
    self("그 밖에 \(count)쪽", "and \(count) more \(noun(count, "page", "pages"))")
  }

  /// `1,234자`
  func characters(_ count: Int) -> String {
    Figures.grouped(String(count)) + self("자", " characters")
  }

  /// `평균 문자 오류율(CER)`, or the name of a field.
  func subject(of check: Check, in group: GroupRecord, of record: RunRecord) -> String {
    switch check.subject {
    case .cer: self(.meanCER)
    case .latency: self(.meanLatency)
    case .blankPages: self(.blankPages)
    case .pagesRead: self(.pagesRead)
    case .criticalErrors: self(.criticalErrors)
    case .hallucinationRate: self(.hallucinationRate)
    case .latencyP95: self(.p95Latency)
    case .latencyP99: self("P99 지연 시간", "P99 latency")
    case .ttft: self(.ttft)
    case .throughput: self(.throughput)
    case .memory: self(.memoryLimit)
    case .field(let key): fieldName(key, of: group.type, in: record)
    case .counterfactualFollow, .probeHallucination: probeSubject(check.subject) ?? ""
    }
  }

  /// `용량 86.7%, 기준 ≥ 90.0%`
  func failure(of check: Check, in group: GroupRecord, of record: RunRecord) -> String {
    let figures = CheckFigures(check, in: self)
    let subject = subject(of: check, in: group, of: record)
    guard check.figure != nil else {
      return self("\(subject) 측정값 없음", "\(subject) could not be measured")
    }
    let facts = self(
      "\(subject) \(figures.figure), 기준 \(figures.limit)",
      "\(subject) \(figures.figure), limit \(figures.limit)")
    return facts + (evidence(of: check).map { ", " + $0 } ?? "")
  }

  /// `95% bounds 0.0031 - 0.0125: 120 more documents would settle it`; nil where figures decide.
  func evidence(of check: Check) -> String? {
    guard let evidence = check.evidence, let range = CheckFigures(check, in: self).bounds else {
      return nil
    }
    let bounds = "\(bounds(evidence.confidence)) \(range)"
    return check.outcome == .inconclusive ? "\(bounds): \(settled(by: evidence))" : bounds
  }

  /// `95% bounds`
  func bounds(_ confidence: Double) -> String {
    let percent = Figures.percent(confidence).replacing(".0%", with: "%")
    return self("\(percent) 한계", "\(percent) bounds")
  }

  /// `120 more documents would settle it`
  func settled(by evidence: Evidence) -> String {
    guard let further = evidence.furtherDocuments else {
      return self(
        "측정값이 기준과 너무 가까워 문서를 늘려도 판정할 수 없습니다",
        "too near the limit for any number of documents")
    }
    let count = Figures.grouped(String(further))
    return self(
      "비슷한 문서 \(count)건을 더 읽으면 판정할 수 있습니다",
      "\(count) more \(further == 1 ? "document" : "documents") like these would settle it")
  }

  func sentence(_ warning: Warning, in group: GroupRecord, of record: RunRecord) -> String {
    switch warning {
    case .fewDocuments(let count):
      self(
        "문서가 \(count)건뿐입니다. 판정에는 50건 이상을 권합니다.",
        "Only \(count) \(noun(count, "document was", "documents were")) judged; "
          + "50 or more make a verdict.")
    case .upsampledPages(let count):
      self(
        "\(count)쪽은 더 낮은 DPI의 원본을 확대한 것이어서 세부가 실제와 다릅니다.",
        "\(count) \(noun(count, "page was", "pages were")) enlarged from a lower DPI: "
          + "the detail is invented.")
    case .fieldNearLimit(let key):
      self(
        "핵심 필드 '\(fieldName(key, of: group.type, in: record))'의 정확도가 "
          + "90% 이상 95% 미만입니다.",
        "The field \"\(fieldName(key, of: group.type, in: record))\" passes, "
          + "but below 95%.")
    case .failedPages(let count):
      self(
        "\(count)쪽을 읽지 못했습니다. 모두 SLA 위반으로 셉니다.",
        "\(count) \(noun(count, "page was", "pages were")) not read; each counts as an SLA miss.")
    }
  }

  func outcome(_ outcome: PageOutcome) -> String {
    let name =
      switch outcome.status {
      case .read: self("판독함", "read")
      case .empty: self("빈 출력", "empty output")
      case .exited: self("오류로 종료", "exited with an error")
      case .crashed: self("비정상 종료", "crashed")
      case .timedOut: self("시간 초과", "timed out")
      case .unreadableOutput: self("해석할 수 없는 출력", "unreadable output")
      case .repeated: self("같은 말 반복", "repeated itself")
      case .truncated: self("끝까지 읽지 못함", "did not end")
      }
    return outcome.detail.map { "\(name) (\($0))" } ?? name
  }

  /// `12.4건/분`
  func throughput(_ documentsPerMinute: Double?) -> String {
    guard let documentsPerMinute else { return Figures.absent }
    return Figures.fixed(documentsPerMinute, 1) + self("건/분", "/min")
  }

  /// Precision, recall and F1 over the sets of diagnosis codes.
  func codes(_ score: DiagnosisCodeScore) -> String {
    let figures = [(Term.precision, score.precision), (.recall, score.recall), (.f1, score.f1)]
      .map { "\(self($0.0)) \(Figures.share($0.1))" }
    return self("진단코드 집합: ", "Diagnosis codes as sets: ") + figures.joined(separator: ", ")
  }

  /// Throughput, memory, image tokens. An engine that is no program of its own has medbench's memory.
  func sizes(of aggregates: GroupAggregates) -> [String] {
    let engine = aggregates.peakChildMemoryBytes
    return [
      "\(self(.throughput)) \(throughput(aggregates.documentsPerMinute))",
      "\(self(.peakMemory)) \(Figures.bytes(aggregates.peakMemoryBytes))",
      engine == 0 ? nil : "\(self(.peakChildMemory)) \(Figures.bytes(engine))",
      "\(self(.imageTokens)) \(Figures.fixed(aggregates.meanImageTokens, 0))",
    ].compactMap { $0 }
  }

  /// `다르게 읽음 3 · 빠뜨림 1 · 없는데 읽음 0`
  func edits(_ counts: EditCounts) -> String {
    "\(self(.substituted)) \(counts.substitutions) · \(self(.deleted)) \(counts.deletions) · "
      + "\(self(.inserted)) \(counts.insertions)"
  }

  /// `confidence 0.43`
  func confidence(_ hundredths: UInt8, isWrong: Bool) -> String {
    let figure = Figures.confidence(hundredths)
    return isWrong
      ? self("틀림, 확신도 \(figure)", "wrong, confidence \(figure)")
      : self("확신도 \(figure)", "confidence \(figure)")
  }

  /// How much of what is wrong the engine itself doubted.
  func sentence(_ summary: ConfidenceSummary) -> String {
    let low = Figures.confidence(ConfidenceStep.weakFrom)
    let sure = Figures.confidence(ConfidenceStep.sureFrom)
    let mean = Figures.share(summary.mean)
    let right = Figures.grouped(String(summary.right))
    guard summary.wrong > 0 else {
      return self(
        "확신도: 평균 \(mean) | 잘못 읽은 글자 없음 | 바르게 읽은 \(right)자 중 \(low) 미만 "
          + "\(summary.rightLow)자",
        "Confidence: mean \(mean) | no wrong character | \(summary.rightLow) of \(right) right ones "
          + "below \(low)")
    }
    let wrong = Figures.grouped(String(summary.wrong))
    let share = Figures.percent(Double(summary.wrongLow) / Double(summary.wrong))
    return self(
      "확신도: 평균 \(mean) | 잘못 읽은 \(wrong)자 중 \(low) 미만 \(summary.wrongLow)자(\(share)), "
        + "\(sure) 이상 \(summary.wrongSure)자 | 바르게 읽은 \(right)자 중 \(low) 미만 "
        + "\(summary.rightLow)자",
      "Confidence: mean \(mean) | \(summary.wrongLow) of \(wrong) wrong characters below \(low) "
        + "(\(share)), \(summary.wrongSure) at \(sure) or more | \(summary.rightLow) of \(right) "
        + "right ones below \(low)")
  }

  /// The histogram in words, for those who cannot see it.
  func histogram(_ summary: LatencySummary?, limit: Double?) -> String {
    guard let summary else { return self(.histogram) }
    let marks = [("P50", summary.p50), ("P95", summary.p95), ("P99", summary.p99)]
      .map { "\($0.0) \(Figures.milliseconds($0.1))" }
    let bound = limit.map { [self(.limit) + " " + Figures.milliseconds($0)] } ?? []
    return "\(self(.histogram)): " + (marks + bound).joined(separator: ", ")
  }

  private func noun(_ count: Int, _ one: String, _ many: String) -> String {
    count == 1 ? one : many
  }
}
