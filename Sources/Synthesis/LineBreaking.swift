import Drawing

extension Typesetter {
  /// Breaks a paragraph at its spaces into lines no wider than `width` millimetres; a word wider
  /// than a line is broken between characters.
  func wrap(_ text: String, _ style: TextStyle, width: Double) throws -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if try set(longer, style).width <= width {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      for character in word {
        if try !line.isEmpty && set(line + String(character), style).width > width {
          lines.append(line)
          line = ""
        }
        line.append(character)
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
