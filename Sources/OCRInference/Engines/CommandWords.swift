/// A command line as words: white space parts them, quotes and backslashes keep them together.
///
/// A subset of the shell's rules (POSIX.1-2017, Shell Command Language 2.2): no variables, no
/// patterns, nothing that runs anything.
public enum CommandWords {
  /// - Throws: `EngineUsageError` where a quote is never closed or a backslash ends the line.
  public static func split(_ line: String) throws -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var characters = line.makeIterator()
    while let character = characters.next() {
      if character == "\\", quote != "'" {
        guard let escaped = characters.next() else { throw unfinished("a backslash at the end") }
        // Between double quotes a backslash stands for itself except before these.
        if quote == "\"", escaped != "\"", escaped != "\\" { word = (word ?? "") + "\\" }
        word = (word ?? "") + String(escaped)
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let finished = word { words.append(finished) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let quote { throw unfinished("a \(quote) that is never closed") }
    return words + (word.map { [$0] } ?? [])
  }

  private static func unfinished(_ what: String) -> EngineUsageError {
    EngineUsageError(description: "--command: \(what); close it or put a backslash before it")
  }
}
