import Boundary
import Foundation
import Testing

struct AtomicFileTests {
  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
  }

  @Test func newAndOldFilesHoldTheBytesAndNothingElseIsLeft() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "report.json").path()
      try AtomicFile.write("first".utf8, to: path)
      try AtomicFile.write(Data("second, longer".utf8), to: path, permissions: 0o600)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "second, longer")
      #expect(try names(in: folder) == ["report.json"])
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      try AtomicFile.write(AnySequence([UInt8](repeating: 1, count: 100_000)), to: path)
      #expect(try Data(contentsOf: folder.appending(path: "report.json")).count == 100_000)
      try AtomicFile.write([], to: path)
      #expect(try Data(contentsOf: folder.appending(path: "report.json")).isEmpty)
    }
  }

  @Test func symbolicLinkIsFollowedNotReplaced() throws {
    try withTemporaryFolder { folder in
      let target = folder.appending(path: "target").path()
      let link = folder.appending(path: "link").path()
      try AtomicFile.write("old".utf8, to: target)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
      try AtomicFile.write("new".utf8, to: link)
      #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    }
  }

  @Test func whatCannotBeWrittenSaysWhyAndLeavesNothing() throws {
    try withTemporaryFolder { folder in
      func description(_ path: String) -> String? {
        let error = #expect(throws: FileWriteError.self) {
          try AtomicFile.write("x".utf8, to: path)
        }
        return error?.description.replacing(folder.path(), with: "")
      }
      #expect(
        description(folder.appending(path: "no/such/file").path())
          == "no/such/file: cannot be written (No such file or directory); "
          + "make its directory first")
      #expect(
        description(folder.path())
          == ": cannot be written (Is a directory); give the path of a file, not of a directory")
      #expect(
        description("/dev/null")
          == "/dev/null: cannot be written (File exists); give the path of a regular file")
      let left = try names(in: folder)
      #expect(left.isEmpty)
    }
    #expect(
      FileWriteError(path: "a\nb", code: ENOSPC).description
        == "a\\u{a}b: cannot be written (No space left on device); free some space on its disk")
  }
}
