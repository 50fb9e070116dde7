extension String {
  /// The text in full with what is no printable character escaped, so that a hostile name cannot
  /// break an error's line or send the terminal commands.
  package var onOneLine: String {
    var line = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        line += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// The same of the first 60 characters, for what may be of any length: an id, a key, a value.
  package var excerptOnOneLine: String {
    let scalars = unicodeScalars
    let excerpt = String(scalars.prefix(60)).onOneLine
    return scalars.dropFirst(60).isEmpty ? excerpt : excerpt + "…"
  }
}
