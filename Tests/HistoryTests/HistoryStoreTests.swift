import DocProfiles
import Foundation
import History
import OCRInference
import Pipeline
import Scoring
import Testing

@Suite struct HistoryStoreTests {
  @Test func aRunComesBackAsItWentIn() throws {
    try withFolder { folder in
      let store = try HistoryStore(folder + "/h.sqlite", creating: true)
      let run = SampleRecord.run("a", cer: 0.25)
      #expect(try store.add(run) == "a")
      #expect(try HistoryStore(folder + "/h.sqlite", creating: false).runs() == [run])
      #expect(
        run.figures.map(\.name) == ["cer", "field:dose", "latency", "fields"])
      #expect(run.figures[0].value == 0.25 && run.figures[0].outcome == .fail)
    }
  }

  @Test func theSameResultsTwiceAreOneRunAndOthersOfItsNameAreNumbered() throws {
    try withFolder { folder in
      let store = try HistoryStore(folder + "/h.sqlite", creating: true)
      try store.add(SampleRecord.run("a", hash: "1"))
      #expect(try store.add(SampleRecord.run("a", hash: "1", in: folder + "/moved")) == "a")
      #expect(try store.add(SampleRecord.run("a", hash: "2")) == "a-2")
      #expect(try store.add(SampleRecord.run("a", hash: "3")) == "a-3")
      let runs = try store.runs()
      #expect(runs.map(\.name) == ["a", "a-2", "a-3"])
      // What lies beneath the history moves with it.
      #expect(runs[0].directory == "moved/a")
      #expect(store.directory(of: runs[0]) == folder + "/moved/a")
      #expect(runs[1].directory == "/elsewhere/a")
    }
  }

  @Test func aBaselinePointsToARunAndCanMoveOn() throws {
    try withFolder { folder in
      let store = try HistoryStore(folder + "/h.sqlite", creating: true)
      try store.add(SampleRecord.run("first", hash: "1"))
      try store.add(SampleRecord.run("second", hash: "2"))
      try store.setBaseline("released", to: "first")
      #expect(try store.baseline("released").name == "first")
      try store.setBaseline("released", to: "results/second/")
      #expect(try store.baselines() == ["released": "second"])
      #expect(throws: HistoryError.noRun("secnd", nearest: "second")) {
        try store.setBaseline("released", to: "secnd")
      }
      #expect(throws: HistoryError.noBaseline("relased", nearest: "released")) {
        try store.baseline("relased")
      }
      #expect(throws: HistoryError.badBaselineName("a=b")) {
        try store.setBaseline("a=b", to: "first")
      }
    }
  }

  @Test func manyWritersAtOnceLoseNothing() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/h.sqlite"
    // Each with a connection of its own, and all of them begin the file.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<16 {
        group.addTask {
          let store = try HistoryStore(path, creating: true)
          try store.add(SampleRecord.run("run", hash: "\(number)"))
        }
      }
      try await group.waitForAll()
    }
    let runs = try HistoryStore(path, creating: false).runs()
    #expect(Set(runs.map(\.resultsHash)).count == 16 && Set(runs.map(\.name)).count == 16)
    #expect(runs.allSatisfy { $0.figures.count == 4 })
  }

  @Test func theFileIsItsOwnersAlone() throws {
    try withFolder { folder in
      _ = try HistoryStore(folder + "/h.sqlite", creating: true)
      let mode =
        try FileManager.default.attributesOfItem(atPath: folder + "/h.sqlite")[.posixPermissions]
        as? Int
      #expect(mode == 0o600)
    }
  }

  @Test func noWordOfAPageIsInTheFile() throws {
    try withFolder { folder in
      let store = try HistoryStore(folder + "/h.sqlite", creating: true)
      try store.add(SampleRecord.run("a"))
      let bytes = try Data(contentsOf: URL(filePath: folder + "/h.sqlite"))
      #expect(bytes.range(of: Data("field:dose".utf8)) != nil)
      for text in ["서채원", "50 mg", "암로디핀정"] {
        #expect(bytes.range(of: Data(text.utf8)) == nil)
      }
    }
  }
}

@Suite struct HostileHistoryTests {
  @Test func aMissingFileIsNotBegunByAReader() throws {
    try withFolder { folder in
      #expect(throws: HistoryError.missing(folder + "/none")) {
        try HistoryStore(folder + "/none", creating: false)
      }
      #expect(throws: HistoryError.notAFile(folder)) {
        try HistoryStore(folder, creating: true)
      }
    }
  }

  @Test func aTextFileIsNoHistory() throws {
    try withFolder { folder in
      let path = folder + "/notes"
      let text = String(repeating: "no database, ", count: 400)
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(throws: HistoryError.foreign(path)) { try HistoryStore(path, creating: true) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
  }

  @Test func anotherDatabaseIsNoHistoryAndStaysAsItIs() throws {
    try withFolder { folder in
      let path = folder + "/other.sqlite"
      try Foreign.write("CREATE TABLE patient (name TEXT)", to: path)
      let before = try Data(contentsOf: URL(filePath: path))
      #expect(throws: HistoryError.foreign(path)) { try HistoryStore(path, creating: true) }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
  }

  @Test func aNewerHistoryIsToldApart() throws {
    try withFolder { folder in
      let path = folder + "/h.sqlite"
      _ = try HistoryStore(path, creating: true)
      try Foreign.write("PRAGMA user_version = 99", to: path)
      #expect(throws: HistoryError.newer(path, found: 99)) {
        try HistoryStore(path, creating: false)
      }
    }
  }

  /// Any page of the file overwritten, or the end cut off: an error or the runs, never a crash.
  @Test func aDamagedHistoryIsAnError() throws {
    try withFolder { folder in
      let path = folder + "/h.sqlite"
      let store = try HistoryStore(path, creating: true)
      for number in 0..<40 { try store.add(SampleRecord.run("run-\(number)", hash: "\(number)")) }
      let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
      var refused = 0
      for page in 0..<whole.count / 4096 {
        var bytes = whole
        for offset in stride(from: 0, to: 4096, by: 3) { bytes[page * 4096 + offset] ^= 0x5A }
        refused += try isRefused(bytes, folder + "/damaged-\(page)") ? 1 : 0
      }
      #expect(refused > whole.count / 4096 / 2)
      #expect(try isRefused(Array(whole.prefix(whole.count / 2)), folder + "/cut"))
    }
  }

  private func isRefused(_ bytes: [UInt8], _ path: String) throws -> Bool {
    try Data(bytes).write(to: URL(filePath: path))
    do {
      _ = try HistoryStore(path, creating: false).runs()
      return false
    } catch let error as HistoryError {
      #expect(error.description.hasPrefix(path) && !error.description.contains("\n"))
      return true
    }
  }
}

@Suite struct TrendsTests {
  @Test func runsOfAnotherDatasetOrScorerAreLeftOut() {
    var other = SampleRecord.run("b", hash: "2", cer: 0.5)
    other.scorerVersion = "0"
    var foreign = SampleRecord.run("c", hash: "3", cer: 0.5)
    foreign.datasetHash = "other"
    let trends = Trends([
      SampleRecord.run("a", hash: "1", cer: 0.5), other, foreign,
      SampleRecord.run("d", hash: "4", cer: 0.25),
    ])
    #expect(trends.leftOut == 2)
    #expect(trends.trends.map(\.figure) == ["cer", "fields", "latency"])
    #expect(trends.trends[0].points.map(\.value) == [0.5, 0.25])
    #expect(trends.trends[0].points.map(\.run) == ["a", "d"])
  }
}

func temporaryFolder() throws -> String {
  let path = FileManager.default.temporaryDirectory.path + "/medbench-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return URL(filePath: path).standardizedFileURL.path
}

func withFolder(_ body: (String) throws -> Void) throws {
  let folder = try temporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}
