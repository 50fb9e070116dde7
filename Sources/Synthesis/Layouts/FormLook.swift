import Drawing
import PageImaging

/// The look of one hospital's printed forms, drawn by lot once a document.
struct FormLook {
  enum TableStyle: CaseIterable {
    /// Every cell boxed.
    case grid
    /// Boxed, the left and right sides open, as statutory forms are.
    case openSides
    /// Horizontal rules only.
    case rules
  }

  var text: TextStyle
  var title: TextStyle
  /// Points.
  var thin: Double
  var thick: Double
  var headerFill: Ink?
  var table: TableStyle
  var boldLabels: Bool

  var size: Double { text.size }
  var label: TextStyle { boldLabels ? text.bold : text }
  var small: TextStyle { text.sized(size * 0.86) }

  init(_ random: inout SeededRandom, size: ClosedRange<Double>) {
    let family = FontFamily.print.randomElement(using: &random)!
    let titleFamily =
      random.uniform() < 0.6 ? family : FontFamily.print.randomElement(using: &random)!
    let points = (random.uniform(size) * 4).rounded() / 4
    // Noto draws the circled numbers, superscripts and Greek letters that a Nanum font may lack.
    let fallback = Typeface([.nanumMyeongjo, .notoSerif].contains(family) ? .notoSerif : .notoSans)
    text = TextStyle(Typeface(family), fallback: fallback, size: points)
    title = TextStyle(Typeface(titleFamily, bold: true), fallback: fallback, size: points * 2)
    thin = [0.3, 0.4, 0.5].randomElement(using: &random)!
    thick = [0.8, 1.0, 1.4].randomElement(using: &random)!
    headerFill =
      [nil, Ink.grey(0.93), Ink.grey(0.87)]
      .randomElement(using: &random)!
    table = TableStyle.allCases.randomElement(using: &random)!
    boldLabels = random.uniform() < 0.5
  }
}
