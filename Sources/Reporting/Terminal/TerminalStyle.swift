import Foundation

/// How a word stands out on a terminal; nothing depends on it, for a pipe shows none.
public enum TerminalStyle: Sendable, Hashable {
  case plain, strong, faint, good, caution, bad

  /// `text` wrapped in the SGR sequence of ECMA-48 and its reset.
  func applied(to text: String) -> String {
    let code: String
    switch self {
    case .plain: return text
    case .strong: code = "1"
    case .faint: code = "2"
    case .good: code = "1;32"
    case .caution: code = "1;33"
    case .bad: code = "1;31"
    }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// Colour only where a person looks: on a terminal that is not `dumb`, and only while `NO_COLOR`
  /// is unset or empty (no-color.org).
  public static func isColoured(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    isTerminal: Bool = isatty(STDOUT_FILENO) == 1
  ) -> Bool {
    isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }
}

/// A piece of text and how it stands out.
///
/// Control characters and marks that turn the direction of writing become U+FFFD: a model's output
/// or a file's name must not steer the reader's terminal.
public struct StyledText: Sendable, Hashable, ExpressibleByStringInterpolation {
  public var text: String
  public var style: TerminalStyle

  public init(_ text: String, _ style: TerminalStyle = .plain) {
    self.text = Self.harmless(text)
    self.style = style
  }

  public init(stringLiteral text: String) { self.init(text) }

  func rendered(coloured: Bool) -> String {
    coloured ? style.applied(to: text) : text
  }

  static func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: steers) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(steers(scalar) ? "\u{FFFD}" : scalar) }
    return String(scalars)
  }

  private static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    default:
      return (0x202A...0x202E) ~= scalar.value || (0x2066...0x2069) ~= scalar.value
    }
  }
}
