import Datasets
import DocProfiles
import Drawing
import Foundation
import Synthesis
import Testing

/// Sheets of random text for training.
@Suite struct PracticeTests {
  private static func sheets(
    _ count: Int, _ split: Split = .train, seed: UInt64 = 21
  ) throws -> [ComposedPage] {
    let setter = try Typesetter()
    return try (1...count).flatMap {
      try GeneratedDocument.composedPages(
        .practice, number: $0, split: split, seed: seed, typesetter: setter)
    }
  }

  private static func isHangul(_ character: Character) -> Bool {
    ("가"..."힣").contains(character)
  }

  // MARK: The vocabulary

  @Test func theVocabularyFileIsTheListThatIsDrawn() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("tools/train/vocabulary.txt")
    #expect(try String(contentsOf: file, encoding: .utf8) == String(PracticeSymbols.all) + "\n")
  }

  /// Tokens are code points of the decomposed text.
  @Test func everySymbolIsOneTokenAndDrawnSomewhere() throws {
    let setter = try Typesetter()
    let style = TextStyle(
      Typeface(.nanumBarunGothic), fallbacks: [Typeface(.notoSans), Typeface(.dejaVuSans)],
      size: 12)
    #expect(Set(PracticeSymbols.all).count == PracticeSymbols.all.count)
    for symbol in PracticeSymbols.all {
      let text = String(symbol)
      #expect(symbol.unicodeScalars.count == 1 && !symbol.isASCII && !Self.isHangul(symbol))
      #expect(
        text.decomposedStringWithCanonicalMapping.unicodeScalars.elementsEqual(text.unicodeScalars))
      #expect(try setter.set(text, style).ink != nil)
    }
  }

  @Test(arguments: DatasetGenerator.drawableTypes)
  func documentsHoldNothingElse(type: DocumentType) throws {
    let known = Set(PracticeSymbols.all)
    let texts = try LayoutTests.pages(type).joined().map(\.transcript)
    for character in Set(texts.joined()).union(ContentCharacters.all) where !character.isASCII {
      #expect(Self.isHangul(character) || known.contains(character), "\(character)")
    }
  }

  @Test func everyCharacterComesUpSoon() throws {
    let texts = try Self.sheets(16).map(\.transcript)
    let drawn = Set(texts.joined())
    // Korean fonts draw ₩ for \.
    let ascii = (0x20...0x7e).map { Character(Unicode.Scalar(UInt8($0))) }.filter { $0 != "\\" }
    #expect(Set(ascii + PracticeSymbols.all).subtracting(drawn) == [])
    #expect(drawn.count(where: Self.isHangul) > 4_000)
    let mean = texts.map(\.count).reduce(0, +) / texts.count
    #expect((1_800...3_500).contains(mean), "\(mean) characters a sheet")
  }

  // MARK: The sheets

  @Test func practiceIsOnlyDrawnByItsName() throws {
    #expect(!DatasetGenerator.drawableTypes.contains(.practice))
    let home = FileManager.default.temporaryDirectory.path + "/practice-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: home) }
    try DatasetGenerator(types: [.practice], count: 2, split: .train, seed: 3, extents: true)
      .write(to: home) { _, _ in }
    #expect(DatasetValidation.defects(in: URL(fileURLWithPath: home)) == [])
  }

  @Test func theSameSeedGivesTheSameSheet() throws {
    func sheet(_ split: Split, _ seed: UInt64) throws -> GeneratedDocument {
      try GeneratedDocument.draw(
        .practice, number: 2, split: split, seed: seed, typesetter: try Typesetter())
    }
    let first = try sheet(.train, 5)
    #expect(try sheet(.train, 5).images == first.images)
    #expect(try sheet(.train, 6).truth != first.truth)
    #expect(try sheet(.test, 5).truth != first.truth)
  }

  @Test func trainShowsNoHeldOutDrugAndTestDoes() throws {
    let lexicon = DrugLexicon.lexicon
    let heldOut = Set(lexicon.all.filter(lexicon.isHeldOut).map(\.name))
    func drugs(_ split: Split) throws -> [String] {
      try Self.sheets(4, split).flatMap(\.fields).filter { $0.name == "drug_name" }.map(\.value)
    }
    let train = try drugs(.train)
    #expect(train.count > 10)
    #expect(heldOut.isDisjoint(with: train))
    let test = try drugs(.test)
    #expect(test.count { heldOut.contains($0) } > test.count / 4)
  }

  /// Doses that nobody wrote: a reader that knows the drugs cannot guess them.
  @Test func dosesAreFindableAndOdd() throws {
    let lexicon = DrugLexicon.lexicon.all
    var odd = 0
    var count = 0
    for sheet in try Self.sheets(4) {
      let rows = Dictionary(grouping: sheet.fields) { $0.row ?? 0 }
      for (_, fields) in rows {
        #expect(Set(fields.map(\.name)) == ["drug_name", "dose", "frequency"])
        let name = try #require(fields.first { $0.name == "drug_name" }).value
        let dose = try #require(fields.first { $0.name == "dose" }).value
        let usual = try #require(lexicon.first { $0.name == name }).doses
        count += 1
        odd += usual.contains(dose.replacing(" ", with: "")) ? 0 : 1
      }
    }
    #expect(Double(odd) > 0.9 * Double(count))
  }

  @Test(arguments: DatasetGenerator.drawableTypes)
  func documentsCanBeSetInUnseenPrint(type: DocumentType) throws {
    let usual = try Typesetter()
    let other = try Typesetter(printFamilies: FontFamily.unseen)
    for number in 1...3 {
      func pages(_ setter: Typesetter) throws -> [ComposedPage] {
        try GeneratedDocument.composedPages(
          type, number: number, split: .test, seed: 8, typesetter: setter)
      }
      let unseen = try pages(other)
      #expect(try unseen[0].lines.map(\.box) != pages(usual)[0].lines.map(\.box))
      #expect(unseen.allSatisfy { TranscriptForm.breaches(in: $0.transcript).isEmpty })
    }
  }
}
