extension String {
  /// The text as an error may quote it: at most 60 characters, control characters escaped, so
  /// that a hostile file cannot break the line, flood the terminal or send it commands.
  package var escapedOnOneLine: String {
    var shown = ""
    for scalar in unicodeScalars.prefix(60) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        shown.unicodeScalars.append(scalar)
      }
    }
    return unicodeScalars.dropFirst(60).isEmpty ? shown : shown + "…"
  }
}
