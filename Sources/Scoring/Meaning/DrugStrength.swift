/// A product's name and the strength that ends it: `라시디핀정` and `4밀리그램`. The strength is
/// compared as a quantity, the name as text.
struct DrugStrength {
  var name: String
  var strength: ClinicalQuantity

  /// nil where no strength ends the name.
  /// - Parameter text: normalised and unspaced.
  init?(in text: String) {
    let characters = Array(text)
    // A strength is short; a long name is not searched through.
    for start in stride(from: characters.count - 2, through: max(1, characters.count - 24), by: -1)
    where characters[start].isASCIIDigit || characters[start] == "." {
      let before = characters[start - 1]
      // Part of a longer number, or of `B12`.
      if before.isASCIIDigit || before == "," || before == "-" || before == "/" { continue }
      // The point of `cap.75mg` ends a word; others are part of the number.
      if before == ".", start < 2 || !characters[start - 2].isASCIILetter { continue }
      if before.isASCIILetter { continue }
      guard let quantity = ClinicalQuantity(String(characters[start...])),
        quantity.unit.measuresDose
      else { continue }
      name = String(characters[..<start])
      strength = quantity
      return
    }
    return nil
  }
}

extension Character {
  fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
