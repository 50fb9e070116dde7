import PageImaging

/// The few draws that every content makes.
extension SeededRandom {
  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  mutating func pick<T>(_ list: [T]) -> T { list[int(0...list.count - 1)] }

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// An item of `list`, each as likely as its weight.
  mutating func pick<T>(weighted list: [(item: T, weight: Int)]) -> T {
    var left = int(0...list.reduce(0) { $0 + $1.weight } - 1)
    for (item, weight) in list {
      left -= weight
      if left < 0 { return item }
    }
    return list[list.count - 1].item
  }

  /// `count` decimal digits, the first not zero.
  mutating func digits(_ count: Int) -> String {
    (0..<count).map { String(int(($0 == 0 ? 1 : 0)...9)) }.joined()
  }
}
