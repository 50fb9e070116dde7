import Boundary
import Foundation
import OCRInference
import PageImaging

/// The small checkpoint that truly reads, and the strips it never saw: Golden/line-reader/README.md.
struct LineReader {
  static var directory: String {
    Bundle.module.resourceURL!.appendingPathComponent("Golden/line-reader").path
  }

  struct Strip: Decodable, Sendable {
    let file: String
    let truth: String
    let reading: String
    let tokens: [Int32]

    var image: PageImage {
      get throws { try PageImage(pngFile: "\(LineReader.directory)/strips/\(file)") }
    }
  }

  static func strips() throws -> [Strip] {
    try JSONDecoder().decode(
      [Strip].self, from: Data(RegularFile.bytes(of: "\(directory)/strips.json", limit: 1 << 20)))
  }

  let model: VisionLanguageModel
  let tokenizer: Tokenizer

  /// - Parameter types: as of `SightModel`.
  init(
    policy: WeightPolicy = .asStored, as types: [WeightType] = [], threads: Int = 2
  ) throws {
    model = try SightModel.at(Self.directory, policy: policy, as: types, threads: threads)
    tokenizer = try Tokenizer(file: "\(Self.directory)/tokenizer.json")
  }

  /// Vision start, an image, vision end.
  static let prompt: [Int32] = [2, 4, 3]

  /// The ids of each strip without the closing `<eos>`, all strips as one batch.
  func read(_ strips: [Strip], cacheType: WeightType) throws -> [[Int32]] {
    let pixels = try strips.map { try model.pixels($0.image) }
    let features = try model.tower.encode(pixels, pool: model.decoder.pool)
    let batch = try ContinuousBatch(
      decoder: model.decoder,
      settings: .init(maxSequences: strips.count, cacheType: cacheType, prefixByteLimit: 0))
    var places: [ContinuousBatch.SequenceID: Int] = [:]
    var row = 0
    for (place, image) in pixels.enumerated() {
      let own = FloatMatrix(rows: image.tokens, columns: features.columns)
      own.pointer.update(from: features.row(row), count: image.tokens * features.columns)
      row += image.tokens
      let prompt = try model.prompt(ids: Self.prompt, images: [image], features: own)
      let options = GenerationOptions(maxTokens: 256, stopTokens: [1])
      places[try batch.submit(prompt, options: options)] = place
    }
    var ids = [[Int32]](repeating: [], count: strips.count)
    while !batch.isIdle {
      for result in batch.step() {
        if case .token(let token) = try result.event.get(), token.id != 1 {
          ids[places[result.sequence]!].append(token.id)
        }
      }
    }
    return ids
  }
}

/// Fewest insertions, deletions and substitutions of scalars that turn one text into the other.
func editDistance(_ first: String, _ second: String) -> Int {
  let (first, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
  var row = Array(0...second.count)
  for (i, scalar) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in second.enumerated() {
      let substituted = diagonal + (scalar == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[second.count]
}
