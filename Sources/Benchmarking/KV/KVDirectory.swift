import Foundation

/// The directory of one run's results: `streaming_llm_pythia-2.8b_20241230_153045`.
public enum KVDirectory {
  /// - Parameter model: a path, OWNER/NAME or `preset:NAME`: what stands last in it is kept.
  public static func name(method: KVMethod, model: String, timestamp: String) -> String {
    let last = model.split { "/:".contains($0) }.last.map(String.init) ?? ""
    let safe = last.unicodeScalars.map { scalar in
      let isSafe =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789.-_".unicodeScalars.contains(scalar))
      return isSafe ? Character(scalar) : "-"
    }
    return "\(method.rawValue)_\(safe.isEmpty ? "model" : String(safe.prefix(80)))_\(timestamp)"
  }

  /// `20241230_153045`
  public static func timestamp(_ date: Date, in zone: TimeZone = .current) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: date)
    func digits(_ value: Int?, _ count: Int) -> String {
      let text = "\(value ?? 0)"
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2) + "_"
      + digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2)
  }
}
