import Boundary
import Datasets
import DocProfiles
import Foundation
import PageImaging
import Testing

@Suite struct DatasetTests {
  @Test func documentsComeInTheOrderOfFilesAndLines() throws {
    let folder = try TemporaryDataset()
    try folder.write(
      Array((document(id: "\"c\"") + "\n" + document(id: "\"a\"")).utf8), to: "b.jsonl")
    try folder.write(Array(document(id: "\"b\"", type: "\"prescription\"").utf8), to: "B.jsonl")
    try folder.write(Array("not read".utf8), to: "pages/deeper.jsonl")
    try folder.write(Array("not read".utf8), to: "notes.txt")
    let dataset = try Dataset(directory: folder.directory)
    #expect(dataset.documents.map(\.id) == ["b", "c", "a"])
    #expect(dataset.documents(of: .diagnosis).map(\.id) == ["c", "a"])
    #expect(dataset.types == [.prescription, .diagnosis])
  }

  @Test func aDocumentIsReadAsItIsWritten() throws {
    let box = "[1, 2, 30, 4]"
    let folder = try TemporaryDataset(
      document(
        page:
          ",\"sha256\":null,\"lines\":[{\"start\":0,\"end\":3,\"box\":\(box)},{\"start\":4,\"end\":11}]",
        fields: field(more: ",\"row\":2,\"box\":\(box)"),
        more: ",\"meta\":{\"anything\":[1.5e3,true,null]}"))
    let expected = DatasetDocument(
      id: "dx-1", type: .diagnosis,
      pages: [
        PageTruth(
          image: "pages/a.png", transcript: "진단서\n환자명 홍길동",
          lines: [
            LineTruth(start: 0, end: 3, box: PixelBox(x: 1, y: 2, width: 30, height: 4)),
            LineTruth(start: 4, end: 11),
          ])
      ],
      fields: [
        FieldTruth(
          name: "patient_name", value: "홍길동", kind: .person, row: 2, page: 0, start: 8, end: 11,
          box: PixelBox(x: 1, y: 2, width: 30, height: 4))
      ])
    #expect(try Dataset(directory: folder.directory).documents == [expected])
    #expect(folder.defects() == [])
  }

  @Test func linesLeftOutAreCounted() throws {
    let folder = try TemporaryDataset(document())
    let lines = try Dataset(directory: folder.directory).documents[0].pages[0].lines
    #expect(lines == [LineTruth(start: 0, end: 3), LineTruth(start: 4, end: 11)])
  }

  @Test func theContentHashIsThatOfTheFilesInOrder() throws {
    let folder = try TemporaryDataset(document() + "\n")
    try folder.write(Array(document(id: "\"e\"").utf8), to: "e.jsonl")
    let whole = document() + "\n" + document(id: "\"e\"")
    #expect(
      try Dataset(directory: folder.directory).contentHash
        == Checksum.sha256(of: Array(whole.utf8)))
  }

  @Test(arguments: ["\u{feff}", "\n\n", " \t\r\n"])
  func whatEditorsAddIsNoDocument(before: String) throws {
    let folder = try TemporaryDataset(
      before + document() + "\r\n" + document(id: "\"b\"") + "\r\n\r\n")
    #expect(folder.loading == "loaded 2")
    #expect(
      try TemporaryDataset(before + "{").loading.hasPrefix(
        "d.jsonl:\(before.count(where: \.isNewline) + 1): byte "))
  }

  @Test func pagesAreFoundAndTheirChecksumsVerified() throws {
    let sum = Checksum.sha256(of: TemporaryDataset.page)
    let folder = try TemporaryDataset(document(page: ",\"sha256\":\"\(sum)\""))
    let dataset = try Dataset(directory: folder.directory)
    let document = dataset.documents[0]
    #expect(try dataset.pageURL(document, page: 0).path.hasSuffix("/pages/a.png"))
    #expect(try dataset.pageBytes(document, page: 0) == TemporaryDataset.page)

    try folder.write(TemporaryDataset.page + [0], to: "pages/a.png")
    let error = #expect(throws: DatasetError.self) { try dataset.pageBytes(document, page: 0) }
    #expect(
      error.map { folder.shortened($0.description) }
        == "d.jsonl:1: document dx-1: pages[0].image: pages/a.png: the checksum is not the one in "
        + "\"sha256\"; restore the file, or take its sha256sum if the change was meant")
  }

  @Test func tenThousandDocumentsAreRead() throws {
    let lines = (0..<10_000).map { document(id: "\"d\($0)\"") }
    let folder = try TemporaryDataset(lines.joined(separator: "\n"))
    #expect(folder.loading == "loaded 10000")
  }

  /// What Synthesis writes with Foundation's encoder is what Dataset reads.
  @Test func randomDocumentsSurviveEncodingAndReading() throws {
    var random = SeededRandom(seed: 20, "documents")
    let documents = (0..<200).map { DatasetDocument.random(number: $0, &random) }
    let encoder = JSONEncoder()
    let lines = try documents.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let folder = try TemporaryDataset(lines.joined(separator: "\n"))
    #expect(try Dataset(directory: folder.directory).documents == documents)
    let decoded = try lines.map {
      try JSONDecoder().decode(DatasetDocument.self, from: Data($0.utf8))
    }
    #expect(decoded == documents)
  }
}

extension DatasetDocument {
  /// In transcript form, with letters outside the first plane, quotes and backslashes.
  static func random(number: Int, _ random: inout SeededRandom) -> DatasetDocument {
    let letters = Array("가힣뷁a9\"\\/{}[],:µ±𝒳𠀋é,.-<")
    func word() -> String {
      String(
        (0...Int.random(in: 0...6, using: &random)).map { _ in
          letters.randomElement(using: &random)!
        })
    }
    let pages = (0...Int.random(in: 0...2, using: &random)).map { _ in
      let lines = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        (0...Int.random(in: 0...3, using: &random)).map { _ in word() }.joined(separator: " ")
      }
      let transcript = lines.joined(separator: "\n")
      return PageTruth(
        image: "pages/a.png",
        sha256: Bool.random(using: &random) ? String(repeating: "0a", count: 32) : nil,
        transcript: transcript,
        lines: TranscriptForm.lineSpans(of: transcript).map {
          LineTruth(
            start: $0.lowerBound, end: $0.upperBound,
            box: Bool.random(using: &random) ? PixelBox(x: 0, y: number, width: 1, height: 2) : nil)
        })
    }
    var fields: [FieldTruth] = []
    for (index, page) in pages.enumerated() where !page.transcript.isEmpty {
      let scalars = Array(page.transcript.unicodeScalars)
      let start = Int.random(in: 0..<scalars.count, using: &random)
      let end = Int.random(in: (start + 1)...scalars.count, using: &random)
      var value = String.UnicodeScalarView()
      value.append(contentsOf: scalars[start..<end])
      fields.append(
        FieldTruth(
          name: word(), value: String(value),
          kind: FieldKind.allCases.randomElement(using: &random)!,
          row: Bool.random(using: &random) ? number + 1 : nil, page: index, start: start, end: end))
    }
    return DatasetDocument(id: "d\(number)", type: .prescription, pages: pages, fields: fields)
  }
}
