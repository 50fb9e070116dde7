/// Finds the highest rate that holds: rising by a factor until one is lost, falling by halves where the first is lost
/// already, then between the two.
struct RateSearch {
  private let start: Double
  private let growth: Double
  /// The highest that held and the lowest that was lost.
  private(set) var held: Double?
  private(set) var lost: Double?
  private var tries = 0

  /// Both ends of the knee this near, as a ratio, is near enough.
  static let precision = 1.05
  private static let mostTries = 32
  /// Below a sixty-fourth of the first rate nobody waits for an answer.
  private static let lowestShare = 1.0 / 64

  init(start: Double, growth: Double) {
    precondition(start > 0 && growth > 1)
    self.start = start
    self.growth = growth
  }

  mutating func record(_ rate: Double, holds: Bool) {
    tries += 1
    if holds { held = max(held ?? rate, rate) } else { lost = min(lost ?? rate, rate) }
  }

  /// nil where it is done.
  var next: Double? {
    guard tries < Self.mostTries else { return nil }
    switch (held, lost) {
    case (nil, nil): return start
    case (let held?, nil): return held * growth
    case (nil, let lost?): return lost > start * Self.lowestShare ? lost / 2 : nil
    case (let held?, let lost?):
      return lost / held > Self.precision ? (held * lost).squareRoot() : nil
    }
  }
}
