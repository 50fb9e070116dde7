/// Rotary positions of a prompt with images: M-RoPE of Qwen2-VL (arXiv 2409.12191, section 2.1; `get_rope_index`).
///
/// Text counts up in all three axes at once. A still image stands at one time; its tokens count rows and columns
/// of the merged grid from where the text before it ended. The text after it goes on from the largest.
public struct MultimodalPositions: Sendable, Equatable {
  /// One a token of the prompt.
  public let positions: [RotaryPosition]
  /// Position of the first token that is generated.
  public let next: Int32

  /// - Parameters:
  ///   - ids: the prompt, with `imageToken` once for each token of each image.
  ///   - images: patches of each image, in their order.
  /// - Throws: `PromptError.imageTokens` where the prompt has more or fewer image tokens than the images.
  public init(ids: [Int32], imageToken: Int32, images: [ImageTokens.Grid], mergeSize: Int)
    throws(PromptError)
  {
    var positions: [RotaryPosition] = []
    positions.reserveCapacity(ids.count)
    var next: Int32 = 0
    var remaining = images[...]
    var index = 0
    while index < ids.count {
      guard ids[index] == imageToken, let grid = remaining.popFirst() else {
        positions.append(RotaryPosition(t: next, h: next, w: next))
        next += 1
        index += 1
        continue
      }
      let (height, width) = (grid.h / mergeSize, grid.w / mergeSize)
      let run = ids[index...].prefix(height * width).prefix { $0 == imageToken }
      guard run.count == height * width else { break }
      for token in 0..<Int32(height * width) {
        let (row, column) = token.quotientAndRemainder(dividingBy: Int32(width))
        positions.append(RotaryPosition(t: next, h: next + row, w: next + column))
      }
      next += Int32(max(height, width))
      index += height * width
    }
    let expected = images.reduce(0) { $0 + $1.h * $1.w / (mergeSize * mergeSize) }
    let found = ids.count { $0 == imageToken }
    guard found == expected, positions.count == ids.count, remaining.isEmpty else {
      throw .imageTokens(inPrompt: found, ofImages: expected)
    }
    self.positions = positions
    self.next = next
  }
}

/// A prompt that cannot be put together.
public enum PromptError: Error, Sendable, Equatable, CustomStringConvertible {
  case imageTokens(inPrompt: Int, ofImages: Int)
  case imagePlaces(inPrompt: Int, images: Int)

  public var description: String {
    switch self {
    case .imageTokens(let inPrompt, let ofImages):
      "the prompt holds \(inPrompt) image tokens and its images have \(ofImages)"
    case .imagePlaces(let inPrompt, let images):
      "the prompt has places for \(inPrompt) images and there are \(images); "
        + "see that the chat template writes the model's image token"
    }
  }
}
