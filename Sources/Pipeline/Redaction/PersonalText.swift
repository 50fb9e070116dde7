import Foundation

/// What is known to be personal on a document's pages, and how it is hidden in any text about them:
/// every character but white space becomes `█`.
package struct PersonalText: Sendable {
  static let mask: Character = "█"

  /// Names and numbers that the document holds, wherever they stand.
  private(set) var values: Set<String> = []
  private var finder: NSRegularExpression?

  package init(_ values: some Sequence<String> = []) { add(values) }

  /// Adds values and, of a value of several words, each word that could name someone.
  mutating func add(_ texts: some Sequence<String>) {
    let whole = texts.map(Self.trimmed)
    insert((whole + whole.flatMap(Self.words)).filter { $0.count(where: Self.isInked) >= 2 })
  }

  /// Adds what stands in a text for itself, such as an address, whose words are nobody's.
  mutating func add(found texts: some Sequence<String>) {
    insert(
      texts.map(Self.trimmed).filter { text in
        // Pieces of numbers would hide doses.
        text.count(where: \.isLetter) >= 2 || text.count(where: \.isNumber) >= 6
      })
  }

  private mutating func insert(_ texts: [String]) {
    let before = values.count
    values.formUnion(texts)
    if values.count > before { finder = Self.finder(of: values) }
  }

  private static func trimmed(_ text: String) -> String {
    text.precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Words of `김수아 / 여 / 56세` that say who it is; sex and age do not.
  private static func words(_ value: String) -> [String] {
    let words = value.split { $0.isWhitespace || "/,()[]:;".contains($0) }.map(String.init)
    guard words.count > 1 else { return [] }
    return words.filter { word in
      let letters = word.filter(\.isLetter)
      let isAge = word.contains(where: \.isNumber) && letters.count <= 1
      return letters.count >= 2 && !isAge && !sexes.contains(word.lowercased())
    }
  }

  private static let sexes: Set<String> = [
    "남자", "여자", "남성", "여성", "male", "female", "man", "woman",
  ]

  private static func isInked(_ character: Character) -> Bool { !character.isWhitespace }

  /// Longest first; blanks between characters do not count, for readings part names: `김 수 아`.
  private static func finder(of values: Set<String>) -> NSRegularExpression? {
    let alternatives = values.sorted { ($0.count, $0) > ($1.count, $1) }.map { value in
      value.filter(isInked).map { NSRegularExpression.escapedPattern(for: String($0)) }
        .joined(separator: "\\s{0,3}")
    }
    return try? NSRegularExpression(
      pattern: alternatives.joined(separator: "|"), options: [.caseInsensitive])
  }

  // MARK: Finding

  /// The values' places and those that are personal by their form or label.
  func places(in text: String) -> [Range<String.Index>] {
    placesOfValues(in: text) + PersonalPatterns.all.places(in: text)
  }

  func placesOfValues(in text: String) -> [Range<String.Index>] {
    guard let finder else { return [] }
    return finder.matches(in: text, range: NSRange(text.startIndex..., in: text))
      .compactMap { Range($0.range, in: text) }
  }

  // MARK: Hiding

  package func masked(_ text: String) -> String {
    let text = text.precomposedStringWithCanonicalMapping
    return Self.masked(text, at: places(in: text))
  }

  /// All of it.
  static func masked(whole text: String) -> String {
    String(text.map { isInked($0) ? mask : $0 })
  }

  /// A character is hidden whole where any part of it is.
  static func masked(_ text: String, at places: [Range<String.Index>]) -> String {
    guard !places.isEmpty else { return text }
    let places = places.sorted { $0.lowerBound < $1.lowerBound }
    var masked = ""
    var next = places[...]
    var reach = text.startIndex
    for index in text.indices {
      let end = text.index(after: index)
      while let place = next.first, place.lowerBound < end {
        reach = max(reach, place.upperBound)
        next = next.dropFirst()
      }
      masked.append(index < reach && isInked(text[index]) ? mask : text[index])
    }
    return masked
  }

  /// The same for code points of a truth, so that every offset into it stays.
  static func masked(_ text: String, atScalars isHidden: [Bool]) -> String {
    var scalars = String.UnicodeScalarView()
    for (scalar, hidden) in zip(text.unicodeScalars, isHidden) {
      scalars.append(
        hidden && !scalar.properties.isWhitespace ? mask.unicodeScalars.first! : scalar)
    }
    return String(scalars)
  }

  /// For each code point of the text, whether it is personal.
  func isPersonal(in text: String, also spans: [Range<Int>] = []) -> [Bool] {
    var isPersonal = [Bool](repeating: false, count: text.unicodeScalars.count)
    let scalars = text.unicodeScalars
    for place in places(in: text) {
      let start = scalars.distance(from: scalars.startIndex, to: place.lowerBound)
      let count = scalars.distance(from: place.lowerBound, to: place.upperBound)
      for index in start..<start + count { isPersonal[index] = true }
    }
    for span in spans {
      for index in span.clamped(to: 0..<isPersonal.count) { isPersonal[index] = true }
    }
    return isPersonal
  }
}
