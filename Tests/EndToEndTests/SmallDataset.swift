import Foundation
import PageImaging

/// Three white prescriptions and a program that "reads" them: what the command line does around an
/// engine, without the seconds of a real one.
struct SmallDataset {
  let scratch: Scratch
  var directory: String { scratch.path + "/data" }
  var results: String { scratch.path + "/results" }

  static let transcripts = ["아목시실린 500mg", "메트포르민 1000mg", "암로디핀 5mg"]

  /// Asks for what the small pages have.
  static let mildProfile = """
    types:
      prescription:
        critical_fields:
          - key: drug_name
            korean_name: 약물명
            kind: drug-name
    """

  init() throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/data", withIntermediateDirectories: true)
    let page = PageImage(width: 60, height: 84, color: .grey, filledWith: 255, dpi: 300)
    try scratch.write("data/page.png", try page.pngData())
    try writeTruth(Self.transcripts.enumerated().map { Self.line(id: "rx-\($0 + 1)", $1) })
  }

  func writeTruth(_ lines: [String]) throws {
    try scratch.write("data/truth.jsonl", lines.map { $0 + "\n" }.joined().utf8)
  }

  static func line(id: String, _ transcript: String, end: Int? = nil) -> String {
    let drug = transcript.prefix { $0 != " " }
    return """
      {"id":"\(id)","type":"prescription","pages":[{"image":"page.png",\
      "transcript":"\(transcript)"}],"fields":[{"name":"drug_name","kind":"drug-name",\
      "value":"\(drug)","row":1,"page":0,"start":0,"end":\(end ?? drug.count)}]}
      """
  }

  /// A program that prints what is written for the page's id, after `seconds`.
  func reader(_ readings: [String], seconds: Double = 0, name: String = "reader") throws -> String {
    let cases = readings.enumerated().map { "  rx-\($0 + 1)/1) echo '\($1)' ;;\n" }.joined()
    let script = "#!/bin/sh\nsleep \(seconds)\ncase \"$MEDBENCH_PAGE_ID\" in\n\(cases)esac\n"
    return try scratch.write("\(name)-\(seconds).sh", script.utf8, executable: true)
  }

  func run(reader: String, _ more: String...) throws -> MedbenchProcess {
    try MedbenchProcess(
      [
        "run", "--doc-type", "prescription", "--dpi", "300", "--engine", "command", "--command",
        reader, "--dataset", directory, "--output", results, "--warmup", "0",
      ] + more)
  }

  /// The results directory of the only run.
  func onlyRun() throws -> String {
    let names = try scratch.contents(of: "results")
    return results + "/" + names[0]
  }
}
