import PageImaging

/// What stands on a document whose figures can be made such as nobody would guess: `암로디핀정 735mg 1일 7회`.
///
/// A reader that follows the page reads them as well as any others; one that leans on habit does not.
protocol CounterfactualContent {
  /// Draws every digit of the doses, frequencies and values anew; how many there are, and their points, stay.
  mutating func changeFigures(_ random: inout SeededRandom)
}

extension PrescriptionContent: CounterfactualContent {
  mutating func changeFigures(_ random: inout SeededRandom) {
    for index in drugs.indices {
      drugs[index].dose = random.redrawn(drugs[index].dose)
      drugs[index].frequency = random.redrawn(drugs[index].frequency)
      drugs[index].days = random.redrawn(drugs[index].days)
    }
  }
}

extension LabResultContent: CounterfactualContent {
  mutating func changeFigures(_ random: inout SeededRandom) {
    for section in sections.indices {
      for row in sections[section].rows.indices {
        sections[section].rows[row].value = random.redrawn(sections[section].rows[row].value)
      }
    }
  }
}

extension SeededRandom {
  /// Every ASCII digit another; a figure's first stays what it was if it is 0, and becomes none.
  fileprivate mutating func redrawn(_ text: String) -> String {
    var isFirst = true
    return String(
      text.map { character in
        guard character.isASCII, let digit = character.wholeNumberValue else {
          if character != "." { isFirst = true }
          return character
        }
        defer { isFirst = false }
        if isFirst, digit == 0 { return character }
        let others = (isFirst ? 1 : 0)...9
        return Character("\(others.filter { $0 != digit }.randomElement(using: &self)!)")
      })
  }
}
