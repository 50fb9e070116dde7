import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline
import Scoring
import Testing

@Suite struct ReportPicturesTests {
  private static let readings = [
    "letter-1/1": LetterDataset.pages[0].replacingOccurrences(of: "5mg", with: "50mg")
      .replacingOccurrences(of: "없음", with: "있음"),
    "letter-1/2": LetterDataset.pages[1].replacingOccurrences(of: "추적", with: "즉적"),
  ]

  private func run(redacted: Bool) async throws -> (RunRecord, String) {
    let directory = try TinyDataset.temporaryDirectory()
    let record = try await LetterDataset().run(
      redacted: redacted, readings: Self.readings, in: directory)
    return (record, directory + "/pictures")
  }

  @Test func everyCriticalErrorHasItsPlaceOnThePage() async throws {
    let (record, pictures) = try await run(redacted: false)
    let page = record.groups[0].documents[0].pages[0]
    let critical = (page.score.harms ?? []).enumerated().filter { $1.severity == .critical }
    #expect(critical.map(\.element.errorClass) == [.decimalShift, .negationFlip])
    for (index, _) in critical {
      let name = page.pictureName(dpi: 150, harm: index)
      let crop = try PageImage(pngFile: pictures + "/" + name)
      #expect(crop.width <= 760 && crop.height < crop.width)
      #expect(crop.redPixels > 100, "a frame stands about the place")
      #expect(try mode(pictures + "/" + name) == 0o600)
    }
    #expect(try mode(pictures) == 0o700 && mode(pictures + "/redacted") == 0o700)
    let whole = try PageImage(pngFile: pictures + "/letter-1-1@150.png")
    #expect(whole.width == 800 && whole.redPixels == 0)
  }

  /// The name's box, of a field, and the registration number's line, which has no box of its own.
  @Test func whatIsPersonalIsCoveredInPictures() async throws {
    let (_, pictures) = try await run(redacted: false)
    let (_, redacted) = try await run(redacted: true)
    let name = "letter-1-1@150.png"
    let open = try PageImage(pngFile: pictures + "/" + name)
    for path in [pictures + "/redacted/" + name, redacted + "/" + name] {
      let covered = try PageImage(pngFile: path)
      for row in 1...4 {
        let box = LetterDataset.box(row, 2, 4)
        #expect(open.level(box) < 10 && (120...160).contains(covered.level(box)), "line \(row)")
      }
      // The dose stays.
      #expect(covered.level(LetterDataset.box(6, 2, 8)) < 10)
    }
    let second = try PageImage(pngFile: redacted + "/letter-1-2@150.png")
    #expect((120...160).contains(second.level(LetterDataset.box(0, 2, 4))))
    #expect(!FileManager.default.fileExists(atPath: redacted + "/redacted"))
  }

  @Test func manyErrorsAreShownByTurns() {
    let classes: [ErrorClass] = [.decimalShift, .negationFlip, .rowSwap]
    let documents = (1...40).map { number in
      var document = SampleDocuments.document(number, harms: [.critical])
      document.pages[0].score.harms![0].errorClass = classes[number <= 38 ? 0 : number - 38]
      return document
    }
    let groups = SampleDocuments.record(documents).groups
    let shown = RunRecord.shownCriticalErrors(of: groups, 5)
    #expect(shown.map(\.page) == ["doc-1/1", "doc-2/1", "doc-3/1", "doc-39/1", "doc-40/1"])
    #expect(RunRecord.shownCriticalErrors(of: groups, 40).count == 40)
  }

  @Test func pagesThatWereNotReadHideNoMisreading() {
    var documents = (1...2).map { SampleDocuments.document($0, harms: [.critical]) }
    documents[0].pages[0].transcript.outcome = PageOutcome(status: .crashed)
    let shown = RunRecord.shownCriticalErrors(of: SampleDocuments.record(documents).groups)
    #expect(shown.map(\.page) == ["doc-2/1"])
  }

  @Test func theRulesThatDecidedAreKept() async throws {
    let (record, _) = try await run(redacted: false)
    #expect(record.severityRules?.map(\.id).contains("dose-tenfold") == true)
    #expect(record.rule("dose-tenfold")?.source.contains("ISMP") == true)
    #expect(record.rule("no-such-rule") == nil)
  }

  private func mode(_ path: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }
}

extension PageImage {
  fileprivate var redPixels: Int {
    guard color == .rgb else { return 0 }
    return (0..<width * height).count { Int(samples[3 * $0]) > Int(samples[3 * $0 + 1]) + 60 }
  }

  /// Mean level within a box of the master of 900 pixels.
  fileprivate func level(_ box: Datasets.PixelBox) -> Int {
    let scale = Double(width) / 900
    let columns = Int(Double(box.x + 4) * scale)..<Int(Double(box.x + box.width - 4) * scale)
    let rows = Int(Double(box.y + 4) * scale)..<Int(Double(box.y + box.height - 4) * scale)
    var sum = 0
    for y in rows { for x in columns { sum += Int(samples[(y * width + x) * channels]) } }
    return sum / (columns.count * rows.count)
  }
}
