import Foundation
import Testing

private let truth = #"""
  {"type": "prescription",
   "transcript": "성명 박정자\n암로디핀정 5 mg 1일 1회 경구\n로사르탄정 50 mg 1일 2회 경구",
   "fields": [
    {"name": "drug_name", "value": "암로디핀정", "row": 1}, {"name": "dose", "value": "5 mg", "row": 1},
    {"name": "frequency", "value": "1일 1회", "row": 1}, {"name": "route", "value": "경구", "row": 1},
    {"name": "drug_name", "value": "로사르탄정", "row": 2}, {"name": "dose", "value": "50 mg", "row": 2},
    {"name": "frequency", "value": "1일 2회", "row": 2},
    {"name": "route", "value": "경구", "row": 2, "start": 45, "end": 47}]}
  """#

/// `medbench score`: one page from anywhere.
@Suite struct ScoreCommandTests {
  private func scored(_ reading: String, _ more: String...) throws -> MedbenchProcess.End {
    let scratch = try Scratch()
    let reading = try scratch.write("reading.txt", reading.utf8)
    let truth = try scratch.write("truth.json", truth.utf8)
    return try MedbenchProcess(
      ["score", "--pred", reading, "--truth", truth, "--doc-type", "prescription"] + more
    ).end()
  }

  /// `critical decimal-shift dose row 1`, one for each harm.
  private func harms(_ end: MedbenchProcess.End) -> [String] {
    end.output.split(separator: "\n").dropFirst(2).map {
      $0.split(separator: "\t").prefix(3).joined(separator: " ")
    }
  }

  @Test func plainTextMarkdownAndJSONAreReadAlike() throws {
    for (reading, fields) in [
      ("성명 박정자\n암로디핀정 50 mg 1일 1회 경구\n로사르탄정 50 mg 1일 2회 경구", "7 of 8"),
      (
        """
        성명 박정자
        | 약품명 | 용량 | 횟수 | 경로 |
        |---|---|---|---|
        | 암로디핀정 | 50 mg | 1일 1회 | 경구 |
        | 로사르탄정 | 50 mg | 1일 2회 | 경구 |
        """, "7 of 8"
      ),
      (
        """
        ```json
        {"성명": "박정자", "약품": [
          {"약품명": "로사르탄정", "용량": "50mg", "횟수": "bid", "경로": "PO"},
          {"약품명": "암로디핀정", "용량": "50mg", "횟수": "1일 1회", "경로": "경구"}]}
        ```
        """, "7 of 8"
      ),
    ] {
      let end = try scored(reading)
      #expect(end.status == 0, "\(end.error)")
      #expect(end.output.contains("fields\t\(fields) right"), "\(end.output)")
      #expect(
        harms(end).filter { !$0.hasPrefix("minor") } == ["critical decimal-shift dose row 1"],
        "\(end.output)")
    }
  }

  @Test func namesInTheBuiltInLexiconAreOtherDrugs() throws {
    let end = try scored("성명 박정자\n암로디핀정 5 mg 1일 1회 경구\n발사르탄정 50 mg 1일 2회 경구")
    #expect(harms(end) == ["critical drug-swap drug_name row 2"], "\(end.output)")
  }

  @Test func jsonIsAsInResults() throws {
    let end = try scored("성명 박정자\n암로디핀정 5 mg 1일 1회 경구", "--json")
    let score = try #require(
      try JSONSerialization.jsonObject(with: Data(end.output.utf8)) as? [String: Any])
    let harm = try #require((score["harms"] as? [[String: Any]])?.first)
    #expect(harm["class"] as? String == "row-omitted" && harm["row"] as? Int == 2)
    #expect(score["characters"] != nil && (score["fields"] as? [Any])?.count == 8)
  }

  @Test func badFilesAreOneLine() throws {
    let scratch = try Scratch()
    let text = try scratch.write("a.txt", "5 mg".utf8)
    let broken = try scratch.write("b.json", "{".utf8)
    let binary = try scratch.write("c.txt", [0xff, 0xfe, 0x00])
    for (pred, truth, says) in [
      (text, broken, "b.json: begins like JSON"), (binary, text, "c.txt: not UTF-8"),
      (text, scratch.path + "/none.txt", "none.txt"), (scratch.path, text, "not a regular file"),
    ] {
      let end = try MedbenchProcess.run("score", "--pred", pred, "--truth", truth)
      #expect(end.status == 65)
      #expect(end.error.contains(says), "\(end.error)")
      #expect(end.error.split(separator: "\n").count == 1)
    }
  }
}
