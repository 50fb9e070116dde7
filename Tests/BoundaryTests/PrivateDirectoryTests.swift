import Boundary
import Foundation
import Testing

struct PrivateDirectoryTests {
  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func allThatIsMissingIsMadeForTheOwnerAlone() throws {
    try withTemporaryFolder { folder in
      let outer = folder.path() + "outer"
      try PrivateDirectory.make(outer + "//inner/")
      #expect(try mode(outer) == 0o700)
      #expect(try mode(outer + "/inner") == 0o700)
    }
  }

  @Test func whatIsThereStaysAsItIs() throws {
    try withTemporaryFolder { folder in
      #expect(chmod(folder.path(), 0o755) == 0)
      try PrivateDirectory.make(folder.path())
      #expect(try mode(folder.path()) == 0o755)
    }
  }

  @Test func aFileInTheWayIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder.path() + "file"
      try AtomicFile.write([], to: file)
      for path in [file, file + "/inner"] {
        #expect(throws: FileWriteError(path: path, code: ENOTDIR)) {
          try PrivateDirectory.make(path)
        }
      }
    }
  }
}
