import Datasets
import DocProfiles

extension PlantingPage {
  /// Diagnosis codes, in fields and in running text.
  func codeErrors() -> [Plant] {
    var plants: [Plant] = []
    for field in fields where field.kind == .diagnosisCode {
      for (text, recipe, errorClass, severity) in Self.misreadings(ofCode: field.value) {
        plants.append(misread(field, as: text, recipe, errorClass, severity))
      }
    }
    for place in codesInText() {
      for (text, recipe, errorClass, severity) in Self.misreadings(ofCode: self.text(place)) {
        plants.append(
          Plant(
            .harmful(errorClass), recipe + " in text", [Edit(range: place, text: text)],
            expecting: [textError(errorClass, severity, at: place.lowerBound)]))
      }
    }
    return plants
  }

  /// A capital, two digits and perhaps a point with one or two more, between brackets.
  func codesInText() -> [Range<Int>] {
    places(of: "(").compactMap { open in
      var end = open.upperBound
      while end < scalars.count, scalars[end] != ")", end - open.upperBound < 7 { end += 1 }
      let code = open.upperBound..<end
      guard end < scalars.count, scalars[end] == ")", isCode(text(code)) else { return nil }
      return code
    }
  }

  private func isCode(_ text: String) -> Bool {
    let shape = text.map {
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ".contains($0) ? "A" : $0.isNumber ? "9" : $0
    }
    return ["A99", "A99.9", "A99.99"].contains(String(shape))
  }

  private static func misreadings(
    ofCode code: String
  ) -> [(String, String, ErrorClass, Severity)] {
    let characters = Array(code)
    guard characters.count >= 3 else { return [] }
    func with(_ place: Int, _ character: Character) -> String {
      var changed = characters
      changed[place] = character
      return String(changed)
    }
    let other = { (digit: Character) -> Character in digit == "8" ? "3" : "8" }
    var found: [(String, String, ErrorClass, Severity)] = [
      (with(2, other(characters[2])), "category digit", .codeCategory, .critical),
      (
        with(0, characters[0] == "K" ? "E" : "K"), "category letter", .codeCategory, .critical
      ),
    ]
    let alike: [Character: Character] = [
      "I": "1", "O": "0", "S": "5", "Z": "2", "G": "6", "B": "8",
    ]
    if let digit = alike[characters[0]] {
      found.append((with(0, digit), "letter read as a digit", .codeCategory, .critical))
    }
    if characters.count > 4 {
      found.append((with(4, other(characters[4])), "detail", .codeDetail, .major))
      found.append((String(characters[..<3]), "detail lost", .codeDetail, .major))
    } else {
      found.append((code + ".1", "detail added", .codeDetail, .major))
    }
    return found
  }
}
