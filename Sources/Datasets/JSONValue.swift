/// A JSON value as a dataset needs it: whole numbers are kept, others only known to be numbers.
enum JSONValue: Equatable {
  case null
  case boolean
  case integer(Int)
  case number
  case string(String)
  case array([JSONValue])
  /// No key stands twice.
  case object([String: JSONValue])

  /// `a string`, as an error says it. Not the value: it may be patient data.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .integer: "a whole number"
    case .number: "a number that is not whole"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

struct JSONSyntaxError: Error, Equatable {
  /// Bytes from the start of the text.
  var offset: Int
  var problem: String
}
