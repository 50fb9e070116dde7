/// The characters beyond ASCII and Hangul that a reader of these pages must know: all that
/// documents hold and what medical papers hold besides.
///
/// Each is its own canonical decomposition, so that it can be one token, and none looks like another
/// one in print (μ is µ, ∼ is ~, Å is two tokens: left out). tools/train/vocabulary.txt is this
/// list; a test compares the two.
public enum PracticeSymbols {
  static let units = "µ℃℉°‰㎍㎎㎏㎕㎖㎗㎘ℓ㏄㎜㎝㎞㎛㎚㎠㎡㎢㎣㎤㎥㎉"
  static let mathematics = "·×÷±≤≥∞√∴½¼¾⅓⅔"
  static let superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
  static let greek = "αβγδεζηθκλπρστφχψωΓΔΘΛΠΣΦΨΩ"
  static let circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉠㉡㉢㉣㉤㉮㉯㉰㉱㉲"
  static let roman = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"
  static let opening = "「『【〔〈《“‘"
  static let closing = "」』】〕〉》”’"
  static let bullets = "■□●○◎◆◇▲△▼▽▶▷◀◁★☆※☑☐☒✓"
  static let arrows = "→←↑↓↔⇒"
  static let signs = "§†☎♀♂₩®©™㈜"

  /// By code point.
  public static let all: [Character] = Array(
    [
      units, mathematics, superscripts, greek, circled, roman, opening, closing, bullets, arrows,
      signs,
    ].joined()
  ).sorted { $0.unicodeScalars.first!.value < $1.unicodeScalars.first!.value }
}
