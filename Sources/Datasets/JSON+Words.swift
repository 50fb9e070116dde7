import Boundary

extension JSONValue {
  /// `a string`, as an error says it. Not the value: it may be patient data.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: integer == nil ? "a number that is not whole" : "a whole number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension JSONSyntaxError {
  /// To who wrote the line.
  var words: String {
    switch problem {
    case .notUTF8: "the text is not UTF-8"
    case .textEnds: "the line ends where a value should stand"
    case .noValue: "this starts no value"
    case .tooDeep: "nested deeper than \(JSONValue.maximumDepth) levels"
    case .textAfterValue: "text after the value"
    case .noKey: "a key in quotes should stand here"
    case .repeatedKey: "a key stands twice"
    case .noColon: "a \":\" should stand here"
    case .noCommaOr(let bracket): "a \",\" or \"\(bracket)\" should stand here"
    case .noNumber: "this is no number of JSON's"
    case .noDigit: "a digit should stand here"
    case .unfinishedString: "the line ends inside a string"
    case .controlCharacter: "a control character in a string; write it as \\n, \\t or \\u0000"
    case .manyCombiningMarks: "more than 30 combining marks in a row"
    case .unknownEscape: "no escape starts so"
    case .unfinishedEscape: "the line ends inside an escape"
    case .noHexadecimal: "four hexadecimal digits should follow"
    case .halfSurrogatePair: "half a surrogate pair"
    }
  }
}
