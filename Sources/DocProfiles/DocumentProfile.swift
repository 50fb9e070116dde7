/// What a document type asks of a model: its critical fields, its limits, its usual size.
public struct DocumentProfile: Hashable, Sendable {
  public var type: DocumentType
  /// `처방전`
  public var koreanName: String
  /// `Prescription`
  public var englishName: String
  /// Mean tokens of a document, image side in and transcript out.
  public var averageInputTokens: Int
  public var averageOutputTokens: Int
  /// The range in which a document of this type is expected to lie, in tokens.
  public var inputTokens: ClosedRange<Int>
  public var outputTokens: ClosedRange<Int>
  public var criticalFields: [CriticalField]
  /// The CER limit as a fraction: 0.01 is one character in a hundred.
  public var maximumCER: Double
  /// The limit on a document's mean end-to-end latency, in milliseconds.
  public var maximumLatencyMilliseconds: Double
  /// What a model that is told what to do is told.
  public var prompt: String
  /// What else it must keep to.
  public var addedLimits: AddedLimits

  public init(
    type: DocumentType, koreanName: String, englishName: String,
    averageInputTokens: Int, averageOutputTokens: Int,
    inputTokens: ClosedRange<Int>, outputTokens: ClosedRange<Int>,
    criticalFields: [CriticalField], maximumCER: Double, maximumLatencyMilliseconds: Double,
    prompt: String? = nil, addedLimits: AddedLimits = .none
  ) {
    self.type = type
    self.koreanName = koreanName
    self.englishName = englishName
    self.averageInputTokens = averageInputTokens
    self.averageOutputTokens = averageOutputTokens
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.criticalFields = criticalFields
    self.maximumCER = maximumCER
    self.maximumLatencyMilliseconds = maximumLatencyMilliseconds
    self.addedLimits = addedLimits
    self.prompt = prompt ?? Self.transcriptionPrompt(koreanName: koreanName)
  }

  /// The prompt of a profile that brings none of its own.
  public static func transcriptionPrompt(koreanName: String) -> String {
    "\(koreanName) 페이지입니다. 보이는 글자를 빠짐없이, 줄 순서대로 그대로 옮겨 적으세요. "
      + "설명을 덧붙이지 마세요."
  }
}
