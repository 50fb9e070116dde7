/// Values as a line of bars, the least of them lowest: `▁▃█`. A blank is a value that is absent.
public enum Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  public static func of(_ values: [Double?]) -> String {
    let present = values.compactMap(\.self)
    guard let least = present.min(), let most = present.max() else {
      return String(repeating: " ", count: values.count)
    }
    let range = most - least
    return String(
      values.map { value -> Character in
        guard let value else { return " " }
        guard range > 0 else { return bars[0] }
        let step = ((value - least) / range * Double(bars.count - 1)).rounded()
        return bars[Int(step)]
      })
  }
}
