/// The font families pages are set in, by their fontconfig name.
public enum FontFamily: String, CaseIterable, Sendable {
  case nanumGothic = "NanumGothic"
  case nanumBarunGothic = "NanumBarunGothic"
  case nanumSquare = "NanumSquare"
  case nanumMyeongjo = "NanumMyeongjo"
  case notoSans = "Noto Sans CJK KR"
  case notoSerif = "Noto Serif CJK KR"
  case nanumPen = "Nanum Pen Script"
  case nanumBrush = "Nanum Brush Script"
  case nanumBarunpen = "NanumBarunpen"
  case eunjin = "Eunjin"
  case eunjinNakseo = "Eunjin Nakseo"

  // Practice sheets alone.
  case nanumGothicEco = "NanumGothic Eco"
  case nanumMyeongjoEco = "NanumMyeongjo Eco"
  case nanumSquareAC = "NanumSquare_ac"
  case notoMono = "Noto Sans Mono CJK KR"
  case bandal = "Bandal"
  case bangwool = "Bangwool"
  case guseul = "Guseul"
  case liberationSans = "Liberation Sans"
  case liberationSerif = "Liberation Serif"
  case liberationMono = "Liberation Mono"
  case liberationNarrow = "Liberation Sans Narrow"
  case dejaVuSans = "DejaVu Sans"
  case dejaVuSerif = "DejaVu Serif"
  case dejaVuMono = "DejaVu Sans Mono"

  // No page for training.
  case nanumSquareRound = "NanumSquareRound"
  case nanumGothicCoding = "NanumGothicCoding"

  public static let print: [FontFamily] = [
    .nanumGothic, .nanumBarunGothic, .nanumSquare, .nanumMyeongjo, .notoSans, .notoSerif,
  ]
  public static let handwriting: [FontFamily] = [
    .nanumPen, .nanumBrush, .nanumBarunpen, .eunjin, .eunjinNakseo,
  ]
  /// What documents are set in.
  public static let documents = print + handwriting
  /// What practice sheets are set in besides.
  public static let morePrint: [FontFamily] = [
    .nanumGothicEco, .nanumMyeongjoEco, .nanumSquareAC, .notoMono,
  ]
  public static let moreHandwriting: [FontFamily] = [.bandal, .bangwool, .guseul]
  /// Without Hangul: forms often set Latin and digits in these, and Hangul in another.
  public static let latin: [FontFamily] = [
    .liberationSans, .liberationSerif, .liberationMono, .liberationNarrow, .dejaVuSans,
    .dejaVuSerif, .dejaVuMono,
  ]
  /// In no page for training, ever: what a model makes of them tells how it reads strange print.
  public static let unseen: [FontFamily] = [.nanumSquareRound, .nanumGothicCoding]

  /// The Debian 12 package that installs it.
  public var debianPackage: String {
    switch self {
    case .nanumGothic, .nanumBarunGothic, .nanumMyeongjo: "fonts-nanum"
    case .nanumSquare, .nanumPen, .nanumBrush, .nanumBarunpen: "fonts-nanum-extra"
    case .nanumGothicEco, .nanumMyeongjoEco, .nanumSquareAC: "fonts-nanum-extra"
    case .nanumSquareRound, .nanumGothicCoding: "fonts-nanum"
    case .notoSans, .notoSerif, .notoMono: "fonts-noto-cjk"
    case .eunjin, .eunjinNakseo, .bandal, .bangwool, .guseul: "fonts-alee"
    case .liberationSans, .liberationSerif, .liberationMono, .liberationNarrow:
      "fonts-liberation"
    case .dejaVuSans, .dejaVuSerif, .dejaVuMono: "fonts-dejavu-core"
    }
  }

  /// The weights that were drawn for it; pango would smear or thin another one otherwise.
  public var weights: [Typeface.Weight] {
    switch self {
    case .nanumGothic, .nanumSquare: [.light, .regular, .bold, .extraBold]
    case .nanumBarunGothic: [.ultraLight, .light, .regular, .bold]
    case .nanumMyeongjo: [.regular, .bold, .extraBold]
    case .nanumSquareAC: [.light, .regular, .bold]
    case .notoSans, .notoSerif, .notoMono, .nanumBarunpen, .nanumSquareRound,
      .nanumGothicCoding, .liberationSans, .liberationSerif, .liberationMono, .liberationNarrow,
      .dejaVuSans, .dejaVuSerif, .dejaVuMono:
      [.regular, .bold]
    default: [.regular]
    }
  }

  public var hasBold: Bool { weights.contains(.bold) }
}

/// A family at one of its drawn weights.
public struct Typeface: Hashable, Sendable {
  /// As in CSS, OpenType and pango.
  public enum Weight: Int, Sendable, CaseIterable {
    case ultraLight = 200
    case light = 300
    case regular = 400
    case bold = 700
    case extraBold = 800
  }

  public var family: FontFamily
  public var weight: Weight
  public var isBold: Bool { weight == .bold }

  /// Falls back to the regular weight where the family has no bold.
  public init(_ family: FontFamily, bold: Bool = false) {
    self.init(family, weight: bold ? .bold : .regular)
  }

  /// Falls back to the regular weight where the family has no such weight.
  public init(_ family: FontFamily, weight: Weight) {
    self.family = family
    self.weight = family.weights.contains(weight) ? weight : .regular
  }
}
