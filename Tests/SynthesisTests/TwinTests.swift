import Datasets
import DocProfiles
import Drawing
import Foundation
import PageImaging
import Synthesis
import Testing

@Suite struct TwinTests {
  /// A prescription drawn by medbench, as its file gives it.
  private static func drawn(
    _ type: DocumentType, number: Int = 1
  ) throws -> (document: DatasetDocument, image: PageImage) {
    let document = try GeneratedDocument.draw(
      type, number: number, split: .test, seed: 5, typesetter: try Typesetter())
    return (
      document.truth, try PageImage(png: document.images[0], name: "page")
    )
  }

  private static let prescription = Result { try drawn(.prescription) }
  private static let record = Result { try drawn(.medicalRecord) }

  private func twins(
    _ page: (document: DatasetDocument, image: PageImage), _ kinds: [ProbeKind], seed: UInt64 = 1
  ) throws -> [Twin] {
    try TwinMaker().twins(
      of: page.document, page: 0, image: page.image, kinds: kinds, critical: ["dose"], seed: seed)
  }

  @Test(arguments: [ProbeKind.counterfactual, .blank, .blankField, .distractor, .legibility])
  func aTwinDiffersInItsBoxesAndNowhereElse(_ kind: ProbeKind) throws {
    let page = try Self.prescription.get()
    let twin = try #require(try twins(page, [kind]).first)
    #expect(!twin.edits.isEmpty)
    #expect(twin.image.dpi == page.image.dpi)
    let (before, after) = (page.image.rgb(), twin.image.rgb())
    #expect(before.count == after.count)
    var touched = [Int](repeating: 0, count: twin.edits.count)
    var outside = 0
    for place in 0..<page.image.width * page.image.height
    where before[3 * place..<3 * place + 3] != after[3 * place..<3 * place + 3] {
      let (x, y) = (place % page.image.width, place / page.image.width)
      let inside = twin.edits.indices.filter { twin.edits[$0].box.contains(x: x, y: y) }
      if inside.isEmpty { outside += 1 }
      for edit in inside { touched[edit] += 1 }
    }
    #expect(outside == 0)
    #expect(touched.allSatisfy { $0 > 20 }, "\(touched)")
  }

  @Test(arguments: [ProbeKind.counterfactual, .blank, .blankField, .distractor, .legibility])
  func theTruthOfATwinIsWhole(_ kind: ProbeKind) throws {
    let page = try Self.prescription.get()
    let twin = try #require(try twins(page, [kind]).first)
    let truth = twin.document.pages[0]
    let scalars = Array(truth.transcript.unicodeScalars)
    func text(_ span: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[span])) }
    #expect(TranscriptForm.breaches(in: truth.transcript).isEmpty)
    for field in twin.document.fields { #expect(text(field.start..<field.end) == field.value) }
    let original = Array(page.document.pages[0].transcript.unicodeScalars)
    for edit in twin.edits {
      #expect(String(String.UnicodeScalarView(original[edit.originalSpan])) == edit.original)
      #expect(text(edit.span) == edit.changed ?? "")
    }
    #expect(twin.document.id != page.document.id)
    #expect(!twin.document.id.contains(kind.rawValue), "the engine is told the id")
  }

  @Test func changedValuesMeanSomethingElse() throws {
    let page = try Self.prescription.get()
    for seed: UInt64 in 1...3 {
      let twin = try #require(try twins(page, [.counterfactual], seed: seed).first)
      #expect(twin.edits.count >= 3)
      for edit in twin.edits {
        #expect(edit.changed != nil && edit.changed != edit.original)
      }
      let rows = twin.edits.compactMap(\.row)
      #expect(Set(rows).count == rows.count, "one change a row")
    }
  }

  /// Handwriting on a medical record: a side or a negation within a sentence.
  @Test func runningTextIsTurnedRound() throws {
    let page = try Self.record.get()
    let changes = try (1...4).flatMap { seed in
      try twins(page, [.counterfactual], seed: UInt64(seed)).flatMap(\.edits)
    }
    #expect(changes.contains { !$0.isWholeField })
  }

  @Test func aSeedIsEnoughToMakeATwinAgain() throws {
    let page = try Self.prescription.get()
    let kinds: [ProbeKind] = [.counterfactual, .distractor, .legibility]
    let (first, second) = (try twins(page, kinds), try twins(page, kinds))
    #expect(first.map(\.document) == second.map(\.document))
    #expect(first.map(\.edits) == second.map(\.edits))
    #expect(first.map(\.image) == second.map(\.image))
    #expect(try twins(page, kinds, seed: 2).map(\.edits) != first.map(\.edits))
  }

  /// Nothing dark is left where values stood; labels and rules stay.
  @Test func aBlankFormHasNoValue() throws {
    let page = try Self.prescription.get()
    let twin = try #require(try twins(page, [.blank]).first)
    let fields = page.document.fields.filter { $0.page == 0 }
    #expect(twin.edits.count == fields.count)
    #expect(twin.document.fields.isEmpty)
    #expect(!twin.document.pages[0].transcript.isEmpty)
    let rgb = twin.image.rgb()
    for edit in twin.edits {
      let box = edit.box
      let dark = (box.y..<box.bottom).reduce(0) { sum, y in
        sum
          + (box.x..<box.right).count { x in
            rgb[3 * (y * twin.image.width + x)] < 128
          }
      }
      #expect(dark == 0)
    }
  }

  /// Two pages that say different things in the same box smear to the same pixels.
  @Test func aSmearKnowsNothingOfWhatStoodThere() throws {
    let box = PixelBox(x: 100, y: 40, width: 150, height: 50)
    func smeared(_ text: String) throws -> PageImage {
      let typesetter = try Typesetter(families: [])
      let set = try typesetter.set(text, TextStyle(Typeface(.nanumGothic), size: 10))
      var page = PageImage(width: 400, height: 140, color: .grey, filledWith: 255, dpi: 300)
      let plane = typesetter.inked(set, width: 150, height: 50, x: 4, baseline: 42)
      for y in 0..<50 {
        for x in 0..<150 {
          page.samples[(y + 40) * 400 + x + 100] = 255 - plane.coverage[y * 150 + x]
        }
      }
      // The same extent, so that only the letters differ.
      for x in [103, 246] { for y in 43..<87 { page.samples[y * 400 + x] = 0 } }
      let document = DatasetDocument(
        id: "d", type: .prescription,
        pages: [PageTruth(image: "p.png", transcript: text, lines: [])],
        fields: [
          FieldTruth(
            name: "dose", value: text, kind: .quantity, page: 0, start: 0,
            end: text.unicodeScalars.count, box: box)
        ])
      return try #require(
        try TwinMaker().twins(
          of: document, page: 0, image: page, kinds: [.legibility], critical: [], seed: 3
        ).first
      ).image
    }
    #expect(try smeared("500 mg") == smeared("125 mg"))
  }

  @Test func fieldsWithoutBoxesGiveNoTwin() throws {
    var page = try Self.prescription.get()
    for index in page.document.fields.indices { page.document.fields[index].box = nil }
    for index in page.document.pages[0].lines.indices {
      page.document.pages[0].lines[index].box = nil
    }
    #expect(try twins(page, ProbeKind.allCases).isEmpty)
  }

  /// A user's boxes may lie anywhere.
  @Test func boxesOfThinAirAreNotEdited() throws {
    var page = try Self.prescription.get()
    let boxes = [
      PixelBox(x: -50, y: -50, width: 20, height: 20),
      PixelBox(x: 5, y: 5, width: 1_000_000, height: 4),
      PixelBox(x: page.image.width - 2, y: page.image.height - 2, width: 40, height: 40),
      PixelBox(x: 10, y: 10, width: 0, height: 0),
    ]
    for index in page.document.fields.indices {
      page.document.fields[index].box = boxes[index % boxes.count]
    }
    page.document.pages[0].lines = []
    #expect(try twins(page, [.counterfactual, .blank, .distractor, .legibility]).isEmpty)
  }
}

extension PageImage {
  fileprivate func rgb() -> [UInt8] {
    color == .rgb ? samples : samples.flatMap { [$0, $0, $0] }
  }
}
