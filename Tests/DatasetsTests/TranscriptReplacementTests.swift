import Datasets
import DocProfiles
import Testing

@Suite struct TranscriptReplacementTests {
  private func page(_ text: String) -> PageTruth {
    PageTruth(
      image: "p.png", transcript: text,
      lines: TranscriptForm.lineSpans(of: text).enumerated().map {
        LineTruth(
          start: $1.lowerBound, end: $1.upperBound,
          box: PixelBox(x: 0, y: 10 * $0, width: 5, height: 5))
      })
  }

  private func field(_ name: String, _ value: String, in text: String) -> FieldTruth {
    let scalars = Array(text.unicodeScalars)
    let wanted = Array(value.unicodeScalars)
    let start = (0...scalars.count - wanted.count).first {
      Array(scalars[$0..<$0 + wanted.count]) == wanted
    }!
    return FieldTruth(
      name: name, value: value, kind: .quantity, page: 0, start: start,
      end: start + wanted.count)
  }

  @Test func aLongerValueMovesWhatFollows() {
    let text = "약 5mg 1일\n교부일 2024"
    let fields = [field("dose", "5mg", in: text), field("date", "2024", in: text)]
    let edited = TranscriptReplacement(
      of: page(text), fields: fields, [(fields[0].start..<fields[0].end, "500mg")])
    #expect(edited.transcript == "약 500mg 1일\n교부일 2024")
    #expect(edited.fields.map(\.value) == ["500mg", "2024"])
    #expect(edited.fields[1].start == fields[1].start + 2)
    #expect(edited.spans == [2..<7])
    #expect(edited.lines.map { $0.start..<$0.end } == [0..<10, 11..<19])
    #expect(edited.lines[1].box == PixelBox(x: 0, y: 10, width: 5, height: 5))
  }

  @Test func whatIsTakenOutLeavesNoDoubledSpaceAndNoBlankLine() {
    let text = "약 5mg 1일\n홍길동\n끝"
    let fields = [
      field("dose", "5mg", in: text), field("name", "홍길동", in: text),
      field("end", "끝", in: text),
    ]
    let edited = TranscriptReplacement(
      of: page(text), fields: fields, fields.prefix(2).map { ($0.start..<$0.end, "") })
    #expect(edited.transcript == "약 1일\n끝")
    #expect(TranscriptForm.breaches(in: edited.transcript).isEmpty)
    #expect(edited.fields.map(\.value) == ["끝"])
    #expect(edited.lines.map(\.box?.y) == [0, 20])
    #expect(edited.spans.allSatisfy { $0.isEmpty })
  }

  @Test func aChangeWithinALongFieldChangesTheField() {
    let text = "병력 없음. 통증 있음."
    let fields = [field("history", text, in: text)]
    let edited = TranscriptReplacement(of: page(text), fields: fields, [(3..<5, "있음")])
    #expect(edited.transcript == "병력 있음. 통증 있음.")
    #expect(edited.fields[0].value == edited.transcript)
  }

  @Test func everythingTakenOutIsABlankPage() {
    let fields = [field("all", "5mg", in: "5mg")]
    let edited = TranscriptReplacement(of: page("5mg"), fields: fields, [(0..<3, "")])
    #expect(edited.transcript == "")
    #expect(edited.lines.isEmpty && edited.fields.isEmpty)
  }
}
