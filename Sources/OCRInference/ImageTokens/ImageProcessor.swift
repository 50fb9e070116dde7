import Boundary
import Foundation
import PageImaging

/// `preprocessor_config.json`, whole: how pages become `pixel_values`. What decides the number of tokens is in
/// `tokens`.
public struct ImageProcessor: Sendable, Equatable {
  public let tokens: PreprocessorConfig
  /// Frames of a patch; a still page is repeated.
  public let temporalPatchSize: Int
  public let resizes: Bool
  /// For each of three channels, what the levels 0...255 become: (level * rescale_factor - mean) / std.
  public let levels: [[Float]]

  /// As published with Qwen2-VL: CLIP's means and deviations.
  public static let qwen2VL = ImageProcessor(
    tokens: .qwen2VL, temporalPatchSize: 2, resizes: true, rescale: 1 / 255,
    mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711])

  public init(
    tokens: PreprocessorConfig, temporalPatchSize: Int, resizes: Bool, rescale: Float?,
    mean: [Float]?, deviation: [Float]?
  ) {
    self.tokens = tokens
    self.temporalPatchSize = temporalPatchSize
    self.resizes = resizes
    levels = (0..<3).map { channel in
      (0...255).map { level in
        let value = Float(level) * (rescale ?? 1)
        return (value - (mean?[channel] ?? 0)) / (deviation?[channel] ?? 1)
      }
    }
  }

  /// Reads the file. Keys that are missing are as published with Qwen2-VL.
  /// - Throws: `PreprocessorConfigError`.
  public init(file path: String) throws(PreprocessorConfigError) {
    let tokens = try PreprocessorConfig(file: path)
    let bytes: [UInt8]
    do { bytes = try RegularFile.bytes(of: path, limit: 1 << 20) } catch {
      throw .unreadable(error)
    }
    do {
      let keys = try JSONDecoder().decode(Keys.self, from: Data(bytes))
      try self.init(tokens: tokens, keys: keys)
    } catch let error as KeyError {
      throw .malformed(path: path, defect: error.words)
    } catch {
      throw .malformed(path: path, defect: "a key is not of the right type")
    }
  }

  /// Patches of a page, down and across. Where the model resizes nothing the sides must divide.
  func grid(of page: PageImage) throws(ImageTokenError) -> ImageTokens.Grid {
    var size = (width: page.width, height: page.height)
    if resizes {
      size = try SmartResize.size(width: page.width, height: page.height, config: tokens)
    } else if page.width % tokens.factor != 0 || page.height % tokens.factor != 0 {
      throw .notDivisible(width: page.width, height: page.height, factor: tokens.factor)
    }
    return ImageTokens.Grid(
      t: 1, h: size.height / tokens.patchSize, w: size.width / tokens.patchSize)
  }

  /// Resized as the model wants it.
  package func resized(_ page: PageImage) throws -> PageImage {
    let grid = try grid(of: page)
    guard resizes else { return page }
    return try page.resampled(
      width: grid.w * tokens.patchSize, height: grid.h * tokens.patchSize)
  }

  // MARK: Reading

  private struct KeyError: Error { let words: String }

  private struct Keys: Decodable {
    let temporalPatchSize: Double?
    let resizes: Bool?
    let rescales: Bool?
    let normalizes: Bool?
    let rescaleFactor: Double?
    let imageMean: [Double]?
    let imageDeviation: [Double]?

    enum CodingKeys: String, CodingKey {
      case temporalPatchSize = "temporal_patch_size"
      case resizes = "do_resize"
      case rescales = "do_rescale"
      case normalizes = "do_normalize"
      case rescaleFactor = "rescale_factor"
      case imageMean = "image_mean"
      case imageDeviation = "image_std"
    }
  }

  private init(tokens: PreprocessorConfig, keys: Keys) throws {
    let published = (
      mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711]
    )
    guard let frames = Int(exactly: keys.temporalPatchSize ?? 2), 1...8 ~= frames else {
      throw KeyError(words: "temporal_patch_size: is not a whole number in 1...8")
    }
    let mean = try Self.channels("image_mean", keys.imageMean ?? published.mean)
    let deviation = try Self.channels("image_std", keys.imageDeviation ?? published.deviation)
    guard deviation.allSatisfy({ $0 > 0 }) else {
      throw KeyError(words: "image_std: is not above 0")
    }
    let normalizes = keys.normalizes ?? true
    self.init(
      tokens: tokens, temporalPatchSize: frames, resizes: keys.resizes ?? true,
      rescale: keys.rescales ?? true ? Float(keys.rescaleFactor ?? 1 / 255) : nil,
      mean: normalizes ? mean : nil, deviation: normalizes ? deviation : nil)
  }

  private static func channels(_ key: String, _ values: [Double]) throws -> [Float] {
    guard values.count == 3, values.allSatisfy({ abs($0) < 1e6 }) else {
      throw KeyError(words: "\(key): is not three numbers")
    }
    return values.map { Float($0) }
  }
}
