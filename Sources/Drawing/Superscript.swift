/// Superscript digits are set as a word processor sets them: the face's own digit, small and high.
///
/// No Korean font has them all (⁵ and ⁶ are in none), and Nanum's ³ is a speck as wide as a
/// syllable.
enum Superscript {
  /// Of the text's size.
  static let size = 0.62
  /// Of the text's size, above the baseline.
  static let rise = 0.34

  static func digit(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xb9: "1"
    case 0xb2: "2"
    case 0xb3: "3"
    case 0x2070, 0x2074...0x2079: Unicode.Scalar(scalar.value - 0x2070 + 0x30)
    default: nil
    }
  }
}
