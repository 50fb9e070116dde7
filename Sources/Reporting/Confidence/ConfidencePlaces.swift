/// A place in a reading worth a second look, with what stands about it on its line.
struct ConfidencePlace {
  var page: String
  var line: Int
  var before: String
  var reading: String
  var after: String
  /// What stands there, where the reading is wrong and something does.
  var truth: String
  var isWrong: Bool
  /// Hundredths: the least of the place's characters.
  var confidence: UInt8

  /// Places that are listed of either kind.
  static let shown = 10
  static let shownOfAPage = 3
  /// Characters of a line that are shown before and after.
  private static let context = 8
  /// Characters of a place.
  private static let longest = 24

  fileprivate init(
    _ characters: ArraySlice<ReadCharacter>, on page: ConfidentReading, of line: [ReadCharacter]
  ) {
    let shown = characters.prefix(Self.longest)
    self.page = page.id
    self.line = shown.first!.line
    before = Self.text(line[..<shown.startIndex].suffix(Self.context))
    reading = Self.text(shown)
    after = Self.text(line[shown.endIndex...].prefix(Self.context))
    truth = String(shown.compactMap(\.truth))
    isWrong = shown.contains(where: \.isWrong)
    confidence = characters.compactMap(\.confidence).min() ?? 99
  }

  private static func text(_ characters: ArraySlice<ReadCharacter>) -> String {
    String(characters.map(\.text))
  }
}

extension [ConfidentReading] {
  /// Where the engine was least sure, right or wrong: characters side by side below one half.
  var doubts: [ConfidencePlace] {
    ConfidencePlace.first(of: places { $0.step == .low }) { $0.confidence < $1.confidence }
  }

  /// Where it was wrong and sure: errors that no reader of the transcript would have looked for. The surest first.
  var sureErrors: [ConfidencePlace] {
    ConfidencePlace.first(of: places { $0.isWrong && $0.step == .sure }) {
      $0.confidence > $1.confidence
    }
  }

  /// Runs of such characters within a line.
  private func places(where isSought: (ReadCharacter) -> Bool) -> [ConfidencePlace] {
    flatMap { page in
      let lines = page.characters.split { $0.text == "\n" }.map(Array<ReadCharacter>.init)
      return lines.flatMap { line in
        line.indices.runs { isSought(line[$0]) }.map { run in
          ConfidencePlace(line[run], on: page, of: line)
        }
      }
    }
  }
}

extension ConfidencePlace {
  /// Equals keep their order. One page that is wrong all over does not hide the others.
  fileprivate static func first(
    of places: [ConfidencePlace], by precedes: (ConfidencePlace, ConfidencePlace) -> Bool
  ) -> [ConfidencePlace] {
    let sorted = places.enumerated().sorted { a, b in
      if precedes(a.element, b.element) { return true }
      return !precedes(b.element, a.element) && a.offset < b.offset
    }
    var counts: [String: Int] = [:]
    let listed = sorted.map(\.element).filter { place in
      counts[place.page, default: 0] += 1
      return counts[place.page]! <= shownOfAPage
    }
    return Array(listed.prefix(shown))
  }
}

extension Range<Int> {
  /// The longest stretches all of which satisfy the predicate.
  fileprivate func runs(where holds: (Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in self where holds(index) {
      if runs.last?.upperBound == index {
        runs[runs.count - 1] = runs.last!.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }
}
