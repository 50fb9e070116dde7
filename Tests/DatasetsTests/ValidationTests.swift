import Datasets
import DocProfiles
import Foundation
import PageImaging
import Testing

@Suite struct ValidationTests {
  @Test func aSoundDatasetHasNoDefect() throws {
    let blank = document(id: "\"blank\"", image: "\"pages/b.png\"", transcript: "\"\"", fields: "")
    let folder = try TemporaryDataset(document() + "\n" + blank)
    try folder.write(TemporaryDataset.page, to: "pages/b.png")
    #expect(folder.defects() == [])
  }

  @Test func allDefectsAreNamedAndNotOnlyTheFirst() throws {
    let folder = try TemporaryDataset(
      [
        "{", document(type: "\"diagnose\"", image: "\"pages/none.png\""),
        document(id: "\"b\"", fields: field(start: "1", more: ",\"row\":0")), "[1]",
      ].joined(separator: "\n"))
    try folder.write(Array("x".utf8), to: "a.jsonl")
    #expect(
      folder.defects() == [
        "a.jsonl:1: byte 1: not JSON: this starts no value; write one whole object on the line",
        "d.jsonl:1: byte 2: not JSON: a key in quotes should stand here; write one whole object on the line",
        "d.jsonl:2: document dx-1: type: unknown document type \"diagnose\"; did you mean \"diagnosis\"? "
          + "(known: prescription, lab-result, diagnosis, discharge-summary, medical-record)",
        "d.jsonl:2: document dx-1: pages[0].image: pages/none.png: no such file; add it or mend the path",
        "d.jsonl:3: document b: fields[0].row: is 0; rows count from 1",
        "d.jsonl:3: document b: fields[0]: the value is not the transcript's text from 1 to 11; "
          + "the value stands at 8 to 11",
        "d.jsonl:4: must be an object, found a list; write it in { }",
      ])
  }

  // MARK: Profile

  @Test(arguments: [
    (document(type: "\"진단서\""), "type: is the Korean name; write \"diagnosis\""),
    (
      document(fields: field(kind: "\"free-text\"")),
      "fields[0].kind: is \"free-text\"; patient_name is \"person\" in the profile"
    ),
    (
      document(fields: ""),
      "fields: the document has no critical field; "
        + "give it at least one of patient_name, diagnosis_name, diagnosis_code"
    ),
  ])
  func whatTheProfileForbidsIsNamed(line: String, expected: String) throws {
    #expect(try TemporaryDataset(line).defects() == ["d.jsonl:1: document dx-1: " + expected])
  }

  @Test func whatIsOnlyOddIsAWarning() throws {
    let fields = [field(), field(name: "\"patient_nme\""), field(name: "\"address\"")]
    let folder = try TemporaryDataset(
      document(fields: fields.joined(separator: ",")) + "\n" + document(id: "\"twin\""))
    #expect(
      folder.defects() == [
        "d.jsonl:1: warning: document dx-1: fields[1].name: \"patient_nme\" is no critical field of "
          + "diagnosis; did you mean \"patient_name\"?",
        "d.jsonl:2: warning: document twin: pages[0].image: is also a page of dx-1; "
          + "check that each document has its own",
      ])
    #expect(
      DatasetValidation.defects(in: folder.directory).allSatisfy { $0.severity == .warning })
  }

  @Test func aTypeOfAProfileFileIsKnown() throws {
    let profiles = try ProfileFile.profiles(
      yaml: "types: {diagnosis: {critical_fields: [{key: doctor, korean_name: 의사, kind: person}]}}",
      file: "p.yaml")
    let folder = try TemporaryDataset(document(fields: field(name: "\"doctor\"")))
    #expect(folder.defects(profiles: profiles) == [])
  }

  // MARK: Pictures

  @Test(arguments: [
    (
      "/etc/passwd",
      "\"/etc/passwd\" leads out of the dataset; use a path relative to its directory without \"..\""
    ),
    (
      "../a.png",
      "\"../a.png\" leads out of the dataset; use a path relative to its directory without \"..\""
    ),
    (
      "pages/../pages/a.png",
      "\"pages/../pages/a.png\" leads out of the dataset; use a path relative to its directory without \"..\""
    ),
    ("", "\"\" leads out of the dataset; use a path relative to its directory without \"..\""),
    (
      "a\\u0000b",
      "\"a\\u{0}b\" leads out of the dataset; use a path relative to its directory without \"..\""
    ),
    ("link.png", "link.png is a link out of the dataset; copy the file into the directory"),
    ("away/passwd", "away/passwd is a link out of the dataset; copy the file into the directory"),
    ("loop.png", "loop.png: no such file; add it or mend the path"),
    ("pages", "pages: is not a regular file; put a file there"),
  ])
  func pathsStayInsideTheDirectory(image: String, expected: String) throws {
    let folder = try TemporaryDataset(document(image: "\"\(image)\""))
    try folder.link("link.png", to: "/etc/passwd")
    try folder.link("away", to: "/etc")
    try folder.link("loop.png", to: "loop.png")
    #expect(folder.defects() == ["d.jsonl:1: document dx-1: pages[0].image: " + expected])
    let dataset = try Dataset(directory: folder.directory)
    if image != "pages" {
      #expect(throws: DatasetError.self) { try dataset.pageURL(dataset.documents[0], page: 0) }
    }
    #expect(throws: DatasetError.self) { try dataset.pageBytes(dataset.documents[0], page: 0) }
  }

  @Test func aLinkInsideTheDirectoryIsFollowed() throws {
    let folder = try TemporaryDataset(document(image: "\"link.png\""))
    try folder.link("link.png", to: "pages/a.png")
    #expect(folder.defects() == [])
  }

  @Test func aPictureWithoutDPIIsADefectUnlessItIsGiven() throws {
    let folder = try TemporaryDataset(document())
    try folder.write(
      try PageImage(width: 9, height: 9, color: .rgb, filledWith: 0).pngData(), to: "pages/a.png")
    #expect(
      folder.defects() == [
        "d.jsonl:1: document dx-1: pages[0].image: pages/a.png: does not say its DPI (no pHYs chunk); "
          + "save it with its resolution, or give --source-dpi"
      ])
    #expect(folder.defects(sourceDPI: 300) == [])
  }

  @Test func picturesThatCannotBeReadAreNamed() throws {
    let folder = try TemporaryDataset(document())
    func defect(_ png: [UInt8]) throws -> String {
      try folder.write(png, to: "pages/a.png")
      let defects = folder.defects()
      #expect(defects.count == 1)
      return defects.first ?? ""
    }
    let start = "d.jsonl:1: document dx-1: pages[0].image: pages/a.png: "
    #expect(try defect([]) == start + "is empty; copy or export the page again")
    #expect(
      try defect(Array("GIF89a".utf8)) == start
        + "byte 0: is not a PNG; convert the page to PNG first")
    #expect(try defect(TemporaryDataset.page.dropLast(20)).contains("the file ends early"))
    var corrupt = TemporaryDataset.page
    corrupt[corrupt.count - 20] ^= 0xff
    #expect(try defect(corrupt).contains("IDAT"))
    #expect(try defect(bomb).contains("60000x60000 pixels are more than the limit"))
  }

  @Test func aWrongChecksumIsNamed() throws {
    let sum = String(repeating: "0", count: 64)
    #expect(
      try TemporaryDataset(document(page: ",\"sha256\":\"\(sum)\"")).defects() == [
        "d.jsonl:1: document dx-1: pages[0].image: pages/a.png: the checksum is not the one in "
          + "\"sha256\"; restore the file, or take its sha256sum if the change was meant"
      ])
  }

  @Test(arguments: [
    "[31, 0, 10, 1]", "[0, 30, 1, 1]", "[9223372036854775807, 0, 2, 2]", "[0, 0, 41, 1]",
  ])
  func aBoxOutsideThePageIsNamed(box: String) throws {
    let line = document(
      page:
        ",\"lines\":[{\"start\":0,\"end\":3,\"box\":\(box)},{\"start\":4,\"end\":11,\"box\":[0, 0, 40, 30]}]",
      fields: field(more: ",\"box\":\(box)"))
    let end = "\(box) reaches outside the page of 40x30 pixels; give pixels of this PNG"
    #expect(
      try TemporaryDataset(line).defects() == [
        "d.jsonl:1: document dx-1: pages[0].lines[0].box: " + end,
        "d.jsonl:1: document dx-1: fields[0].box: " + end,
      ])
  }

  @Test func runsOutsideThePageAreNamed() throws {
    func line(box: String, edges: String) -> String {
      document(
        page: ",\"lines\":[{\"start\":0,\"end\":3,\"runs\":"
          + "[{\"start\":0,\"end\":3,\"box\":\(box),\"edges\":\(edges)}]},"
          + "{\"start\":4,\"end\":11,\"runs\":null}]")
    }
    let start = "d.jsonl:1: document dx-1: pages[0].lines[0].runs[0]"
    #expect(
      try TemporaryDataset(line(box: "[38, 0, 3, 1]", edges: "[0, 7, 7, 40]")).defects() == [
        start + ".box: [38, 0, 3, 1] reaches outside the page of 40x30 pixels; "
          + "give pixels of this PNG"
      ])
    #expect(
      try TemporaryDataset(line(box: "[37, 0, 3, 1]", edges: "[0, 7, 7, 41]")).defects() == [
        start + ".edges: reach x = 41 on a page of 40 pixels; give pixels of this PNG"
      ])
    #expect(
      try TemporaryDataset(line(box: "[37, 0, 3, 1]", edges: "[0, 7, 7, 40]")).defects() == [])
  }

  /// 60000 x 60000 grey pixels announced in a few bytes; the header's checksum is right.
  private var bomb: [UInt8] {
    let body: [UInt8] = Array("IHDR".utf8) + [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 0, 0, 0, 0]
    var remainder: UInt32 = .max
    for byte in body {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    let checksum = withUnsafeBytes(of: (~remainder).bigEndian) { Array($0) }
    return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] + body + checksum
  }
}
