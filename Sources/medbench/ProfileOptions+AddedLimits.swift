import DocProfiles

extension ProfileOptions {
  /// What a profile adds to CER, fields and mean latency, and how it is judged: the key in a profile
  /// file, its name, which side of the value is kept to, and the value.
  func addedLimits(of profile: DocumentProfile) -> [(String, String, String, String)] {
    let limits = profile.addedLimits
    let rows: [(String, String, String, Double?)] = [
      (
        "maximum_critical_errors_per_1000",
        word("치명 오류 문서, 1,000건당", "Documents with a critical error per 1,000"), "≤",
        limits.maximumCriticalErrors
      ),
      (
        "maximum_hallucination_rate", word("환각 값의 비율", "Hallucination rate"), "≤",
        limits.maximumHallucinationRate
      ),
      (
        "maximum_p95_latency_ms", word("P95 지연 (ms)", "P95 latency, ms"), "≤",
        limits.maximumP95Latency
      ),
      (
        "maximum_p99_latency_ms", word("P99 지연 (ms)", "P99 latency, ms"), "≤",
        limits.maximumP99Latency
      ),
      (
        "maximum_ttft_ms", word("첫 토큰까지 시간 (ms)", "Time to the first token, ms"), "≤",
        limits.maximumTTFT
      ),
      (
        "minimum_documents_per_minute", word("분당 문서", "Documents a minute"), "≥",
        limits.minimumDocumentsPerMinute
      ),
      ("maximum_memory_mib", word("메모리 (MiB)", "Memory, MiB"), "≤", limits.maximumMemory),
      (
        "worst_document_cer", word("한 문서의 최악 CER", "CER of the worst document"), "≤",
        limits.worstDocumentCER
      ),
      ("confidence", word("판정 신뢰수준", "Confidence of verdicts"), "=", limits.confidence),
    ]
    return rows.compactMap { key, name, sign, value in
      value.map { (key, name, sign, $0 == $0.rounded() ? "\(Int($0))" : "\($0)") }
    }
  }
}
