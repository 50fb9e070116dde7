import Boundary
import Foundation

/// How every benchmark writes its JSON: sorted keys, atomically.
public enum JSONReport {
  /// - Throws: `FileWriteError`.
  public static func write(_ report: some Encodable, to path: String) throws {
    try AtomicFile.write(Array(bytes(report)), to: path)
  }

  public static func bytes(_ report: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .throw
    return try encoder.encode(report) + Data("\n".utf8)
  }
}
