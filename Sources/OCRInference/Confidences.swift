/// How sure an engine was of each character, in hundredths: 99 is 0.99 or more, so that two digits hold one.
///
/// Written as a string of two digits a character: `999743` is 0.99, 0.97 and 0.43.
public struct Confidences: Sendable, Equatable, Codable {
  /// 0...99 each, rounded down: what is below 0.5 stays below it.
  public let hundredths: [UInt8]

  /// - Parameter probabilities: 0...1
  public init(_ probabilities: some Sequence<Float>) {
    hundredths = probabilities.map { UInt8(max(0, min(99, ($0 * 100).rounded(.down)))) }
  }

  /// - Parameter hundredths: 0...99
  public init(hundredths: [UInt8]) {
    precondition(hundredths.allSatisfy { $0 <= 99 })
    self.hundredths = hundredths
  }

  public var count: Int { hundredths.count }

  /// nil for none.
  public var mean: Double? {
    guard !hundredths.isEmpty else { return nil }
    let sum = hundredths.reduce(0) { $0 + Int($1) }
    return Double(sum) / Double(hundredths.count) / 100
  }

  /// Below which something else is likelier than what was read.
  public static let low: UInt8 = 50

  public var lowCount: Int { hundredths.count { $0 < Self.low } }

  // MARK: Codable

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let digits = Array(try container.decode(String.self).utf8)
    guard digits.count.isMultiple(of: 2),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "confidences: expected two digits a character")
    }
    hundredths = stride(from: 0, to: digits.count, by: 2).map {
      (digits[$0] - UInt8(ascii: "0")) * 10 + digits[$0 + 1] - UInt8(ascii: "0")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * hundredths.count)
    for value in hundredths {
      digits.append(UInt8(ascii: "0") + value / 10)
      digits.append(UInt8(ascii: "0") + value % 10)
    }
    var container = encoder.singleValueContainer()
    try container.encode(String(decoding: digits, as: UTF8.self))
  }
}
