import Foundation
import Scoring

/// A page's reading with what it read of the personal parts hidden, however it misread them.
///
/// The reading is aligned with the truth: what stands for a personal stretch goes whole, with what
/// was put in beside it. What is personal by its form, its label or its value goes wherever it
/// stands.
struct PersonalReading {
  private(set) var masked: String

  /// - Parameters:
  ///   - isPersonal: for each code point of the truth.
  ///   - personal: gets the misread values, to be hidden in what was cut out of the reading.
  init(
    _ reading: String, of truth: String, isPersonal: [Bool], personal: inout PersonalText
  ) {
    var text = ""
    var places: [Range<Int>] = []
    var count = 0
    var place = 0
    for segment in diff(truth: truth, reading: reading) {
      let length = segment.truth.unicodeScalars.count
      let span = (place..<place + length).clamped(to: 0..<isPersonal.count)
      place += length
      let start = count
      count += segment.reading.unicodeScalars.count
      text += segment.reading
      switch segment.kind {
      case .equal:
        places += zip(span, start...).filter { isPersonal[$0.0] }.map { $0.1..<$0.1 + 1 }
      case .substituted:
        if isPersonal[span].contains(true) { places.append(start..<count) }
      case .inserted:
        let beside = (place - 1...place).contains {
          isPersonal.indices.contains($0) && isPersonal[$0]
        }
        if beside { places.append(start..<count) }
      case .deleted: break
      }
    }
    let spans = Self.joined(places, in: text)
    personal.add(found: spans.map { String(text[$0]) })
    masked = PersonalText.masked(text, at: spans + personal.places(in: text))
  }

  /// Code points side by side as one stretch of the text, blanks between them included.
  private static func joined(_ places: [Range<Int>], in text: String) -> [Range<String.Index>] {
    let scalars = text.unicodeScalars
    let indices = Array(scalars.indices) + [scalars.endIndex]
    var joined: [Range<Int>] = []
    for place in places where !place.isEmpty {
      if let last = joined.last, last.upperBound >= place.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
      } else {
        joined.append(place)
      }
    }
    return joined.map { indices[$0.lowerBound]..<indices[$0.upperBound] }
  }
}
