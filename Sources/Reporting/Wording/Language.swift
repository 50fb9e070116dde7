import Foundation

/// A language that reports are written in.
public enum Language: String, Sendable, CaseIterable, Codable {
  case korean = "ko"
  case english = "en"

  /// As POSIX ranks them: `LC_ALL`, then `LC_MESSAGES`, then `LANG`. Korean for `ko…`, else English.
  public static func current(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    return locale.map { $0 == "ko" || $0.hasPrefix("ko_") || $0.hasPrefix("ko.") } == true
      ? .korean : .english
  }
}
