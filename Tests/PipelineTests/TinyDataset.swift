import Datasets
import DocProfiles
import Foundation
import PageImaging
import Pipeline

/// A dataset of white pages in a directory of its own: what is "on" them is what the truth says.
struct TinyDataset {
  let directory: String

  /// - Parameter transcripts: a document each, a page each.
  init(type: DocumentType = .prescription, _ transcripts: [[String]]) throws {
    directory = try Self.temporaryDirectory()
    let png = try PageImage(width: 40, height: 56, color: .grey, filledWith: 255, dpi: 300)
      .pngData()
    try png.withUnsafeBytes {
      try Data($0).write(to: URL(fileURLWithPath: directory + "/page.png"))
    }
    var lines = ""
    for (index, pages) in transcripts.enumerated() {
      let document = DatasetDocument(
        id: "doc-\(index + 1)", type: type,
        pages: pages.map { transcript in
          PageTruth(
            image: "page.png", transcript: transcript,
            lines: TranscriptForm.lineSpans(of: transcript).map {
              LineTruth(start: $0.lowerBound, end: $0.upperBound)
            })
        },
        fields: pages.enumerated().flatMap { Self.fields(of: $1, page: $0) })
      lines += String(decoding: try JSONEncoder().encode(document), as: UTF8.self) + "\n"
    }
    try Data(lines.utf8).write(to: URL(fileURLWithPath: directory + "/\(type).jsonl"))
  }

  static func temporaryDirectory() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/medbench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// A page's first word is a drug, its second a dose.
  private static func fields(of transcript: String, page: Int) -> [FieldTruth] {
    let words = transcript.split(separator: " ")
    guard words.count >= 2 else { return [] }
    let split = words[0].unicodeScalars.count
    return [
      FieldTruth(
        name: "drug_name", value: String(words[0]), kind: .drugName, row: 1, page: page, start: 0,
        end: split),
      FieldTruth(
        name: "dose", value: String(words[1]), kind: .quantity, row: 1, page: page,
        start: split + 1, end: split + 1 + words[1].unicodeScalars.count),
    ]
  }

  func configuration(dataset: Dataset, dpis: [Int] = [300], timeout: Double = 5)
    -> RunConfiguration
  {
    RunConfiguration(
      documentTypes: [.prescription], dpis: dpis, dataset: directory,
      datasetHash: dataset.contentHash, limit: nil, degradation: "clean", seed: 1, warmup: 1,
      timeout: timeout, sourceDPI: nil, engine: EngineRequest(name: "scripted"),
      profiles: [ProfileSnapshot(.prescription)])
  }
}
