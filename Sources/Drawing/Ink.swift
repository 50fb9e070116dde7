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
  public static let black = grey(0)
  public static let white = grey(1)
  /// 인주, the vermilion paste of Korean seals.
  public static let seal = Ink(red: 0.80, green: 0.13, blue: 0.14)
  /// Blue-black ballpoint.
  public static let pen = Ink(red: 0.09, green: 0.16, blue: 0.45)
}
