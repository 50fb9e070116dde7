/// The workload profiles of the source document.
public enum Workload: String, Sendable, CaseIterable, Codable {
  case shortChat = "short-chat"
  case document
  case medicalOCR = "medical-ocr"

  public var inputTokens: ClosedRange<Int> {
    switch self {
    case .shortChat: 50...200
    case .document: 1000...4000
    case .medicalOCR: 2000...8000
    }
  }

  public var outputTokens: ClosedRange<Int> {
    switch self {
    case .shortChat: 100...500
    case .document: 200...1000
    case .medicalOCR: 200...800
    }
  }

  /// The source's range in doublings.
  public var batchSizes: [Int] {
    switch self {
    case .shortChat: [1, 2, 4, 8]
    case .document: [16, 32, 64]
    case .medicalOCR: [8, 16, 32]
    }
  }

  /// Of a prompt that requests have in common. The source says low, middling, high; the figures are ours.
  public var sharedShare: Double {
    switch self {
    case .shortChat: 0.25
    case .document: 0.5
    case .medicalOCR: 0.75
    }
  }
}
