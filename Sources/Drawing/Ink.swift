/// A colour laid on the page: sRGB and opacity, each in 0...1.
public struct Ink: Hashable, Sendable {
  public var red: Double
  public var green: Double
  public var blue: Double
  public var opacity: Double

  public init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  public static func grey(_ level: Double) -> Ink { Ink(red: level, green: level, blue: level) }
  /// The two fills of headers and the faint rule of lined paper, each a colour of `PagePalette`.
  public static let lightShade = grey(Double(0xee) / 255)
  public static let shade = grey(Double(0xdd) / 255)
  public static let faintRule = grey(Double(0x99) / 255)
  public static let black = grey(0)
  public static let white = grey(1)
  /// 인주, the vermilion paste of Korean seals.
  public static let seal = Ink(red: 0.80, green: 0.13, blue: 0.14)
  /// Blue-black ballpoint.
  public static let pen = Ink(red: 0.09, green: 0.16, blue: 0.45)
}
