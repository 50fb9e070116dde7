extension JinjaInterpreter {
  /// `value is name`
  mutating func test(
    _ name: String, _ value: JinjaValue, _ arguments: [JinjaValue]
  ) throws(JinjaProblem) -> Bool {
    if let comparison = Self.comparisons[name] {
      guard arguments.count == 1 else { throw failure("the test '\(name)' takes one value") }
      return try compare(value, comparison, arguments[0])
    }
    switch name {
    case "divisibleby":
      guard arguments.count == 1 else { throw failure("the test '\(name)' takes one value") }
      return try arithmetic(value, .remainder, arguments[0]).number == 0
    case "sameas":
      guard arguments.count == 1 else { throw failure("the test '\(name)' takes one value") }
      return try isSame(value, arguments[0])
    default: break
    }
    guard arguments.isEmpty else {
      throw Self.plainTests.contains(name)
        ? failure("the test '\(name)' takes no value")
        : unsupported("the test '\(name.prefix(60))'")
    }
    return try plainTest(name, value)
  }

  private static let comparisons: [String: JinjaComparison] = [
    "equalto": .equal, "eq": .equal, "ne": .notEqual, "lt": .less, "lessthan": .less,
    "le": .lessOrEqual, "gt": .greater, "greaterthan": .greater, "ge": .greaterOrEqual,
    "in": .isIn,
  ]
  private static let plainTests: Set<String> = [
    "defined", "undefined", "none", "boolean", "true", "false", "integer", "float", "number",
    "string", "mapping", "iterable", "sequence", "callable", "odd", "even", "lower", "upper",
  ]

  private mutating func plainTest(_ name: String, _ value: JinjaValue) throws(JinjaProblem) -> Bool
  {
    switch (name, value) {
    case ("defined", .undefined), ("undefined", .undefined): return name == "undefined"
    case ("defined", _), ("undefined", _): return name == "defined"
    case ("none", .none), ("boolean", .bool), ("integer", .int), ("float", .float),
      ("string", .string), ("mapping", .dictionary):
      return true
    case ("none", _), ("boolean", _), ("integer", _), ("float", _), ("string", _),
      ("mapping", _):
      return false
    case ("true", .bool(let bool)): return bool
    case ("false", .bool(let bool)): return !bool
    case ("true", _), ("false", _): return false
    case ("number", _): return value.number != nil
    case ("iterable", .none), ("iterable", .bool), ("iterable", .int), ("iterable", .float),
      ("iterable", .namespace), ("iterable", .macro), ("iterable", .function),
      ("iterable", .method):
      return false
    case ("iterable", _): return true
    case ("sequence", .undefined), ("sequence", .string), ("sequence", .list),
      ("sequence", .tuple), ("sequence", .dictionary), ("sequence", .view(_, .range)):
      return true
    case ("sequence", _): return false
    case ("callable", .macro), ("callable", .function), ("callable", .method): return true
    case ("callable", .namespace), ("callable", .loop), ("callable", .undefined):
      throw unsupported("the test 'callable' of \(value.typeName)")
    case ("callable", _): return false
    case ("odd", _), ("even", _):
      let rest = try arithmetic(value, .remainder, .int(2)).number
      return rest == (name == "odd" ? 1 : 0)
    case ("lower", _), ("upper", _):
      let text = try text(of: value)
      let cased = text.unicodeScalars.filter(\.properties.isCased)
      return !cased.isEmpty
        && cased.allSatisfy {
          name == "lower" ? $0.properties.isLowercase : $0.properties.isUppercase
        }
    default: throw unsupported("the test '\(name.prefix(60))'")
    }
  }

  private func isSame(_ left: JinjaValue, _ right: JinjaValue) throws(JinjaProblem) -> Bool {
    switch (left, right) {
    case (.none, .none): true
    case (.bool(let left), .bool(let right)): left == right
    case (.none, _), (_, .none), (.bool, _), (_, .bool): false
    default: throw unsupported("the test 'sameas' of other than none and booleans")
    }
  }
}
