import Boundary
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

  public init(patchSize: Int, mergeSize: Int, minPixels: Int, maxPixels: Int) {
    precondition(patchSize > 0 && mergeSize > 0 && minPixels > 0 && minPixels <= maxPixels)
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

  /// Numbers as JSON has them; `checked` makes them whole.
  private struct Keys: Decodable {
    struct Size: Decodable {
      let shortestEdge: Double?
      let longestEdge: Double?

      enum CodingKeys: String, CodingKey {
        case shortestEdge = "shortest_edge"
        case longestEdge = "longest_edge"
      }
    }
    let patchSize: Double?
    let mergeSize: Double?
    let minPixels: Double?
    let maxPixels: Double?
    let size: Size?

    enum CodingKeys: String, CodingKey {
      case patchSize = "patch_size"
      case mergeSize = "merge_size"
      case minPixels = "min_pixels"
      case maxPixels = "max_pixels"
      case size
    }
  }

  private init(json: Data) throws {
    let keys = try JSONDecoder().decode(Keys.self, from: json)
    let published = PreprocessorConfig.qwen2VL
    func checked(_ key: String, _ value: Double?, _ missing: Int, _ range: ClosedRange<Int>) throws
      -> Int
    {
      guard let value else { return missing }
      guard let whole = Int(exactly: value), range.contains(whole) else {
        throw Defect(
          words: "\(key): is not a whole number in \(range.lowerBound)...\(range.upperBound)")
      }
      return whole
    }
    let pixels = 1...1_000_000_000
    let minPixels = try checked(
      "min_pixels", keys.minPixels ?? keys.size?.shortestEdge, published.minPixels, pixels)
    let maxPixels = try checked(
      "max_pixels", keys.maxPixels ?? keys.size?.longestEdge, published.maxPixels, pixels)
    guard minPixels <= maxPixels else {
      throw Defect(words: "min_pixels: \(minPixels) is more than max_pixels, \(maxPixels)")
    }
    try self.init(
      patchSize: checked("patch_size", keys.patchSize, published.patchSize, 1...1024),
      mergeSize: checked("merge_size", keys.mergeSize, published.mergeSize, 1...64),
      minPixels: minPixels, maxPixels: maxPixels)
  }

  private static func words(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(key.isEmpty ? "the file" : key): is not of the right type"
    default:
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
      "\(path.onOneLine): \(defect); give the preprocessor_config.json of a Qwen2-VL model"
    }
  }
}
