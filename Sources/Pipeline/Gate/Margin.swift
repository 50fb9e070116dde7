import Boundary

/// By how much a candidate may be worse than its baseline: `cer=0.002`, `critical=0`.
public struct Margin: Codable, Sendable, Equatable {
  public enum Metric: String, Codable, Sendable, CaseIterable {
    /// Mean CER, a fraction.
    case cer
    /// Share of documents with a critical error.
    case critical
    /// Accuracy of every critical field, a fraction.
    case fields
    /// Share of the values given that are not on the page.
    case hallucination
    /// Mean latency of a document, milliseconds.
    case latency
  }

  public var metric: Metric
  public var value: Double

  public init(_ metric: Metric, _ value: Double) {
    self.metric = metric
    self.value = value
  }

  /// As on the command line.
  public init(parsing text: String) throws(MarginError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let metrics = Metric.allCases.map(\.rawValue)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw MarginError(
        text: text, problem: "names no metric",
        mend: "write cer=0.002, with one of "
          + metrics.joined(separator: ", "))
    }
    guard let metric = Metric(rawValue: String(parts[0])) else {
      throw MarginError(
        text: text, problem: "\"\(String(parts[0]).excerptOnOneLine)\" is no metric",
        mend: metrics.nearest(to: String(parts[0])).map { "did you mean \"\($0)\"?" }
          ?? "use one of \(metrics.joined(separator: ", "))")
    }
    guard let value = Double(parts[1]), value.isFinite, value >= 0 else {
      throw MarginError(
        text: text, problem: "the margin is no number of 0 or more",
        mend: "write it plainly, as \(metric.rawValue)=\(metric == .latency ? "200" : "0.002")")
    }
    self.init(metric, value)
  }

  /// One margin a metric.
  public static func list(_ texts: [String]) throws(MarginError) -> [Margin] {
    var margins: [Margin] = []
    for text in texts {
      let margin = try Margin(parsing: text)
      if margins.contains(where: { $0.metric == margin.metric }) {
        throw MarginError(
          text: text, problem: "\(margin.metric.rawValue) has a margin already", mend: "keep one")
      }
      margins.append(margin)
    }
    return margins
  }
}

/// A `--margin` that says nothing.
public struct MarginError: Error, Equatable, CustomStringConvertible {
  public var text: String
  public var problem: String
  public var mend: String

  public var description: String {
    "--margin \(text.excerptOnOneLine): \(problem); \(mend)"
  }
}
