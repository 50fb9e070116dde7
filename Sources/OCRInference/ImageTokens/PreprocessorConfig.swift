import Foundation
import PageImaging

/// How a Qwen2-VL model cuts pages: the part of its `preprocessor_config.json` that decides tokens.
public struct PreprocessorConfig: Sendable, Equatable {
  /// Side of a square patch in pixels.
  public let patchSize: Int
  /// Patches a side that make one token.
  public let mergeSize: Int
  /// Bounds of the resized page, width x height.
  public let minPixels: Int
  public let maxPixels: Int

  /// Both sides of a resized page are multiples of it.
  public var factor: Int { patchSize * mergeSize }

  /// As published with Qwen2-VL and Qwen2.5-VL.
  public static let qwen2VL = PreprocessorConfig(
    patchSize: 14, mergeSize: 2, minPixels: 56 * 56, maxPixels: 12_845_056)

  init(patchSize: Int, mergeSize: Int, minPixels: Int, maxPixels: Int) {
    self.patchSize = patchSize
    self.mergeSize = mergeSize
    self.minPixels = minPixels
    self.maxPixels = maxPixels
  }

  /// Reads `patch_size`, `merge_size`, `min_pixels` and `max_pixels`; the newer form
  /// `size: {shortest_edge, longest_edge}` (which also counts pixels) stands for the last two
  /// where they are missing. Other keys are the model's affair; missing ones are as published.
  public init(file path: String) throws(PreprocessorConfigError) {
    do {
      // A config has about 1 kB; a megabyte is another file.
      try self.init(json: Data(RegularFile.bytes(of: path, limit: 1 << 20)))
    } catch let error as FileReadError {
      throw .unreadable(error)
    } catch let error as Defect {
      throw .malformed(path: path, defect: error.words)
    } catch let error as DecodingError {
      throw .malformed(path: path, defect: PreprocessorConfig.words(error))
    } catch {
      throw .malformed(path: path, defect: "is not JSON")
    }
  }

  private struct Defect: Error { let words: String }

  private struct Keys: Decodable {
    struct Size: Decodable {
      let shortest_edge: Int?
      let longest_edge: Int?
    }
    let patch_size: Int?
    let merge_size: Int?
    let min_pixels: Int?
    let max_pixels: Int?
    let size: Size?
  }

  private init(json: Data) throws {
    let keys = try JSONDecoder().decode(Keys.self, from: json)
    let published = PreprocessorConfig.qwen2VL
    func checked(_ key: String, _ value: Int, _ range: ClosedRange<Int>) throws -> Int {
      guard range.contains(value) else {
        throw Defect(
          words: "\(key): \(value) is outside \(range.lowerBound)...\(range.upperBound)")
      }
      return value
    }
    let pixels = 1...1_000_000_000
    try self.init(
      patchSize: checked("patch_size", keys.patch_size ?? published.patchSize, 1...1024),
      mergeSize: checked("merge_size", keys.merge_size ?? published.mergeSize, 1...64),
      minPixels: checked(
        "min_pixels", keys.min_pixels ?? keys.size?.shortest_edge ?? published.minPixels, pixels),
      maxPixels: checked(
        "max_pixels", keys.max_pixels ?? keys.size?.longest_edge ?? published.maxPixels, pixels))
    guard minPixels <= maxPixels else {
      throw Defect(words: "min_pixels: \(minPixels) is more than max_pixels, \(maxPixels)")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(key.isEmpty ? "the file" : key): is not of the right type"
    case .dataCorrupted(let context):
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      return key.isEmpty ? "is not JSON" : "\(key): is not a whole number"
    @unknown default:
      return "is not JSON"
    }
  }
}

/// A `preprocessor_config.json` that cannot be used: one line with file, key and mend.
public enum PreprocessorConfigError: Error, Equatable, Sendable, CustomStringConvertible {
  case unreadable(FileReadError)
  case malformed(path: String, defect: String)

  public var description: String {
    switch self {
    case .unreadable(let error):
      error.description
    case .malformed(let path, let defect):
      "\(path): \(defect); give the preprocessor_config.json of a Qwen2-VL model"
    }
  }
}
