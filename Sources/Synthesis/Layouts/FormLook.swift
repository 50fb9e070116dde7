import Drawing
import PageImaging

/// The look of one hospital's printed forms, drawn by lot once a document.
package struct FormLook {
  enum TableStyle: CaseIterable {
    /// Every cell boxed.
    case grid
    /// Boxed, the left and right sides open, as statutory forms are.
    case openSides
    /// Horizontal rules only.
    case rules
  }

  package var text: TextStyle
  package var title: TextStyle
  /// Points.
  var thin: Double
  var thick: Double
  var headerFill: Ink?
  var table: TableStyle
  var boldLabels: Bool

  var size: Double { text.size }
  package var label: TextStyle { boldLabels ? text.bold : text }
  var small: TextStyle { text.sized(size * 0.86) }

  package init(_ random: inout SeededRandom, size: ClosedRange<Double>) {
    let family = FontFamily.print.randomElement(using: &random)!
    let titleFamily =
      random.uniform() < 0.6 ? family : FontFamily.print.randomElement(using: &random)!
    let points = (random.uniform(size) * 4).rounded() / 4
    // Noto draws the circled numbers, superscripts and Greek letters that a Nanum font may lack.
    let fallbacks = [
      Typeface([.nanumMyeongjo, .notoSerif].contains(family) ? .notoSerif : .notoSans)
    ]
    text = TextStyle(Typeface(family), fallbacks: fallbacks, size: points)
    title = TextStyle(Typeface(titleFamily, bold: true), fallbacks: fallbacks, size: points * 2)
    thin = [0.3, 0.4, 0.5].randomElement(using: &random)!
    thick = [0.8, 1.0, 1.4].randomElement(using: &random)!
    headerFill =
      [nil, Ink.lightShade, Ink.shade]
      .randomElement(using: &random)!
    table = TableStyle.allCases.randomElement(using: &random)!
    boldLabels = random.uniform() < 0.5
  }
}
