import OCRInference
import PageImaging

/// Prompts of an exact number of tokens, each with other words.
public struct PromptInput: LoadInput {
  public let name: String?
  public let inputTokens: ClosedRange<Int>
  public let outputTokens: ClosedRange<Int>
  /// The share of a prompt that all have in common, from the start.
  public let sharedShare: Double
  private let words: PromptWords
  private let seed: UInt64

  public init(
    name: String? = nil, inputTokens: ClosedRange<Int>, outputTokens: ClosedRange<Int>,
    sharedShare: Double = 0, words: PromptWords, seed: UInt64
  ) {
    precondition(inputTokens.lowerBound > 0 && outputTokens.lowerBound > 0)
    precondition((0...1).contains(sharedShare))
    self.name = name
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.sharedShare = sharedShare
    self.words = words
    self.seed = seed
  }

  public var inputLength: Int { (inputTokens.lowerBound + inputTokens.upperBound) / 2 }
  public var outputLength: Int? { (outputTokens.lowerBound + outputTokens.upperBound) / 2 }

  public func request(_ index: Int) -> LoadRequest {
    var random = SeededRandom(seed: seed, "prompt", "\(index)")
    let count = Int.random(in: inputTokens, using: &random)
    let output = Int.random(in: outputTokens, using: &random)
    let shared = Int(Double(count) * sharedShare)
    var together = SeededRandom(seed: seed, "shared prefix")
    let ids =
      words.ids(count: shared, random: &together)
      + words.ids(count: count - shared, random: &random)
    return LoadRequest(id: index, input: .tokens(ids), inputTokens: count, outputTokens: output)
  }
}

/// Where a prompt's tokens come from.
public struct PromptWords: Sendable {
  /// Of the text below; empty for a model without a tokenizer.
  private let text: [Int32]
  private let vocabulary: Int

  /// - Parameter tokenizer: nil draws ids at random.
  public init(tokenizer: Tokenizer?, vocabulary: Int) {
    precondition(vocabulary > 0)
    text = tokenizer?.encode(Self.ward).filter { $0 < vocabulary } ?? []
    self.vocabulary = vocabulary
  }

  /// So many tokens of the text, from a place drawn at random and around its end.
  func ids(count: Int, random: inout SeededRandom) -> [Int32] {
    guard !text.isEmpty else {
      return (0..<count).map { _ in Int32.random(in: 0..<Int32(vocabulary), using: &random) }
    }
    let start = Int.random(in: text.indices, using: &random)
    return (0..<count).map { text[(start + $0) % text.count] }
  }

  /// Fictional, and long enough that two prompts seldom begin alike.
  private static let ward = """
    퇴원요약서. 환자는 사흘 전부터 시작된 흉통으로 응급실을 통해 입원하였다. 심전도에서 전벽 유도의 ST 분절 상승이 보여 \
    관상동맥조영술을 시행하였고 좌전하행지에 약물방출스텐트를 삽입하였다. 입원 중 혈압 128/76 mmHg, 맥박 72회로 안정적이었다. \
    검사결과 혈색소 13.4 g/dL, 백혈구 8,200/µL, 크레아티닌 0.9 mg/dL, 칼륨 4.1 mmol/L, 트로포닌 I 2.35 ng/mL. \
    퇴원약: 아스피린 100 mg 하루 한 번, 클로피도그렐 75 mg 하루 한 번, 아토르바스타틴 40 mg 취침 전, 비소프롤롤 2.5 mg 아침. \
    Follow-up in the cardiology clinic after two weeks; echocardiography showed an ejection fraction of 48 %. \
    처방전. 메트포르민 1000 mg 1일 2회 식후 30일분, 암로디핀 5 mg 1일 1회 아침 30일분, 필요 시 아세트아미노펜 500 mg.

    """
}
