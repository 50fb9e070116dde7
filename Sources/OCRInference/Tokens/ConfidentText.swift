/// Text, and how sure the model was of each code point of it.
public struct ConfidentText: Sendable, Equatable {
  public private(set) var text: String
  /// Probabilities, one a Unicode scalar of `text`.
  public private(set) var confidences: [Float]

  public init() {
    text = ""
    confidences = []
  }

  /// - Parameter confidence: of every code point.
  public init(_ text: String, confidence: Float) {
    self.text = text
    confidences = [Float](repeating: confidence, count: text.unicodeScalars.count)
  }

  /// - Parameter confidences: as many as `text` has code points.
  public init(_ text: String, confidences: [Float]) {
    precondition(confidences.count == text.unicodeScalars.count)
    self.text = text
    self.confidences = confidences
  }

  public mutating func append(_ other: ConfidentText) {
    text += other.text
    confidences += other.confidences
  }
}
