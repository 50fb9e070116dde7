import Boundary
import Foundation
import Yams

/// Reads `--profiles FILE.yaml`: types added to the built-in ones, or values that replace theirs.
/// docs/profiles.md holds the schema.
public enum ProfileFile {
  /// A profile file is a page of text; more is a mistake or an attack.
  public static let maximumBytes = 64 * 1024

  /// `base` with what the file overrides and adds, in the file's order.
  public static func profiles(
    at file: URL, extending base: ProfileSet = .builtIn
  ) throws(ProfileFileError) -> ProfileSet {
    try profiles(
      yaml: yamlText(at: file, what: "profile", entries: "types", option: "--profiles"),
      file: file.relativePath, extending: base)
  }

  /// The same from text; `file` is its name in errors.
  public static func profiles(
    yaml: String, file: String, extending base: ProfileSet = .builtIn
  ) throws(ProfileFileError) -> ProfileSet {
    let top = try YAMLMapping(
      document: yaml, file: file, mend: "start the file with \"types:\" (docs/profiles.md)")
    try top.allow(keys: ["types"])
    let types = try top.mapping("types")
    guard !types.keys.isEmpty else {
      throw types.failure("\"types\" names no type", "name a type below it")
    }
    var all = base.all
    for key in types.keys {
      let entry = try types.mapping(key)
      let type = DocumentType(rawValue: key)
      let existing = all.firstIndex { $0.type == type }
      let profile = try ProfileEntry(type: type, entry: entry, base: existing.map { all[$0] })
        .profile
      if let twin = all.first(where: { $0.type != type && $0.koreanName == profile.koreanName }) {
        throw entry.failure(
          "\"\(key)\" has the Korean name of \"\(twin.type)\"", "give it a korean_name of its own")
      }
      if let existing { all[existing] = profile } else { all.append(profile) }
    }
    return ProfileSet(all: all)
  }
}

/// The text of a file named on the command line.
package func yamlText(
  at file: URL, what: String, entries: String, option: String,
  limit: Int = ProfileFile.maximumBytes, format: String = "YAML"
) throws(ProfileFileError) -> String {
  func failure(_ problem: String, _ mend: String) -> ProfileFileError {
    ProfileFileError(file: file.relativePath, problem: problem, mend: mend)
  }
  let bytes: [UInt8]
  do {
    bytes = try RegularFile.bytes(of: file.path, limit: limit)
  } catch {
    switch error.reason {
    case .missing: throw failure("no such \(what) file", "check the path given to \(option)")
    case .notAFile:
      throw failure("not a regular file", "give \(option) the path of a \(format) file")
    case .tooManyBytes(_, let limit):
      throw failure(
        "larger than \(limit / 1024) KiB", "keep only the \(entries) that differ from the built-in")
    case .failed: throw failure("cannot be read", "check its permissions")
    }
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw failure("not UTF-8 text", "save the file as UTF-8")
  }
  return text
}
