/// Every fixed word of the reports, in both languages; sentences with figures are in
/// `Sentences.swift`. The raw value is the name a template calls it by: `{{term.cer}}`.
enum Term: String, CaseIterable {
  // The report and its verdict
  case title, overall, pass, fail, inconclusive, whyFailed, whyInconclusive, groups, configuration,
    environment
  // A group
  case documentType, dpi, documents, verdict, check, figure, limit, margin, status
  case slaChecks, fieldSLA, speedSLA, criticalFields, accuracy
  // Rates
  case textAccuracy, measure, micro, macro, worst, count
  case cer, meanCER, boundedCER, wer, clinicalWER, blankPages, pagesRead
  // Time and size
  case time, meanLatency, documentLatency, pageLatency, ttft, tpot, mean, maximum
  case tailRatio, throughput, peakMemory, peakChildMemory, imageTokens
  case percentileRule
  // Fields
  case field, expected, predicted, judgement, precision, recall, f1
  // Worst and failed pages
  case worstPages, noFaultyPage, pagePicture, noPicture, pictureLeftOut, difference, reading, truth
  case misreadFields, failedPages, standardError, blankReference
  case substituted, deleted, inserted, cutShort
  // Confidence
  case confidence, sureErrors, doubts, page, line, right, wrong
  // Histogram
  case histogram, histogramAxis
  // Harm and doubt
  case criticalErrors, hallucinationRate, memoryLimit, verdictConfidence, difference95, baseline
  case harmSources
  case candidate, sla, regression
  case pageSays, modelRead, whyItMatters, errorMatrix, errorClass, sum, documentsAffected, bounds
  // Configuration and environment
  case engine, model, dataset, datasetHash, degradation, seed, warmup, timeout, documentLimit
  case sourceDPI, command, languages, pageSegmentationMode, started, finished, medbench, scorer
  case operatingSystem, architecture, processor, cores, memory, all, none, seconds
  // Comparison
  case comparison, runs, sameConfiguration, configurationDiffers, worstField, notComparable
  case p95Latency, profileLimits, judgedDocuments

  /// Korean, then English.
  var wording: (String, String) {
    switch self {
    case .title: ("의료 문서 OCR 평가 보고서", "Medical document OCR evaluation")
    case .overall: ("종합 판정", "Overall verdict")
    case .pass: ("적합", "pass")
    case .fail: ("부적합", "fail")
    case .inconclusive: ("판정 보류", "inconclusive")
    case .whyFailed: ("부적합 사유", "Why it fails")
    case .whyInconclusive: ("판정 보류 사유", "What is not shown")
    case .criticalErrors:
      ("치명 오류 문서(1,000건당)", "Documents with a critical error, per 1,000")
    case .hallucinationRate: ("문서에 없는 값의 비율", "Hallucination rate")
    case .memoryLimit: ("메모리", "Memory")
    case .verdictConfidence: ("판정 신뢰수준", "Confidence of the verdict")
    case .harmSources: ("약·검사·진단 목록과 위해 규칙", "Lexicon and severity rules")
    case .difference95: ("악화 폭", "Worse by")
    case .baseline: ("기준 모델", "Baseline")
    case .candidate: ("후보 모델", "Candidate")
    case .sla: ("SLA 판정", "SLAs")
    case .regression: ("기준 모델 대비", "Against the baseline")
    case .pageSays: ("문서", "Page says")
    case .modelRead: ("판독", "Model read")
    case .whyItMatters: ("왜 위험한가", "Why it matters")
    case .errorMatrix:
      ("오류 종류 × 문서 유형 × DPI", "Errors by class, document type and DPI")
    case .errorClass: ("오류 종류", "Class")
    case .sum: ("합계", "Sum")
    case .documentsAffected: ("해당 문서", "documents affected")
    case .bounds: ("한계", "Bounds")
    case .groups: ("문서 유형별 결과", "Results by document type")
    case .configuration: ("실행 설정", "Configuration")
    case .environment: ("실행 환경", "Environment")

    case .documentType: ("문서 유형", "Document type")
    case .dpi: ("DPI", "DPI")
    case .documents: ("문서 수", "Docs")
    case .verdict: ("판정", "Verdict")
    case .check: ("판정 항목", "Check")
    case .figure: ("측정값", "Figure")
    case .limit: ("기준", "Limit")
    case .margin: ("여유", "Margin")
    case .status: ("상태", "Status")
    case .fieldSLA: ("필드", "Fields")
    case .speedSLA: ("속도 SLA", "Speed SLA")
    case .slaChecks: ("SLA 판정", "SLA checks")
    case .criticalFields: ("핵심 필드 정확도", "Critical field accuracy")
    case .accuracy: ("정확도", "Accuracy")

    case .textAccuracy: ("문자 인식 오류", "Text errors")
    case .measure: ("지표", "Measure")
    case .micro: ("전체(micro)", "Micro")
    case .macro: ("쪽 평균(macro)", "Macro")
    case .worst: ("최악", "Worst")
    case .count: ("n", "n")
    case .cer: ("문자 오류율(CER)", "CER")
    case .meanCER: ("평균 문자 오류율(CER)", "Mean CER")
    case .boundedCER: ("정규화 문자 오류율(CERn)", "CERn, bounded")
    case .wer: ("단어 오류율(WER)", "WER, UAX #29 words")
    case .clinicalWER: ("임상 단어 오류율", "WER, clinical words")
    case .blankPages: ("백지 판독", "Blank pages")
    case .pagesRead: ("판독한 쪽", "Pages read")

    case .time: ("처리 시간", "Time")
    case .meanLatency: ("평균 지연 시간", "Mean latency")
    case .documentLatency: ("문서당 지연 시간", "Latency, document")
    case .pageLatency: ("쪽당 지연 시간", "Latency, page")
    case .ttft: ("첫 글자까지(TTFT)", "TTFT")
    case .tpot: ("토큰 간격(TPOT)", "TPOT")
    case .mean: ("평균", "Mean")
    case .maximum: ("최대", "Max")
    case .tailRatio: ("P99/P50", "P99/P50")
    case .throughput: ("처리량", "Documents")
    case .peakMemory: ("최대 메모리", "Peak memory")
    case .peakChildMemory: ("엔진 최대 메모리", "Engine's peak memory")
    case .imageTokens: ("쪽당 이미지 토큰", "Image tokens a page")
    case .percentileRule: ("백분위수 산출: 최근접 순위법", "Percentiles: nearest rank")

    case .field: ("필드", "Field")
    case .expected: ("정답", "Expected")
    case .predicted: ("판독", "Read")
    case .judgement: ("판정", "Judgement")
    case .precision: ("정밀도", "P")
    case .recall: ("재현율", "R")
    case .f1: ("F1", "F1")

    case .worstPages: ("오류가 많은 쪽", "Worst pages")
    case .noFaultyPage: ("오류가 있는 쪽이 없습니다.", "No page had an error.")
    case .pagePicture: ("쪽 그림", "Picture of page")
    case .noPicture:
      (
        "쪽 그림이 결과 폴더에 없습니다.", "The results directory holds no picture of this page."
      )
    case .pictureLeftOut:
      (
        "파일이 너무 커지지 않도록 그림을 넣지 않았습니다. 결과 폴더에서 볼 수 있습니다.",
        "Left out to keep this file small; the results directory has it."
      )
    case .difference: ("정답과 판독의 차이", "Truth against reading")
    case .reading: ("판독", "Reading")
    case .truth: ("정답", "Truth")
    case .misreadFields: ("잘못 읽은 핵심 필드", "Critical fields misread")
    case .failedPages: ("판독에 실패한 쪽", "Pages that were not read")
    case .standardError: ("표준 오류(stderr)의 끝부분", "Tail of standard error")
    case .blankReference: ("백지", "blank page")
    case .substituted: ("다르게 읽음", "substituted")
    case .deleted: ("빠뜨림", "missed")
    case .inserted: ("없는데 읽음", "added")
    case .cutShort: ("이하 생략", "cut short here")

    case .confidence: ("확신도", "Confidence")
    case .sureErrors: ("자신 있게 잘못 읽은 곳", "Wrong without doubt")
    case .doubts: ("가장 자신 없이 읽은 곳", "Least certain places")
    case .page: ("쪽", "Page")
    case .line: ("줄", "Line")
    case .right: ("맞음", "right")
    case .wrong: ("틀림", "wrong")

    case .histogram: ("문서당 지연 시간 분포", "Latency of documents")
    case .histogramAxis: ("밀리초(ms)", "milliseconds")

    case .engine: ("엔진", "Engine")
    case .model: ("모델", "Model")
    case .dataset: ("데이터셋", "Dataset")
    case .datasetHash: ("데이터셋 해시", "Dataset hash")
    case .degradation: ("열화", "Degradation")
    case .seed: ("난수 시드", "Seed")
    case .warmup: ("예열 쪽수", "Warm-up pages")
    case .timeout: ("쪽당 제한 시간", "Time-out, page")
    case .documentLimit: ("유형별 문서 한도", "Documents of a type")
    case .sourceDPI: ("원본 DPI", "Source DPI")
    case .command: ("명령", "Command")
    case .languages: ("인식 언어", "OCR languages")
    case .pageSegmentationMode: ("쪽 분할 방식(PSM)", "Page segmentation mode")
    case .started: ("시작(UTC)", "Started (UTC)")
    case .finished: ("종료(UTC)", "Finished (UTC)")
    case .medbench: ("medbench 버전", "medbench version")
    case .scorer: ("채점기 버전", "Scorer version")
    case .operatingSystem: ("운영체제", "Operating system")
    case .architecture: ("아키텍처", "Architecture")
    case .processor: ("프로세서", "Processor")
    case .cores: ("코어 수", "Cores")
    case .memory: ("메모리", "Memory")
    case .all: ("전체", "all")
    case .none: ("없음", "none")
    case .seconds: ("초", "s")

    case .comparison: ("실행 결과 비교", "Runs side by side")
    case .runs: ("실행", "Runs")
    case .sameConfiguration:
      (
        "데이터셋, 열화 방식, 문서가 모두 같습니다.",
        "Same dataset, same degradation, same documents."
      )
    case .configurationDiffers: ("설정 차이", "Where the runs differ")
    case .worstField: ("가장 낮은 핵심 필드 정확도", "Worst critical field")
    case .notComparable:
      (
        "읽은 문서가 서로 달라 수치를 바로 견줄 수 없습니다.",
        "The runs read different pages: their figures are not comparable."
      )
    case .p95Latency: ("P95 지연 시간", "P95 latency")
    case .profileLimits: ("SLA 기준", "SLA limits")
    case .judgedDocuments: ("평가한 문서", "Documents judged")

    }
  }
}

extension Language {
  func callAsFunction(_ term: Term) -> String {
    let (korean, english) = term.wording
    return self == .korean ? korean : english
  }

  func callAsFunction(_ korean: String, _ english: String) -> String {
    self == .korean ? korean : english
  }
}
