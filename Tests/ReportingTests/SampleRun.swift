import DocProfiles
import OCRInference
import Pipeline
import Scoring

/// A fictional run with something of everything: a group that passes, one that fails on text, on
/// fields and on pages that were not read, and one with a blank page. Names, drugs and values are
/// invented.
enum SampleRun {
  static let record = RunRecord(
    medbenchVersion: "0.1.0", startedAt: "2026-03-14T01:59:26Z", finishedAt: "2026-03-14T02:08:41Z",
    configuration: RunConfiguration(
      documentTypes: [.prescription, .labResult, .dischargeSummary], dpis: [300],
      dataset: "datasets/test", datasetHash: String(repeating: "3fa9", count: 16), limit: nil,
      degradation: "scan", seed: 20_260_314, warmup: 3, timeout: 60, sourceDPI: nil,
      engine: EngineRequest(name: "tesseract", languages: "kor+eng", pageSegmentationMode: 6),
      profiles: DocumentProfile.builtIn.map(ProfileSnapshot.init)),
    engine: EngineIdentity(
      engine: "tesseract", model: "kor+eng", version: "5.3.0", streamsTokens: false),
    environment: RunEnvironment(
      operatingSystem: "Debian GNU/Linux 12 (bookworm)", architecture: "x86_64",
      processor: "Sample Processor 9000", cores: 2, memoryBytes: 8 << 30),
    groups: [
      group(.prescription, (1...52).map(prescription)),
      group(.labResult, (1...12).map(labResult)),
      group(.dischargeSummary, (1...2).map(dischargeSummary)),
    ])

  /// The same run, judged with `--confidence 0.95`.
  static let judgedByBounds: RunRecord = {
    var judged = record
    judged.configuration.confidence = 0.95
    for index in judged.groups.indices {
      let group = judged.groups[index]
      let profile = DocumentProfile.builtIn.first { $0.type == group.type }!
      judged.groups[index].verdict = Verdict(
        of: group.documents, aggregates: group.aggregates, by: ProfileSnapshot(profile),
        timeout: 60, confidence: 0.95)
    }
    return judged
  }()

  static func prescription(_ number: Int) -> DocumentRecord {
    let truth = """
      처 방 전
      환자명 한가람 생년월일 1971-04-02
      질병분류기호 J20.9 I10
      처방 의약품의 명칭 1회 투약량 1일 투여횟수 총 투약일수
      가나로정 5mg 1정 3회 5일 경구
      다라프릴캡슐 2.5mg 0.5캡슐 2회 28일 경구
      용법: 식후 30분에 복용하십시오
      조제 시 참고사항 없음 사용기간 3일간
      """
    var reading =
      number % 17 == 0 ? truth.replacingOccurrence(of: "가나로정 5mg", with: "가니로정 5mg") : truth
    if number % 13 == 0 { reading = reading.replacingOccurrence(of: "3회", with: "8회") }
    let drug = number % 17 == 0 ? "가니로정 5mg" : "가나로정 5mg"
    return DocumentRecord(
      id: "prescription-\(padded(number))",
      pages: [
        page(
          "prescription-\(padded(number))/1", truth: truth, reading: reading,
          fields: [
            field("drug_name", .drugName, 1, "가나로정 5mg", drug),
            field("drug_name", .drugName, 2, "다라프릴캡슐 2.5mg", "다라프릴캡슐 2.5mg"),
            field("dose", .quantity, 1, "1정", "1정"),
            field("dose", .quantity, 2, "0.5캡슐", "0.5캡슐"),
            field("frequency", .frequency, 1, "3회", number % 13 == 0 ? "8회" : "3회"),
            field("route", .route, 1, "경구", "경구"),
          ], milliseconds: 2100 + Double(number * 37 % 41) * 9, tokens: 3996,
          codes: DiagnosisCodeScore(truePositives: 2))
      ])
  }

  static func labResult(_ number: Int) -> DocumentRecord {
    let id = "lab-result-\(padded(number))"
    let truth = """
      검사결과지
      환자명 나다울 등록번호 00481526
      검사항목 결과 단위 참고치
      AST 31 U/L 0-40
      나트륨 138 mmol/L 136-145
      칼륨 5.8 H mmol/L 3.5-5.1
      CRP <0.5 mg/dL 0-0.5
      헤모글로빈 9.8 L g/dL 12.0-16.0
      """
    let hostile = "<script>alert('lab')</script>\n<img src=x onerror=alert(1)> & \"quotes\""
    var reading = truth
    var potassium: String? = "5.8"
    var unit: String? = "mmol/L"
    if number % 3 == 0 {
      reading = reading.replacingOccurrence(of: "칼륨 5.8", with: "칼륨 58")
        .replacingOccurrence(of: "<0.5", with: ">0.5").replacingOccurrence(of: "등록번호 ", with: "")
      potassium = "58"
    }
    if number % 6 == 1 {
      reading = reading.replacingOccurrence(of: "칼륨 5.8 H mmol/L", with: "칼륨 5.8 H mmoI/L")
      unit = "mmoI/L"
    }
    var outcome = PageOutcome(status: .read)
    var milliseconds = 3900 + Double(number * 29 % 23) * 70
    switch number {
    case 4:
      outcome = PageOutcome(
        status: .crashed, detail: "signal 11",
        diagnostics: "Error in boxClipToRectangle: <script>alert(\"stderr\")</script>\n"
          + "Segmentation fault (core dumped)")
    case 8:
      outcome = PageOutcome(status: .timedOut, detail: "after 60 s", diagnostics: "")
      milliseconds = 60_000
    case 10: reading = hostile
    default: break
    }
    if outcome.status != .read { (reading, potassium, unit) = ("", nil, nil) }
    if number == 10 { (potassium, unit) = ("onerror", nil) }
    return DocumentRecord(
      id: id,
      pages: [
        page(
          id + "/1", truth: truth, reading: reading,
          fields: [
            field("test_name", .testName, 1, "칼륨", reading.contains("칼륨") ? "칼륨" : nil),
            field("value", .labValue, 1, "5.8", potassium),
            field("unit", .unit, 1, "mmol/L", unit),
            field(
              "reference_range", .range, 1, "3.5-5.1",
              reading.contains("3.5-5.1") ? "3.5-5.1" : nil),
          ], outcome: outcome, milliseconds: milliseconds, tokens: 3996, upsampled: number <= 3,
          doubted: ["mmoI": 41, "0-40": 88, "alert(": 7, "나다울": number == 3 ? 33 : 98, "58": 72])
      ])
  }

  static func dischargeSummary(_ number: Int) -> DocumentRecord {
    let id = "discharge-summary-\(padded(number))"
    let truth = """
      퇴 원 요 약
      입원일 2026-01-05 퇴원일 2026-01-12
      주진단 지역사회획득 폐렴
      경과 입원 3일째부터 발열이 없고 산소 투여 없이 지냄
      추후계획 1주 뒤 호흡기내과 외래
      """
    let course = "입원 3일째부터 발열이 없고 산소 투여 없이 지냄"
    return DocumentRecord(
      id: id,
      pages: [
        page(
          id + "/1", truth: truth, reading: truth,
          fields: [
            field("admission_date", .date, nil, "2026-01-05", "2026-01-05"),
            field("discharge_date", .date, nil, "2026-01-12", "2026-01-12"),
            field("principal_diagnosis", .diagnosisName, nil, "지역사회획득 폐렴", "지역사회획득 폐렴"),
            field("hospital_course", .freeText, nil, course, course),
            field("follow_up_plan", .freeText, nil, "1주 뒤 호흡기내과 외래", "1주 뒤 호흡기내과 외래"),
          ], milliseconds: 3210, tokens: 3996),
        page(
          id + "/2", truth: "", reading: number == 1 ? "" : "|", fields: [], milliseconds: 640,
          tokens: 3996),
      ])
  }

  static func page(
    _ id: String, truth: String, reading: String, fields: [FieldOutcome],
    outcome: PageOutcome = PageOutcome(status: .read), milliseconds: Double, tokens: Int,
    upsampled: Bool = false, codes: DiagnosisCodeScore? = nil, doubted: [String: UInt8]? = nil
  ) -> PageRecord {
    let blank =
      truth.isEmpty ? BlankPageCheck(outputClusters: reading.count, limit: 10) : nil
    return PageRecord(
      id: id, image: "pages/\(id.split(separator: "/").joined(separator: "-")).png", width: 1748,
      height: 2480, upsampled: upsampled, imageTokens: tokens, preparation: 84.5,
      transcript: Transcript(
        text: reading, confidences: doubted.map { confidences(of: reading, doubted: $0) },
        outcome: outcome,
        timing: PageTiming(
          ttft: reading.isEmpty ? nil : milliseconds - 12, endToEnd: milliseconds,
          chunks: reading.isEmpty ? 0 : 1)),
      reference: truth,
      score: PageScore(
        characters: counts(Array(truth), Array(reading)),
        words: counts(truth.split { $0.isWhitespace }, reading.split { $0.isWhitespace }),
        clinicalWords: counts(truth.split { $0.isWhitespace }, reading.split { $0.isWhitespace }),
        fields: fields, blank: blank, diagnosisCodes: codes))
  }

  /// Sure of all but the last character of some words.
  static func confidences(of text: String, doubted: [String: UInt8]) -> Confidences {
    var values = [UInt8](repeating: 99, count: text.count)
    for (word, value) in doubted {
      for range in text.ranges(of: word) {
        values[text.distance(from: text.startIndex, to: range.upperBound) - 1] = value
      }
    }
    return Confidences(hundredths: values)
  }

  static func field(
    _ name: String, _ kind: FieldKind, _ row: Int?, _ expected: String, _ predicted: String?
  ) -> FieldOutcome {
    FieldOutcome(
      name: name, kind: kind, row: row, expected: expected, predicted: predicted,
      judgement: predicted == expected ? .correct : predicted == nil ? .missing : .incorrect,
      credit: predicted == expected ? 1 : 0)
  }

  static func group(_ type: DocumentType, _ documents: [DocumentRecord]) -> GroupRecord {
    let profile = DocumentProfile.builtIn.first { $0.type == type }!
    let pages = documents.flatMap(\.pages)
    let outcomes = pages.flatMap(\.score.fields)
    let tallies = profile.criticalFields.map { field in
      FieldTally(name: field.key, outcomes: outcomes.filter { $0.name == field.key })
    }
    let blanks = pages.compactMap(\.score.blank)
    let latencies = documents.map { document in
      document.pages.reduce(0) {
        let time = $1.transcript.timing.endToEnd
        return $0 + ($1.transcript.outcome.status == .read ? time : max(time, 60_000))
      }
    }
    let aggregates = GroupAggregates(
      documentCount: documents.count, pageCount: pages.count,
      outcomes: Dictionary(
        pages.map { ($0.transcript.outcome.status.rawValue, 1) }, uniquingKeysWith: +),
      upsampledPages: pages.count(where: \.upsampled),
      cer: RateAggregate(pages: pages.map(\.score.characters)),
      boundedCER: RateAggregate(boundedPages: pages.map(\.score.characters)),
      wer: RateAggregate(pages: pages.map(\.score.words)),
      clinicalWER: RateAggregate(pages: pages.map(\.score.clinicalWords)),
      blankPages: blanks.count, blankPagesPassed: blanks.count(where: \.passed), fields: tallies,
      latency: LatencySummary(latencies),
      pageLatency: LatencySummary(pages.map(\.transcript.timing.endToEnd)),
      ttft: LatencySummary(pages.compactMap(\.transcript.timing.ttft)), tpot: nil,
      documentsPerMinute: Double(documents.count) * 60_000 / latencies.reduce(0, +),
      meanImageTokens: 3996, peakMemoryBytes: 212 << 20, peakChildMemoryBytes: 388 << 20)
    return GroupRecord(
      type: type, dpi: 300, documents: documents, aggregates: aggregates,
      verdict: Verdict(of: aggregates, by: ProfileSnapshot(profile)))
  }

  /// The plain textbook alignment, so that the sample leans on no code under test.
  static func counts<Element: Equatable>(_ truth: [Element], _ reading: [Element]) -> EditCounts {
    var row = (0...reading.count).map { EditCounts(insertions: $0) }
    for (i, expected) in truth.enumerated() {
      var next = [EditCounts(deletions: i + 1)]
      for (j, found) in reading.enumerated() {
        let diagonal =
          row[j] + (expected == found ? EditCounts(hits: 1) : EditCounts(substitutions: 1))
        let ways = [
          diagonal, row[j + 1] + EditCounts(deletions: 1), next[j] + EditCounts(insertions: 1),
        ]
        next.append(ways.min { $0.errors < $1.errors }!)
      }
      row = next
    }
    return row.last!
  }

  static func padded(_ number: Int) -> String {
    String(repeating: "0", count: 4 - String(number).count) + String(number)
  }
}

extension String {
  func replacingOccurrence(of target: String, with replacement: String) -> String {
    guard let range = firstRange(of: target) else { return self }
    return replacingCharacters(in: range, with: replacement)
  }

  private func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
