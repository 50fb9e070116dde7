import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline
import Scoring

/// One fictional certificate of two pages, black where its text stands, with a box for every line and
/// every field but the name on its second page.
struct LetterDataset {
  let directory: String

  static let name = "하늘찬"
  /// What must not be found in anything redacted.
  static let personal = [
    name, "900312-2345678", "010-7741-2093", "26174645", "1990-03-12", "서울특별시 강남구 솔향기뜰로 177",
    "나루한",
  ]
  static let pages = [
    """
    진 단 서
    환자의 성명 하늘찬 주민등록번호 900312-2345678
    생년월일 1990-03-12 연락처 010-7741-2093
    등록번호 26174645
    환자의 주소 서울특별시 강남구 솔향기뜰로 177
    주상병 결핵성 흉막염 A16.5
    이소니아지드정 5mg 1일 1회
    하늘찬 환자의 합병증은 없음
    의사 성명: 나루한
    """,
    """
    진단서 (계속) 26174645 하늘찬
    추적 관찰함
    """,
  ]

  private static let width = 900
  private static let height = 700

  init() throws {
    directory = try TinyDataset.temporaryDirectory()
    var pages: [PageTruth] = []
    for (index, transcript) in Self.pages.enumerated() {
      let lines = TranscriptForm.lineSpans(of: transcript).enumerated().map { row, span in
        LineTruth(start: span.lowerBound, end: span.upperBound, box: Self.box(row, 0, span.count))
      }
      var image = PageImage(
        width: Self.width, height: Self.height, color: .grey, filledWith: 255, dpi: 150)
      for line in lines { image.blacken(line.box!) }
      try Data(image.pngData()).write(to: URL(filePath: directory + "/page-\(index + 1).png"))
      pages.append(
        PageTruth(image: "page-\(index + 1).png", transcript: transcript, lines: lines))
    }
    let fields = [
      Self.field("patient_name", .person, Self.name, row: 1),
      Self.field("diagnosis_name", .diagnosisName, "결핵성 흉막염", row: 5, number: 1),
      Self.field("diagnosis_code", .diagnosisCode, "A16.5", row: 5, number: 1),
      Self.field("dose", .quantity, "5mg", row: 6, number: 1),
    ]
    let document = DatasetDocument(id: "letter-1", type: .diagnosis, pages: pages, fields: fields)
    try JSONEncoder().encode(document).write(to: URL(filePath: directory + "/diagnosis.jsonl"))
  }

  /// Twelve pixels a code point.
  static func box(_ row: Int, _ start: Int, _ count: Int) -> Datasets.PixelBox {
    Datasets.PixelBox(x: 60 + 12 * start, y: 60 + 60 * row, width: 12 * count, height: 24)
  }

  private static func field(
    _ name: String, _ kind: FieldKind, _ value: String, row: Int, number: Int? = nil
  ) -> FieldTruth {
    let text = pages[0]
    let range = text.range(of: value)!
    let start = text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound)
    let line = TranscriptForm.lineSpans(of: text)[row]
    let count = value.unicodeScalars.count
    return FieldTruth(
      name: name, value: value, kind: kind, row: number, page: 0, start: start, end: start + count,
      box: box(row, start - line.lowerBound, count))
  }

  func run(redacted: Bool, readings: [String: String], in directory: String) async throws
    -> RunRecord
  {
    let dataset = try Dataset(directory: URL(filePath: self.directory))
    let profile = DocumentProfile.builtIn.first { $0.type == .diagnosis }!
    let configuration = RunConfiguration(
      documentTypes: [.diagnosis], dpis: [150], dataset: self.directory,
      datasetHash: dataset.contentHash, limit: nil, degradation: "clean", seed: 1, warmup: 0,
      timeout: 5, sourceDPI: nil, redacted: redacted ? true : nil,
      engine: EngineRequest(name: "scripted"), profiles: [ProfileSnapshot(profile)])
    var run = try Run(
      startingIn: directory, configuration: configuration, dataset: dataset,
      engine: ScriptedEngine(readings: readings.mapValues { .text($0) }))
    return try await run.complete()
  }
}

extension PageImage {
  fileprivate mutating func blacken(_ box: Datasets.PixelBox) {
    for y in box.y..<box.y + box.height {
      for x in box.x..<box.x + box.width { samples[y * width + x] = 0 }
    }
  }
}
