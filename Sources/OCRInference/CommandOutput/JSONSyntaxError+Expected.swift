import Boundary

extension JSONSyntaxError {
  /// What a program should have written there.
  var expected: String {
    switch problem {
    case .notUTF8: "UTF-8"
    case .textEnds, .noValue, .noNumber, .noDigit: "a value"
    case .tooDeep: "at most \(JSONValue.maximumDepth) levels"
    case .textAfterValue: "nothing after the value"
    case .noKey: "a name in quotation marks"
    case .repeatedKey: "each name once"
    case .noColon: "':'"
    case .noCommaOr(let bracket): "',' or '\(bracket)'"
    case .unfinishedString: "'\"' at the end of a string"
    case .controlCharacter: "control characters written as \\u escapes"
    case .manyCombiningMarks: "at most 30 combining marks in a row"
    case .unknownEscape: "one of \"\\/bfnrtu after '\\'"
    case .unfinishedEscape, .noHexadecimal: "four hexadecimal digits after '\\u'"
    case .halfSurrogatePair: "a pair of surrogates"
    }
  }
}
