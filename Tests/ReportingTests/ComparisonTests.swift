import Reporting
import Testing

@Suite struct ComparisonTests {
  @Test(arguments: Language.allCases)
  func snapshot(language: Language) throws {
    try expectGolden(
      Comparison(
        [
          Comparison.Run(name: "tesseract_kor-eng_20260314_015926", record: SampleRun.record),
          Comparison.Run(name: "command_reader_20260315_080000", record: Self.other),
        ], language: language
      ).rendered(), "comparison.\(language.rawValue).txt")
  }

  @Test func theSameRunTwiceDiffersInNothing() {
    let run = Comparison.Run(name: "a", record: SampleRun.record)
    let text = Comparison([run, run], language: .english).rendered()
    #expect(text.hasSuffix("Same dataset, same degradation, same documents.\n"))
    #expect(!text.contains("* ") && !text.contains("N/A"))
  }

  @Test func otherDocumentsMakeFiguresIncomparable() {
    var fewer = SampleRun.record
    fewer.groups[0].documents.removeLast()
    let text = Comparison(
      [
        Comparison.Run(name: "a", record: SampleRun.record),
        Comparison.Run(name: "b", record: fewer),
      ], language: .english
    ).rendered()
    #expect(text.contains("their figures are not comparable"))
  }

  /// Another engine, without the discharge summaries, on pages degraded otherwise.
  static let other = {
    var record = SampleRun.record
    record.engine.engine = "command"
    record.engine.model = "reader"
    record.engine.version = "1"
    record.configuration.degradation = "fax"
    record.groups.removeLast()
    record.groups[1].verdict.checks[0].figure = 0.0031
    record.groups[1].aggregates.latency?.mean = 4100
    return record
  }()
}
