import Boundary
import Foundation

/// A model that sees: a vision tower whose tokens stand in the decoder's prompt.
public struct VisionLanguageModel: Sendable {
  public let decoder: any TextDecoder
  public let tower: any VisionTower
  public let shape: VisionShape
  /// `image_token_id`: stands in a prompt once for each token of an image.
  public let imageToken: Int32
  public let processor: ImageProcessor

  /// - Throws: `ConfigError` where the halves do not fit, and what `weights` throws.
  public init(
    config: ConfigFile, processor: ImageProcessor, weights: any WeightSource, pool: ThreadPool
  ) throws {
    decoder = try ArchitectureTable.decoder(config: config, weights: weights, pool: pool)
    guard let (tower, shape) = try VisionTable.tower(config: config, weights: weights) else {
      throw config.error("model_type", "is a model of text; give one that sees pages")
    }
    guard tower.outputSize == decoder.shape.hidden else {
      throw config.error(
        "vision_config.out_hidden_size",
        "\(tower.outputSize) differs from the decoder's hidden_size, \(decoder.shape.hidden)")
    }
    let tokens = processor.tokens
    guard tokens.patchSize == shape.patchSize, tokens.mergeSize == shape.mergeSize,
      processor.temporalPatchSize == shape.temporalPatchSize
    else {
      throw config.error(
        "vision_config.patch_size",
        "patch_size, spatial_merge_size and temporal_patch_size differ from preprocessor_config.json"
      )
    }
    imageToken = Int32(
      try config.int("image_token_id", in: 0...decoder.shape.vocabulary - 1))
    (self.tower, self.shape, self.processor) = (tower, shape, processor)
  }

  /// Puts the features of images into a prompt that holds the image token once for each.
  ///
  /// - Parameters:
  ///   - ids: the prompt with one image token an image, as chat templates write it.
  ///   - features: [Σ tokens, hidden] of `images`, as the tower gives them.
  /// - Throws: `PromptError` where places and images differ in number.
  public func prompt(
    ids: [Int32], images: [PixelValues], features: FloatMatrix
  ) throws(PromptError) -> EmbeddedPrompt {
    let places = ids.count { $0 == imageToken }
    guard places == images.count else {
      throw .imagePlaces(inPrompt: places, images: images.count)
    }
    var expanded: [Int32] = []
    var keys: [UInt64] = []
    var rows: [EmbeddedPrompt.ImageRows] = []
    var (image, feature) = (0, 0)
    for id in ids {
      guard id == imageToken else {
        expanded.append(id)
        keys.append(UInt64(UInt32(bitPattern: id)))
        continue
      }
      let (tokens, hash) = (images[image].tokens, images[image].contentHash)
      rows.append(
        EmbeddedPrompt.ImageRows(
          start: expanded.count, features: features.slice(feature..<feature + tokens)))
      for token in 0..<tokens {
        expanded.append(id)
        keys.append(hash &+ UInt64(token) &* 0x9E37_79B9_7F4A_7C15)
      }
      feature += tokens
      image += 1
    }
    let positions = try MultimodalPositions(
      ids: expanded, imageToken: imageToken, images: images.map(\.grid),
      mergeSize: shape.mergeSize)
    return EmbeddedPrompt(
      ids: expanded, images: rows, positions: positions.positions, nextPosition: positions.next,
      contentKeys: keys)
  }
}

extension PixelValues {
  /// Of pixels and grid, its upper bit set, so that it is no token's id: equal hashes are taken for equal images.
  var contentHash: UInt64 {
    let bytes = UnsafeRawBufferPointer(start: patches.pointer, count: patches.byteCount)
    var hash = Checksum64(seed: UInt64(grid.h) << 32 | UInt64(grid.w))
    hash.add(bytes)
    return hash.value | 1 << 63
  }
}

/// A 64-bit mixing hash (the finaliser of SplitMix64 over words), two lanes. Pages are no adversaries of one another within a run.
struct Checksum64 {
  private(set) var value: UInt64

  init(seed: UInt64) { value = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let words = bytes.count / 8
    for word in 0..<words {
      let part = bytes.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self)
      value = Self.mixed(value ^ part) &+ 0x9E37_79B9_7F4A_7C15
    }
    for byte in bytes[(8 * words)...] { value = Self.mixed(value ^ UInt64(byte)) }
  }

  private static func mixed(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
