/// A number in running text with what changes it: comparator and sign before, unit behind.
struct TextNumber: Equatable {
  /// As written, without the unit: `<0.5`.
  var text: String
  var comparator: String
  var isNegative: Bool
  var digits: String
  /// As written; empty where none is known.
  var unit: String
  /// Where the number stands, in characters of its text.
  var place: Int
  /// Part of a word such as `HbA1c`, `T2`.
  var isInWord: Bool

  static func == (a: TextNumber, b: TextNumber) -> Bool {
    a.comparator == b.comparator && a.isNegative == b.isNegative
      && a.isInWord == b.isInWord && a.magnitude == b.magnitude
      && MedicalUnit(a.unit).equality(with: MedicalUnit(b.unit)) == .same
  }

  /// nil for what is no plain number, such as 1.2.3: its text is what it is.
  var number: ClinicalNumber? {
    var rest = digits[...]
    guard let number = ClinicalNumber(from: &rest), rest.isEmpty else { return nil }
    return number
  }

  private var magnitude: String { number.map(\.digits) ?? digits }

  var parsedUnit: MedicalUnit { MedicalUnit(unit) }

  /// The numbers of a text, in order. Linear in its length.
  static func scan(_ text: [Character]) -> [TextNumber] {
    var numbers: [TextNumber] = []
    var place = 0
    while place < text.count {
      let startsPoint =
        text[place] == "." && place + 1 < text.count && text[place + 1].isASCIIDigit
        && (place == 0 || text[place - 1].isWhitespace || "<>≤≥-".contains(text[place - 1]))
      guard text[place].isASCIIDigit || startsPoint else {
        place += 1
        continue
      }
      var end = place
      while end < text.count, text[end].isASCIIDigit || text[end] == "." || text[end] == "," {
        end += 1
      }
      while !text[end - 1].isASCIIDigit { end -= 1 }
      let digits = String(text[place..<end])
      let before = place > 0 ? text[place - 1] : " "
      let isInWord = before.isASCII && before.isLetter
      let (comparator, isNegative, start) = marks(text, before: place)
      numbers.append(
        TextNumber(
          text: String(text[start..<end]), comparator: comparator, isNegative: isNegative,
          digits: digits, unit: isInWord ? "" : unit(text, from: end), place: place,
          isInWord: isInWord))
      place = end
    }
    return numbers
  }

  private static func marks(_ text: [Character], before place: Int) -> (String, Bool, Int) {
    var start = place
    var isNegative = false
    if start > 0, "-\u{2212}".contains(text[start - 1]) {
      // After a digit or letter it joins (`70-99`, `D-3`) and is no sign.
      let outer = start > 1 ? text[start - 2] : " "
      if !outer.isLetter, !outer.isASCIIDigit, outer != ")" {
        isNegative = true
        start -= 1
      }
    }
    var mark = start
    while mark > 0, text[mark - 1] == " " { mark -= 1 }
    var comparator = ""
    while mark > 0, "<>≤≥=±≦≧".contains(text[mark - 1]), comparator.count < 2 {
      comparator = String(text[mark - 1]) + comparator
      mark -= 1
    }
    if comparator.isEmpty { return ("", isNegative, start) }
    let spelled = ["<=": "≤", ">=": "≥", "≦": "≤", "≧": "≥", "=": ""]
    return (spelled[comparator] ?? comparator, isNegative, mark)
  }

  /// The unit behind a number, across one blank: the longest run of letters that is one.
  private static func unit(_ text: [Character], from end: Int) -> String {
    var start = end
    if start < text.count, text[start] == " " { start += 1 }
    var run: [Character] = []
    while start + run.count < text.count, run.count < 12 {
      let character = text[start + run.count]
      guard
        character.isLetter || "%/²³℃°ℓ".contains(character) || (character == "." && !run.isEmpty)
      else { break }
      run.append(character)
    }
    // A word that begins like a unit is not one, except in Korean, where particles follow: `5mg을`.
    while !run.isEmpty {
      let isWhole = start + run.count == text.count || !joins(run.last!, text[start + run.count])
      let written = String(run)
      if isWhole, MedicalUnit(written).isKnown { return written }
      run.removeLast()
    }
    return ""
  }

  private static func joins(_ a: Character, _ b: Character) -> Bool {
    a.isASCII && b.isASCII && (b.isLetter || b == "/")
  }
}
