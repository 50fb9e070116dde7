import Boundary
import Foundation
import Testing

struct AtomicFileStreamTests {
  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
  }

  @Test func aFileHasItsNameOnlyWhenItIsWhole() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "lines").path()
      var stream = try AtomicFileStream(path: path)
      let piece = [UInt8](repeating: 7, count: 700_000)
      for _ in 0..<3 { try stream.write(piece) }
      #expect(!FileManager.default.fileExists(atPath: path))
      try stream.finish()
      #expect(try Data(contentsOf: folder.appending(path: "lines")) == Data(piece + piece + piece))
      #expect(try names(in: folder) == ["lines"])
    }
  }

  @Test func whatIsLeftUnfinishedLeavesNothingAndTheOldFileAsItWas() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "lines").path()
      try AtomicFile.write("old".utf8, to: path)
      func begin() throws {
        var stream = try AtomicFileStream(path: path)
        try stream.write([UInt8](repeating: 1, count: 3_000_000))
      }
      try begin()
      #expect(try names(in: folder) == ["lines"])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsToldAtOnce() throws {
    try withTemporaryFolder { folder in
      func reason(_ path: String) -> String? {
        do {
          let stream = try AtomicFileStream(path: path)
          try stream.finish()
          return nil
        } catch {
          return "\(error)"
        }
      }
      #expect(reason(folder.path())?.contains("give the path of a file") == true)
      #expect(reason(folder.path() + "/no/file")?.contains("make its directory first") == true)
    }
  }
}
