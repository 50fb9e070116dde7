import Datasets
import DocProfiles
import Drawing
import PageImaging
import Synthesis
import Testing

/// Pages of every type are drawn and held against their own truth.
@Suite struct LayoutTests {
  static let typesPerTest = DatasetGenerator.drawableTypes
  static let typesAndPractice = typesPerTest + [.practice]

  /// Four looks of a type, on each split's words.
  static func pages(_ type: DocumentType) throws -> [[ComposedPage]] {
    let setter = try Typesetter()
    return try (1...4).map { number in
      try GeneratedDocument.composedPages(
        type, number: number, split: number.isMultiple(of: 2) ? .test : .train, seed: 11,
        typesetter: setter)
    }
  }

  @Test(arguments: typesAndPractice)
  func theTranscriptSaysWhatWasDrawn(type: DocumentType) throws {
    for page in try Self.pages(type).joined() {
      // All that the canvas was asked to write, and nothing else, is in the runs.
      #expect(page.canvas.drawnTexts.sorted() == page.runs.flatMap(\.pieces).sorted())
      let lines = page.lines.indices.map { line in
        page.runs.filter { $0.line == line }.map(\.text).joined(separator: " ")
      }
      #expect(lines.joined(separator: "\n") == page.transcript)
      #expect(TranscriptForm.breaches(in: page.transcript) == [])
      #expect(page.lines.map { $0.start..<$0.end } == TranscriptForm.lineSpans(of: page.transcript))
    }
  }

  @Test(arguments: typesAndPractice)
  func linesAreReadDownwardsAndRunsToTheRight(type: DocumentType) throws {
    for page in try Self.pages(type).joined() {
      for (upper, lower) in zip(page.lines, page.lines.dropFirst()) {
        let upper = try #require(upper.box)
        let lower = try #require(lower.box)
        #expect(2 * upper.y + upper.height < 2 * lower.y + lower.height)
      }
      for (left, right) in zip(page.runs, page.runs.dropFirst()) where left.line == right.line {
        let left = try #require(left.box)
        let right = try #require(right.box)
        #expect(left.x + left.width <= right.x + 6)
      }
    }
  }

  @Test(arguments: typesAndPractice)
  func everyCharacterHasItsPlaceInItsRun(type: DocumentType) throws {
    for page in try Self.pages(type).joined() {
      let scalars = Array(page.transcript.unicodeScalars)
      for line in page.lines {
        let runs = try #require(line.runs)
        #expect(runs.first?.start == line.start && runs.last?.end == line.end)
        for (left, right) in zip(runs, runs.dropFirst()) {
          #expect(left.end + 1 == right.start && scalars[left.end] == " ")
        }
        for run in runs {
          #expect(run.edges.count == run.end - run.start + 1)
          #expect(zip(run.edges, run.edges.dropFirst()).allSatisfy(<=))
          // The ink may overhang its advance by a swash, not by a letter.
          #expect(abs(run.edges[0] - run.box.x) < 40)
          #expect(abs(run.edges[run.edges.count - 1] - run.box.x - run.box.width) < 40)
        }
      }
    }
  }

  @Test(arguments: typesAndPractice)
  func everyFieldIsASliceOfThePage(type: DocumentType) throws {
    for page in try Self.pages(type).joined() {
      let scalars = Array(page.transcript.unicodeScalars)
      for field in page.fields {
        var slice = String.UnicodeScalarView()
        slice.append(contentsOf: scalars[field.start..<field.end])
        #expect(Array(field.value.unicodeScalars) == Array(slice))
        #expect(!field.value.isEmpty)
        let box = try #require(field.box)
        #expect(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0)
        #expect(box.x + box.width <= page.canvas.width)
        #expect(box.y + box.height <= page.canvas.height)
      }
      let keys = page.fields.map { "\($0.name) \($0.row ?? 0)" }
      #expect(Set(keys).count == keys.count)
    }
  }

  @Test(arguments: typesPerTest)
  func everyCriticalFieldIsThere(type: DocumentType) throws {
    let profile = try #require(DocumentProfile.builtIn.first { $0.type == type })
    for document in try Self.pages(type) {
      let fields = document.flatMap(\.fields)
      for critical in profile.criticalFields {
        let found = fields.filter { $0.name == critical.key }
        #expect(!found.isEmpty, "\(critical.key)")
        #expect(found.allSatisfy { $0.kind == critical.kind })
      }
    }
  }

  @Test(arguments: typesPerTest)
  func everyLineAndFieldBoxHoldsInk(type: DocumentType) throws {
    for page in try Self.pages(type).prefix(2).joined() {
      let image = PagePalette.image(of: page.canvas)
      let dark = image.palette.map { Int($0.red) + Int($0.green) + Int($0.blue) < 450 }
      for box in page.lines.compactMap(\.box) + page.fields.compactMap(\.box) {
        var ink = 0
        for y in box.y..<box.y + box.height {
          for x in box.x..<box.x + box.width where dark[Int(image.indices[y * image.width + x])] {
            ink += 1
          }
        }
        // A comma's worth at least; a period's box may be nine pixels in all.
        #expect(ink >= 5)
      }
    }
  }

  @Test func theTableSaysWhatTheContentSaid() throws {
    let setter = try Typesetter()
    for number in 1...8 {
      let page = try #require(
        try GeneratedDocument.composedPages(
          .labResult, number: number, split: .test, seed: 3, typesetter: setter
        ).first)
      var words = SeededRandom(seed: 3, "words", "test", "lab-result", "\(number)")
      let rows = LabResultContent.draw(split: .test, random: &words).sections.flatMap(\.rows)
      func column(_ name: String) -> [Int: String] {
        Dictionary(
          uniqueKeysWithValues: page.fields.filter { $0.name == name }.map { ($0.row!, $0.value) })
      }
      for (index, row) in rows.enumerated() {
        #expect(column("test_name")[index + 1] == row.test)
        #expect(column("value")[index + 1] == row.value)
        #expect(column("unit")[index + 1] ?? "" == row.unit)
        #expect(column("reference_range")[index + 1] == row.referenceRange)
      }
      #expect(column("test_name").count == rows.count)
    }
  }

  @Test func aDischargeSummaryTakesAtLeastTwoPagesAndBreaksNoField() throws {
    for document in try Self.pages(.dischargeSummary) {
      #expect((2...3).contains(document.count))
      let courses = document.flatMap(\.fields).filter { $0.name == "hospital_course" }
      #expect(courses.count == 1)
      for (index, page) in document.enumerated() {
        #expect(page.transcript.contains("\(index + 1) / \(document.count)"))
      }
    }
  }
}
