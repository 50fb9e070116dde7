import Drawing
import PageImaging

/// How one physician writes.
package struct Hand {
  package var style: TextStyle
  /// Letter height of the family beside a printed one of the same size.
  private var growth: Double

  package init(_ random: inout SeededRandom) {
    let family = FontFamily.handwriting.randomElement(using: &random)!
    growth =
      switch family {
      case .nanumPen, .nanumBrush: 1.35
      case .eunjin, .eunjinNakseo: 1.1
      default: 1
      }
    let ink: Ink = random.uniform() < 0.6 ? .pen : .grey(0.07)
    style = TextStyle(
      Typeface(family), fallbacks: [Typeface(.nanumBarunpen), Typeface(.notoSans)],
      size: random.uniform(11...13).rounded() * growth, ink: ink)
  }

  /// Baseline to baseline, millimetres.
  var pitch: Double { style.size / growth * 25.4 / 72 * 1.6 }

  /// The hand at one line: no two lines come out at the same size.
  func style(_ random: inout SeededRandom) -> TextStyle {
    style.sized(style.size * random.uniform(0.975...1.02))
  }
}
