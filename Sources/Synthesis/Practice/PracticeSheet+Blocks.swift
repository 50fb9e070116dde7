import Drawing
import PageImaging

/// The blocks of text. Each returns false where the page was full before its end.
extension PracticeSheet {
  mutating func paragraph(_ style: TextStyle) throws -> Bool {
    let indent = random.chance(0.2) ? random.uniform(2...30) : 0
    let width = (frame.width - indent) * (random.chance(0.75) ? 1 : random.uniform(0.4...1))
    let pitch = pitch(of: style)
    let count = random.int(1...6)
    for index in 0..<count {
      let isLast = index == count - 1
      let room = isLast ? width * random.uniform(0.15...1) : width
      let words = text.line(room / em(style))
      let run = try fitted([Piece(words)], style, room)
      guard try place([(frame.x + indent, run)], style, pitch: pitch) else { return false }
    }
    return true
  }

  mutating func title(_ style: TextStyle) throws -> Bool {
    var style = style.sized(random.uniform(13...20))
    style.face = Typeface(style.face.family, weight: random.pick(style.face.family.weights))
    let words = random.chance(0.5) ? text.realWords() : text.syllables()
    let spaced =
      random.chance(0.3)
      ? words.filter { $0 != " " }.map(String.init).joined(separator: " ") : words
    let run = try fitted([Piece(spaced)], style, frame.width)
    let free = frame.width - run.width
    let x = frame.x + (random.chance(0.6) ? free / 2 : random.uniform(0...max(0.01, free)))
    return try place([(x, run)], style, pitch: pitch(of: style))
  }

  /// Labels with what stands beside them, one to three in a row.
  mutating func labelled(_ style: TextStyle) throws -> Bool {
    let pitch = pitch(of: style)
    let pairs = random.int(1...3)
    let room = frame.width / Double(pairs)
    let share = random.uniform(0.2...0.4)
    let label = random.chance(0.5) ? style.bold : style
    let colon = random.pick(["", "", ":", " :"])
    for _ in 0..<random.int(1...5) {
      var runs: [(x: Double, run: PracticeRun)] = []
      for pair in 0..<pairs {
        let x = frame.x + Double(pair) * room
        let name = random.pick(PracticeTables.labels)
        runs.append((x, try fitted([Piece(name + colon)], label, room * share - 1.5)))
        let value = text.line(room * (1 - share) * random.uniform(0.3...1) / em(style))
        runs.append(
          (x + room * share, try fitted([Piece(value)], style, room * (1 - share) - 2.5)))
      }
      guard try place(runs, style, pitch: pitch) else { return false }
    }
    return true
  }

  /// Drugs with doses that only the page can tell, in a line each or in columns.
  mutating func prescriptions(_ style: TextStyle) throws -> Bool {
    let pitch = pitch(of: style)
    let inColumns = random.chance(0.5)
    let columns = [0, random.uniform(0.35...0.5), random.uniform(0.58...0.66), 0.8]
    for _ in 0..<random.int(2...7) {
      let phrase = text.prescribed()
      var runs: [(x: Double, run: PracticeRun)] = []
      if inColumns {
        let cells = phrase.filter { $0.text != " " }.map {
          Piece($0.text.trimmingPrefix(" ").description, $0.tag)
        }
        for (index, cell) in cells.enumerated() {
          let end = index == cells.count - 1 ? 1 : columns[index + 1]
          runs.append(
            (
              frame.x + columns[index] * frame.width,
              try squeezed([cell], style, (end - columns[index]) * frame.width - 1.5)
            ))
        }
      } else {
        runs.append((frame.x, try squeezed(phrase, style, frame.width)))
        let rest = frame.width - runs[0].run.width - 8
        if rest > 25 {
          let words = text.line(rest * random.uniform(0.5...1) / em(style))
          let run = try fitted([Piece(words)], style, rest)
          runs.append((frame.right - run.width, run))
        }
      }
      guard try place(runs, style, pitch: pitch) else { return false }
    }
    return true
  }

  func em(_ style: TextStyle) -> Double { style.size * 25.4 / 72 * 0.95 * style.condensed }

  mutating func pitch(of style: TextStyle) -> Double {
    style.size * 25.4 / 72 * random.uniform(1.2...1.8)
  }
}
