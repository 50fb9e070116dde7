import Foundation

/// Unicode normal forms (UAX #15), safe for hostile text.
enum CanonicalForm: Sendable {
  case composed, decomposed
  case compatibilityComposed, compatibilityDecomposed

  func callAsFunction(_ text: String) -> String {
    if isAlready(text) { return text }
    let text = text.withLongMarkRunsOrdered
    return switch self {
    case .composed: text.withFinalsApart.precomposedStringWithCanonicalMapping
    case .decomposed: text.decomposedStringWithCanonicalMapping
    case .compatibilityComposed: text.withFinalsApart.precomposedStringWithCompatibilityMapping
    case .compatibilityDecomposed: text.decomposedStringWithCompatibilityMapping
    }
  }

  /// Known without a table: nothing below U+0300 composes with what stands before it.
  private func isAlready(_ text: String) -> Bool {
    switch self {
    case .composed: text.unicodeScalars.allSatisfy { $0.value < 0x300 }
    default: text.utf8.allSatisfy { $0 < 0x80 }
    }
  }
}

extension Unicode.Scalar {
  /// Composition never reaches across the place before this code point: it is a starter and no
  /// second half of a composite. Marks are all taken for halves, which only waits longer than needed.
  var beginsComposition: Bool {
    if value < 0x300 { return true }
    switch value {
    // Hangul vowels and finals; the vowel signs of Kirat Rai, which are letters.
    case 0x1160...0x11FF, 0xD7B0...0xD7FF, 0x16D63...0x16D6A: return false
    case 0xAC00...0xD7A3: return true
    default: break
    }
    guard properties.canonicalCombiningClass == .notReordered else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return false
    default: return true
    }
  }
}

extension String {
  /// Foundation (Swift 6.3) leaves a syllable without final, such as 가, and a final jamo behind it
  /// two; taken apart into three jamo, they compose.
  fileprivate var withFinalsApart: String {
    let hasFinal = unicodeScalars.contains { (0x11A8...0x11C2).contains($0.value) }
    return hasFinal ? decomposedStringWithCanonicalMapping : self
  }

  /// The same text under every normal form, with runs of more than 30 combining marks put into
  /// canonical order: Foundation sorts a run by insertion, 38 s for 200,000 marks.
  fileprivate var withLongMarkRunsOrdered: String {
    var ordered = String.UnicodeScalarView()
    var marks: [Unicode.Scalar] = []
    var isChanged = false
    func flush() {
      if marks.count > 30 {
        isChanged = true
        ordered.append(contentsOf: Self.canonicallyOrdered(marks))
      } else {
        ordered.append(contentsOf: marks)
      }
      marks.removeAll(keepingCapacity: true)
    }
    for scalar in unicodeScalars {
      if scalar.isReordered {
        marks.append(scalar)
      } else {
        if !marks.isEmpty { flush() }
        ordered.append(scalar)
      }
    }
    flush()
    return isChanged ? String(ordered) : self
  }

  private static func canonicallyOrdered(_ marks: [Unicode.Scalar]) -> [Unicode.Scalar] {
    // Some marks are two in one.
    let single = marks.flatMap { String($0).decomposedStringWithCanonicalMapping.unicodeScalars }
    let classes = single.map { $0.properties.canonicalCombiningClass.rawValue }
    // By place within a class: the order of equal marks has a meaning.
    let order = single.indices.sorted { (classes[$0], $0) < (classes[$1], $1) }
    return order.map { single[$0] }
  }
}

extension Unicode.Scalar {
  fileprivate var isReordered: Bool {
    value >= 0x300 && properties.canonicalCombiningClass != .notReordered
  }
}
