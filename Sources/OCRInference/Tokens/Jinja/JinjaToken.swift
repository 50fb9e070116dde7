/// What the lexer hands the parser: text between tags, and the words within them.
struct JinjaToken: Equatable {
  enum Kind: Equatable {
    /// Template text, its whitespace already trimmed as its neighbours ask.
    case data(String)
    case blockBegin, blockEnd, variableBegin, variableEnd
    case name(String)
    case string(String)
    case integer(Int)
    case float(Double)
    /// `+ - * / // % ** ~ == != < <= > >= = . : | , ; ( ) [ ] { }`
    case symbol(String)
    case end
  }

  var kind: Kind
  var line: Int

  /// What an error may say of it: part of the template, never of a message.
  var words: String {
    switch kind {
    case .data: "text"
    case .blockBegin: "'{%'"
    case .blockEnd: "'%}'"
    case .variableBegin: "'{{'"
    case .variableEnd: "'}}'"
    case .name(let name): "'\(name.prefix(60))'"
    case .string: "a string"
    case .integer, .float: "a number"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the template's end"
    }
  }
}
