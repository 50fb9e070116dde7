import Datasets
import DocProfiles
import Drawing
import Foundation
import Synthesis
import Testing

@Suite struct GenerationTests {
  private static func draw(
    _ number: Int, seed: UInt64 = 5, split: Split = .test, _ setter: Typesetter
  ) throws -> GeneratedDocument {
    try GeneratedDocument.draw(
      .prescription, number: number, split: split, seed: seed, typesetter: setter)
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    let first = try Self.draw(2, try Typesetter())
    // Another typesetter that has set other pages before.
    let used = try Typesetter()
    _ = try Self.draw(7, used)
    let again = try Self.draw(2, used)
    #expect(first.truth == again.truth)
    #expect(first.images == again.images)
    #expect(try Self.draw(2, seed: 6, used).images != first.images)
    #expect(try Self.draw(2, split: .train, used).images != first.images)
  }

  @Test(arguments: [DocumentType.prescription, .labResult])
  func counterfactualFiguresDifferInEveryDigitAndInNothingElse(_ type: DocumentType) throws {
    let setter = try Typesetter()
    func fields(_ counterfactual: Bool) throws -> [FieldTruth] {
      try GeneratedDocument.draw(
        type, number: 3, split: .test, seed: 5, typesetter: setter, counterfactual: counterfactual
      ).truth.fields
    }
    let usual = try fields(false)
    let changed = try fields(true)
    #expect(usual.map(\.name) == changed.map(\.name))
    var figures = 0
    for (old, new) in zip(usual, changed) {
      guard ["dose", "frequency", "total_days", "value"].contains(old.name) else {
        #expect(old.value == new.value)
        continue
      }
      #expect(old.value.count == new.value.count)
      for (place, digits) in zip(old.value, new.value).enumerated() {
        guard digits.0.isASCII, digits.0.isWholeNumber else {
          #expect(digits.0 == digits.1)
          continue
        }
        figures += 1
        // `0.5` keeps its 0, and no figure begins with one that did not.
        #expect(digits.0 != digits.1 || (digits.0 == "0"))
        if place == 0, digits.0 != "0" { #expect(digits.1 != "0") }
      }
    }
    #expect(figures > 10)
  }

  @Test func aTypeWithoutFiguresHasNoCounterfactuals() throws {
    let generator = DatasetGenerator(
      types: [.diagnosis], count: 1, split: .test, seed: 1, counterfactual: true)
    let home = try TemporaryHome()
    #expect(throws: GenerationError.noFigures(.diagnosis)) {
      try generator.write(to: home.path("made")) { _, _ in }
    }
    #expect(try home.entries().isEmpty)
  }

  @Test func aGeneratedDatasetIsValid() throws {
    let home = try TemporaryHome()
    let directory = home.path("made")
    let types: [DocumentType] = [.prescription, .diagnosis]
    try DatasetGenerator(types: types, count: 2, split: .train, seed: 9)
      .write(to: directory) { _, _ in }
    let dataset = try Dataset(directory: URL(fileURLWithPath: directory))
    #expect(
      dataset.documents.map(\.id) == [
        "diagnosis-0001", "diagnosis-0002", "prescription-0001", "prescription-0002",
      ])
    for document in dataset.documents {
      for page in document.pages.indices {
        #expect(try !dataset.pageBytes(document, page: page).isEmpty)
      }
    }
    #expect(try home.entries() == ["made"])
  }

  @Test func aLargerCountOnlyAddsDocumentsAndThreadsChangeNothing() throws {
    let home = try TemporaryHome()
    for (name, count, workers) in [("one", 1, 1), ("two", 2, 2)] {
      try DatasetGenerator(types: [.prescription], count: count, split: .test, seed: 4)
        .write(to: home.path(name), workers: workers) { _, _ in }
    }
    let short = try home.text("one/prescription.jsonl")
    let long = try home.text("two/prescription.jsonl")
    #expect(long.hasPrefix(short) && long != short)
  }

  @Test func onlyWhoAsksIsToldWhereTheCharactersStand() throws {
    let setter = try Typesetter()
    let plain = try Self.draw(3, setter)
    var told = try GeneratedDocument.draw(
      .prescription, number: 3, split: .test, seed: 5, typesetter: setter, extents: true)
    #expect(told.images == plain.images)
    #expect(told.truth.pages.allSatisfy { $0.lines.allSatisfy { $0.runs != nil } })
    for page in told.truth.pages.indices {
      for line in told.truth.pages[page].lines.indices {
        told.truth.pages[page].lines[line].runs = nil
      }
    }
    #expect(told.truth == plain.truth)
  }

  @Test func extentsAreReadBackAndSound() throws {
    let home = try TemporaryHome()
    let directory = home.path("told")
    try DatasetGenerator(
      types: [.labResult], count: 1, split: .train, seed: 9, extents: true
    ).write(to: directory) { _, _ in }
    let folder = URL(fileURLWithPath: directory)
    #expect(DatasetValidation.defects(in: folder) == [])
    let page = try #require(try Dataset(directory: folder).documents.first?.pages.first)
    let drawn = try GeneratedDocument.draw(
      .labResult, number: 1, split: .train, seed: 9, typesetter: try Typesetter(), extents: true)
    #expect(page == drawn.truth.pages[0])
    #expect(page.lines.contains { $0.runs!.count > 2 })
  }

  /// The first document of every shipped type, to the byte, whatever has been added since.
  @Test(arguments: DatasetGenerator.drawableTypes)
  func theShippedDatasetIsStillWhatIsDrawn(type: DocumentType) throws {
    let home = try TemporaryHome()
    try DatasetGenerator(types: [type], count: 1, split: .test, seed: 1)
      .write(to: home.path("now")) { _, _ in }
    let shipped = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("datasets/\(type).jsonl"), encoding: .utf8)
    #expect(shipped.hasPrefix(try home.text("now/\(type).jsonl")))
  }

  @Test func otherFilesAreNeverMixedIn() throws {
    let home = try TemporaryHome()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: home.path("notes.txt")))
    let generator = DatasetGenerator(types: [.prescription], count: 1, split: .test, seed: 1)
    #expect(throws: GenerationError.notEmpty(home.root)) {
      try generator.write(to: home.root) { _, _ in }
    }
    #expect(throws: GenerationError.notADirectory(home.path("notes.txt"))) {
      try generator.write(to: home.path("notes.txt")) { _, _ in }
    }
    #expect(throws: GenerationError.unwritable(home.path("a/b"), ENOENT)) {
      try generator.write(to: home.path("a/b")) { _, _ in }
    }
    #expect(try home.entries() == ["notes.txt"])
  }

  @Test func aTypeWithoutADrawingIsRefusedBeforeAnythingIsMade() throws {
    let home = try TemporaryHome()
    let type = DocumentType(rawValue: "consent-form")
    #expect(throws: GenerationError.noDrawing(type)) {
      try DatasetGenerator(types: [type], count: 1, split: .test, seed: 1)
        .write(to: home.path("x")) { _, _ in }
    }
    #expect(try home.entries().isEmpty)
  }
}

/// A directory of its own, removed with the test.
private final class TemporaryHome {
  let root: String

  init() throws {
    root = FileManager.default.temporaryDirectory.path + "/medbench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func path(_ relative: String) -> String { root + "/" + relative }

  func entries() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root).sorted()
  }

  func text(_ relative: String) throws -> String {
    try String(contentsOfFile: path(relative), encoding: .utf8)
  }
}
