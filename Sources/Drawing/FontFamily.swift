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

  public static let print: [FontFamily] = [
    .nanumGothic, .nanumBarunGothic, .nanumSquare, .nanumMyeongjo, .notoSans, .notoSerif,
  ]
  public static let handwriting: [FontFamily] = [
    .nanumPen, .nanumBrush, .nanumBarunpen, .eunjin, .eunjinNakseo,
  ]

  /// The Debian 12 package that installs it.
  public var debianPackage: String {
    switch self {
    case .nanumGothic, .nanumBarunGothic, .nanumMyeongjo: "fonts-nanum"
    case .nanumSquare, .nanumPen, .nanumBrush, .nanumBarunpen: "fonts-nanum-extra"
    case .notoSans, .notoSerif: "fonts-noto-cjk"
    case .eunjin, .eunjinNakseo: "fonts-alee"
    }
  }

  /// Whether a bold was drawn for it; pango would smear the regular one otherwise.
  public var hasBold: Bool {
    switch self {
    case .nanumPen, .nanumBrush, .eunjin, .eunjinNakseo: false
    default: true
    }
  }
}

/// A family at one of its drawn weights.
public struct Typeface: Hashable, Sendable {
  public var family: FontFamily
  public var isBold: Bool

  /// Falls back to the regular weight where the family has no bold.
  public init(_ family: FontFamily, bold: Bool = false) {
    self.family = family
    isBold = bold && family.hasBold
  }
}
