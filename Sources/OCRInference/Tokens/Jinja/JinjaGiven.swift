/// The arguments a filter, method or function is called with.
struct JinjaGiven {
  var positional: [JinjaValue]
  var named: [(String, JinjaValue)]

  init(_ positional: [JinjaValue] = [], _ named: [(String, JinjaValue)] = []) {
    self.positional = positional
    self.named = named
  }

  /// The arguments in the order of the names; nil where one is not given.
  func taken(
    _ names: [String], by callee: String, _ interpreter: JinjaInterpreter
  ) throws(JinjaProblem) -> [JinjaValue?] {
    guard positional.count <= names.count else {
      throw interpreter.failure("'\(callee)' takes at most \(names.count) arguments")
    }
    var values: [JinjaValue?] = positional
    values += Array(repeating: nil, count: names.count - positional.count)
    for (name, value) in named {
      guard let index = names.firstIndex(of: name), values[index] == nil else {
        throw interpreter.failure("'\(callee)' takes no argument '\(name.prefix(60))' there")
      }
      values[index] = value
    }
    return values
  }
}

extension Optional where Wrapped == JinjaValue {
  static func == (value: Self, nothing: _OptionalNilComparisonType) -> Bool {
    if case .some = value { return false }
    return true
  }
}
