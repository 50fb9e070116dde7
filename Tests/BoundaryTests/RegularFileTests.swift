import Boundary
import Foundation
import Testing

struct RegularFileTests {
  @Test func bytesUpToTheLimitAreRead() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "page").path()
      try Data([1, 2, 3]).write(to: URL(filePath: path))
      #expect(try RegularFile.bytes(of: path, limit: 3) == [1, 2, 3])
      #expect(
        throws: FileReadError(path: path, reason: .tooManyBytes(3, limit: 2))
      ) { try RegularFile.bytes(of: path, limit: 2) }
    }
  }

  @Test func whatIsNoFileIsRefusedWithoutWaiting() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.appending(path: "pipe").path()
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [pipe, folder.path(), "/dev/zero"] {
        #expect(throws: FileReadError(path: path, reason: .notAFile)) {
          try RegularFile.bytes(of: path, limit: 10)
        }
      }
      let missing = folder.appending(path: "none").path()
      #expect(throws: FileReadError(path: missing, reason: .missing)) {
        try RegularFile.bytes(of: missing, limit: 10)
      }
    }
  }

  @Test func errorsAreOneLineWithTheMend() {
    #expect(
      FileReadError(path: "a\nb", reason: .missing).description
        == "a\\u{a}b: no such file; check the path")
  }
}
