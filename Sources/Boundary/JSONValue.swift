/// A JSON value (RFC 8259) as it was written: members in their order, numbers digit for digit.
///
/// Foundation's parser reorders members, lets repeated keys pass and turns `5.0` into `5` and `0.10`
/// into `0.1`. A dose must be compared as it was read.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// As written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Equatable, Sendable {
    package var key: String
    package var value: JSONValue

    package init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The last member of that name, as most parsers take it.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// A whole number written without a point or exponent.
  package var integer: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits)
  }
}

/// How much more than the grammar a text must keep to.
package enum JSONRules: Sendable {
  case standard
  /// No key twice, and no string with more than 30 combining marks in a row.
  case strict
}

/// Where JSON ends to be JSON; never what stands there, which may be a patient's. Each reader has its
/// own words for the problem, for one speaks of a line that a person wrote, another of a program.
package struct JSONSyntaxError: Error, Equatable {
  package enum Problem: Equatable, Sendable {
    case notUTF8
    case textEnds, noValue, tooDeep, textAfterValue
    case noKey, repeatedKey, noColon
    /// Neither a comma nor the bracket that closes the array or object.
    case noCommaOr(Unicode.Scalar)
    case noNumber, noDigit
    case unfinishedString, controlCharacter, manyCombiningMarks
    case unknownEscape, unfinishedEscape, noHexadecimal, halfSurrogatePair
  }

  /// Bytes from the start of the text.
  package var offset: Int
  package var problem: Problem

  package init(offset: Int, problem: Problem) {
    self.offset = offset
    self.problem = problem
  }
}
