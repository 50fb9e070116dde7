import Boundary
import DocProfiles
import Scoring

/// The files by which harm is judged; without one, the built-in names or rules.
public struct HarmSources: Codable, Sendable, Equatable {
  public struct File: Codable, Sendable, Equatable {
    /// As given; relative paths stay relative.
    public var path: String
    /// Of its bytes, lower-case hexadecimal.
    public var sha256: String

    /// - Throws: `FileReadError`.
    public init(at path: String) throws {
      self.path = path
      sha256 = Checksum.sha256(of: try RegularFile.bytes(of: path, limit: LexiconFile.maximumBytes))
    }

    /// A run goes on, and figures are made again, only with the very file they began with.
    public func checkUnchanged() throws {
      guard try File(at: path) == self else {
        throw InputFileError(
          file: path, problem: "is not the file that the run was begun with",
          mend: "restore it, or begin a new run")
      }
    }
  }

  public var lexicon: File?
  public var severity: File?

  public init(lexicon: File? = nil, severity: File? = nil) {
    self.lexicon = lexicon
    self.severity = severity
  }

  public static let builtIn = HarmSources()
}

extension HarmSources: CustomStringConvertible {
  /// By their content: `lexicon 0f3a…, rules built in`.
  public var description: String {
    func said(_ file: File?) -> String { file.map { String($0.sha256.prefix(12)) } ?? "built in" }
    return "lexicon \(said(lexicon)), rules \(said(severity))"
  }
}
