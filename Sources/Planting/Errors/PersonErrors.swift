import Datasets
import DocProfiles

extension PlantingPage {
  /// What says whose page it is, and dates.
  func personErrors() -> [Plant] {
    var plants: [Plant] = []
    for field in fields {
      switch field.kind {
      case .person where field.name.hasPrefix("patient"):
        for place in 0..<3 {
          guard let other = field.value.misspelled(at: place) else { continue }
          plants.append(
            misread(field, as: other, "name misread", .patientIdentifier, .critical))
        }
        if let other = Self.otherDigit(in: field.value) {
          plants.append(
            misread(field, as: other, "age misread", .patientIdentifier, .critical))
        }
      case .date:
        for other in Self.otherDates(field.value) {
          plants.append(misread(field, as: other, "date misread", .date, .major))
        }
      default: break
      }
    }
    return plants + labelledNumbers()
  }

  /// Numbers that a label calls the patient's, and birthdays, outside fields.
  private func labelledNumbers() -> [Plant] {
    var plants: [Plant] = []
    for label in ["등록번호", "주민등록번호", "생년월일", "성별/나이", "성별/연령"] {
      for place in places(of: label) {
        // `주민등록번호` ends like `등록번호`.
        if place.lowerBound > 0, scalars[place.lowerBound - 1] == "민" { continue }
        let line = line(at: place.lowerBound)
        var start = place.upperBound
        while start < line.upperBound, scalars[start] == " " || scalars[start] == ":" { start += 1 }
        if label.hasPrefix("성별") {
          plants += sexAndAge(from: start, to: line.upperBound)
          continue
        }
        var end = start
        while end < line.upperBound, "0123456789-".unicodeScalars.contains(scalars[end]) {
          end += 1
        }
        guard end - start >= 6, !isStructured[start] else { continue }
        for place in [start + 1, end - 1] where scalars[place] != "-" {
          let digit = scalars[place] == "1" ? "2" : "1"
          // A day or year that exists, or the change would be more than a digit.
          if label == "생년월일", place == start + 1 { continue }
          plants.append(
            Plant(
              .harmful(.patientIdentifier), label, [Edit(range: place..<place + 1, text: digit)],
              expecting: [ExpectedError(.patientIdentifier, .critical)]))
        }
      }
    }
    return plants
  }

  private func sexAndAge(from start: Int, to end: Int) -> [Plant] {
    guard start < end, !isStructured[start] else { return [] }
    var plants: [Plant] = []
    func plant(_ place: Int, _ text: String, _ recipe: String) {
      plants.append(
        Plant(
          .harmful(.patientIdentifier), recipe, [Edit(range: place..<place + 1, text: text)],
          expecting: [ExpectedError(.patientIdentifier, .critical)]))
    }
    if scalars[start] == "남" { plant(start, "여", "sex misread") }
    if scalars[start] == "여" { plant(start, "남", "sex misread") }
    if let digit = (start..<end).first(where: { "0123456789".unicodeScalars.contains(scalars[$0]) })
    {
      plant(digit, scalars[digit] == "3" ? "8" : "3", "age misread")
    }
    return plants
  }

  private static func otherDigit(in text: String) -> String? {
    var characters = Array(text)
    guard let place = characters.firstIndex(where: { "0123456789".contains($0) }) else {
      return nil
    }
    characters[place] = characters[place] == "3" ? "8" : "3"
    return String(characters)
  }

  /// The same style with another year, month or day, all of them days that exist.
  static func otherDates(_ text: String) -> [String] {
    var numbers: [(Range<String.Index>, Int)] = []
    var place = text.startIndex
    while let start = text[place...].firstIndex(where: { "0123456789".contains($0) }) {
      let end = text[start...].firstIndex { !"0123456789".contains($0) } ?? text.endIndex
      numbers.append((start..<end, Int(text[start..<end])!))
      place = end
    }
    guard numbers.count >= 3 else { return [] }
    func with(_ index: Int, _ value: Int) -> String {
      let old = text[numbers[index].0]
      var new = String(value)
      while old.hasPrefix("0") && new.count < old.count { new = "0" + new }
      return text.replacingCharacters(in: numbers[index].0, with: new)
    }
    let day = numbers[2].1
    return [
      with(0, numbers[0].1 - 1),
      with(1, numbers[1].1 == 7 ? 1 : 7),
      with(2, day > 10 ? day - 10 : day + 10),
    ]
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
