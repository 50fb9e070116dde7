import Datasets
import Foundation
import PageImaging
import Testing

@Suite struct HostileDatasetTests {
  @Test(
    arguments: [Mistake.syntax, Mistake.shapes, Mistake.fields, Mistake.runs, Mistake.transcripts]
      .joined())
  func everyMistakeOfALineIsNamed(_ mistake: Mistake) throws {
    let sound = document(id: "\"first\"", transcript: "\"\"", fields: "")
    let folder = try TemporaryDataset(sound + "\n" + mistake.line)
    #expect(folder.loading == "d.jsonl:2: " + mistake.message)
    #expect(folder.defects().contains("d.jsonl:2: " + mistake.message))
  }

  @Test func aDuplicateIDNamesBothLines() throws {
    let folder = try TemporaryDataset(document())
    try folder.write(Array(("\n" + document()).utf8), to: "e.jsonl")
    #expect(
      folder.loading
        == "e.jsonl:2: document dx-1: id: stands twice, first at d.jsonl:1; give every document its own"
    )
  }

  @Test func bytesThatAreNotUTF8AreNamed() throws {
    let folder = try TemporaryDataset()
    for (bytes, place) in [([0xff], 7), ([0xed, 0xa0, 0x80], 7), ([0x61, 0xc0, 0x80], 8)] {
      try folder.write(
        Array("{\"id\":".utf8) + bytes.map { UInt8($0) } + Array("}".utf8), to: "d.jsonl")
      #expect(
        folder.loading
          == "d.jsonl:1: byte \(place): not JSON: the text is not UTF-8; write one whole object on the line"
      )
    }
  }

  @Test func depthAndLengthAreBounded() throws {
    for opening in ["[", "{\"a\":"] {
      #expect(
        try TemporaryDataset(String(repeating: opening, count: 500_000)).loading.hasSuffix(
          "not JSON: nested deeper than 32 levels; write one whole object on the line"))
    }
    let long = "{\"id\":\"" + String(repeating: "x", count: 4 << 20) + "\"}"
    #expect(
      try TemporaryDataset(long).loading
        == "d.jsonl:1: the line has 4194313 bytes, more than the limit of 4194304; make several documents of it"
    )
  }

  /// Normalising a long run of marks takes quadratic time: 800,000 of them took minutes.
  @Test func runsOfCombiningMarksAreRefused() throws {
    let marks = String(repeating: "\u{301}\u{323}", count: 400_000)
    #expect(
      try TemporaryDataset(document(transcript: "\"a\(marks)\"", fields: "")).loading
        == "d.jsonl:1: byte 78: not JSON: more than 30 combining marks in a row; "
        + "write one whole object on the line")
    #expect(try TemporaryDataset("{\"\(marks)\":1}").loading.contains("combining marks"))
  }

  @Test func aFileTooLargeIsNotRead() throws {
    let folder = try TemporaryDataset("")
    let handle = try FileHandle(forWritingTo: folder.directory.appendingPathComponent("d.jsonl"))
    try handle.truncate(atOffset: 1 << 40)
    try handle.close()
    #expect(
      folder.loading
        == "DIR: d.jsonl: has 1099511627776 bytes, more than the limit of 268435456; split or shrink it"
    )
  }

  @Test func aFloodOfDefectsIsCutOff() throws {
    let folder = try TemporaryDataset(String(repeating: "x\n", count: 100_000))
    #expect(folder.defects().count == 10_000)
  }

  @Test func directoriesThatAreNoDatasetAreNamed() throws {
    let folder = try TemporaryDataset()
    #expect(
      folder.loading
        == "DIR: the dataset is empty; put a .jsonl file with a document a line into it")
    #expect(folder.defects() == [folder.loading])
    try folder.write([], to: "d.jsonl")
    #expect(
      folder.loading
        == "DIR: the dataset is empty; put a .jsonl file with a document a line into it")
    func message(_ path: String) -> String? {
      let directory = folder.directory.appendingPathComponent(path)
      return DatasetValidation.defects(in: directory).first.map { folder.shortened($0.description) }
    }
    #expect(message("none") == "none: no such dataset directory; check the path")
    #expect(
      message("pages/a.png")
        == "pages/a.png: is not a directory; give the directory that holds the JSONL files")
  }

  @Test func aPipeIsRefusedAndNotWaitedFor() throws {
    let folder = try TemporaryDataset()
    #expect(mkfifo(folder.directory.path + "/d.jsonl", 0o600) == 0)
    #expect(folder.loading == "DIR: d.jsonl: is not a regular file; put a file there")
  }

  @Test func quotedTextStaysOnOneShortLine() throws {
    let key = String(repeating: "\\u001b[2J\\n", count: 10_000)
    let folder = try TemporaryDataset(document(more: ",\"\(key)\":1"))
    #expect(folder.loading.utf8.count < 400 && !folder.loading.contains("\n"))
  }

  /// The value of a field is patient data; so is a transcript.
  @Test func defectsNeverQuoteThePage() throws {
    let folder = try TemporaryDataset(
      [
        document(id: "\"a\"", fields: field(start: "7")),
        document(id: "\"b\"", transcript: "\" 홍길동\""),
        document(id: "\"c\"", fields: field(value: "\"홍길동\"", page: "9")),
      ].joined(separator: "\n"))
    #expect(folder.defects().count >= 3)
    #expect(!folder.defects().joined().contains("홍길동"))
  }
}
