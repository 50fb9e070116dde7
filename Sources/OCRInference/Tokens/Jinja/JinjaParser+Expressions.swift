/// Expressions, loosest binding first, in the order of jinja2's `Parser`: `~` binds tighter than
/// `+`, and a filter tighter than every operator but a sign.
extension JinjaParser {
  private func node(
    _ kind: JinjaExpression.Kind, line: Int
  ) throws(JinjaProblem) -> JinjaExpression {
    let node = JinjaExpression(kind, line: line)
    guard node.height <= JinjaLimits.height else {
      throw .tooLarge(line, "an expression nests deeper than \(JinjaLimits.height)")
    }
    return node
  }

  /// One expression, or several with commas: a tuple.
  mutating func tuple(
    allowsConditional: Bool = true, isInBrackets: Bool = false
  ) throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var parts: [JinjaExpression] = []
    var isTuple = false
    while !endsTuple {
      parts.append(allowsConditional ? try expression() : try alternatives())
      guard take(symbol: ",") else { break }
      isTuple = true
    }
    if !isTuple, let only = parts.first { return only }
    if !isTuple, !isInBrackets { throw unexpected("an expression") }
    return try node(.tuple(parts), line: line)
  }

  private var endsTuple: Bool {
    switch current.kind {
    case .variableEnd, .blockEnd, .symbol(")"): true
    default: false
    }
  }

  mutating func expression() throws(JinjaProblem) -> JinjaExpression {
    try nested { parser throws(JinjaProblem) in try parser.conditional() }
  }

  private mutating func conditional() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var value = try alternatives()
    while take(name: "if") {
      let test = try alternatives()
      let otherwise = take(name: "else") ? try expression() : nil
      value = try node(.conditional(value, test: test, otherwise: otherwise), line: line)
    }
    return value
  }

  /// `or`: an expression without an inline `if`.
  mutating func alternatives() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var value = try conjunction()
    while take(name: "or") { value = try node(.or(value, try conjunction()), line: line) }
    return value
  }

  private mutating func conjunction() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var value = try negation()
    while take(name: "and") { value = try node(.and(value, try negation()), line: line) }
    return value
  }

  private mutating func negation() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    guard take(name: "not") else { return try comparison() }
    let value = try nested { parser throws(JinjaProblem) in try parser.negation() }
    return try node(.not(value), line: line)
  }

  private mutating func comparison() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    let first = try sum()
    var rest: [(JinjaComparison, JinjaExpression)] = []
    while let comparison = takeComparison() { rest.append((comparison, try sum())) }
    return rest.isEmpty ? first : try node(.comparison(first, rest), line: line)
  }

  private mutating func takeComparison() -> JinjaComparison? {
    switch current.kind {
    case .symbol(let symbol):
      guard let comparison = JinjaComparison(rawValue: symbol) else { return nil }
      advance()
      return comparison
    case .name("in"):
      advance()
      return .isIn
    case .name("not") where isNextName("in"):
      advance()
      advance()
      return .isNotIn
    default: return nil
    }
  }

  private mutating func sum() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var value = try concatenation()
    while let sign = takeOperator([.add, .subtract]) {
      value = try node(.arithmetic(value, sign, try concatenation()), line: line)
    }
    return value
  }

  private mutating func concatenation() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var parts = [try product()]
    while take(symbol: "~") { parts.append(try product()) }
    return parts.count == 1 ? parts[0] : try node(.concatenation(parts), line: line)
  }

  private mutating func product() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var value = try power()
    while let sign = takeOperator([.multiply, .divide, .divideDown, .remainder]) {
      value = try node(.arithmetic(value, sign, try power()), line: line)
    }
    return value
  }

  private mutating func power() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var value = try unary()
    while take(symbol: "**") {
      value = try node(.arithmetic(value, .power, try unary()), line: line)
    }
    return value
  }

  private mutating func takeOperator(_ choices: [JinjaOperator]) -> JinjaOperator? {
    guard case .symbol(let symbol) = current.kind, let sign = JinjaOperator(rawValue: symbol),
      choices.contains(sign)
    else { return nil }
    advance()
    return sign
  }

  private mutating func unary(allowsFilter: Bool = true) throws(JinjaProblem) -> JinjaExpression {
    let line = line
    var value: JinjaExpression
    if isSymbol("-") || isSymbol("+") {
      let isNegative = isSymbol("-")
      advance()
      let part = try nested { parser throws(JinjaProblem) in
        try parser.unary(allowsFilter: false)
      }
      value = try node(.sign(part, isNegative: isNegative), line: line)
    } else {
      value = try primary()
    }
    value = try postfix(value)
    return allowsFilter ? try filtered(value) : value
  }

  // MARK: Operands

  private mutating func primary() throws(JinjaProblem) -> JinjaExpression {
    let line = line
    let kind: JinjaExpression.Kind
    switch current.kind {
    case .name(let name):
      advance()
      switch name {
      case "true", "True": kind = .literal(.bool(true))
      case "false", "False": kind = .literal(.bool(false))
      case "none", "None": kind = .literal(.none)
      default: kind = .name(name)
      }
    case .string(var text):
      advance()
      while case .string(let more) = current.kind {
        text += more
        advance()
      }
      kind = .literal(.string(text))
    case .integer(let number):
      advance()
      kind = .literal(.int(number))
    case .float(let number):
      advance()
      kind = .literal(.float(number))
    case .symbol("("):
      advance()
      let value = try tuple(isInBrackets: true)
      try expect(symbol: ")")
      return value
    case .symbol("["): kind = .list(try list())
    case .symbol("{"): kind = .dictionary(try dictionary())
    default: throw unexpected("an expression")
    }
    return try node(kind, line: line)
  }

  private mutating func list() throws(JinjaProblem) -> [JinjaExpression] {
    advance()
    var parts: [JinjaExpression] = []
    while !isSymbol("]") {
      if !parts.isEmpty { try expect(symbol: ",") }
      if isSymbol("]") { break }
      parts.append(try expression())
    }
    advance()
    return parts
  }

  private mutating func dictionary() throws(JinjaProblem) -> [JinjaPair] {
    advance()
    var pairs: [JinjaPair] = []
    while !isSymbol("}") {
      if !pairs.isEmpty { try expect(symbol: ",") }
      if isSymbol("}") { break }
      let key = try expression()
      try expect(symbol: ":")
      pairs.append(JinjaPair(key: key, value: try expression()))
    }
    advance()
    return pairs
  }

  // MARK: What follows an operand

  private mutating func postfix(_ operand: JinjaExpression) throws(JinjaProblem)
    -> JinjaExpression
  {
    var value = operand
    while case .symbol(let symbol) = current.kind {
      let line = line
      switch symbol {
      case ".":
        advance()
        if case .integer(let index) = current.kind {
          advance()
          let key = JinjaExpression(.literal(.int(index)), line: line)
          value = try node(.item(value, key), line: line)
        } else {
          value = try node(.attribute(value, try expectName()), line: line)
        }
      case "[": value = try subscripted(value)
      case "(": value = try node(.call(value, try arguments()), line: line)
      default: return value
      }
    }
    return value
  }

  private mutating func subscripted(_ value: JinjaExpression) throws(JinjaProblem)
    -> JinjaExpression
  {
    let line = line
    advance()
    var start: JinjaExpression?
    if !isSymbol(":") {
      let index = try expression()
      if isSymbol(",") { throw .unsupported(line, "several indices in one pair of brackets") }
      if take(symbol: "]") { return try node(.item(value, index), line: line) }
      start = index
    }
    try expect(symbol: ":")
    let stop = isSymbol(":") || isSymbol("]") ? nil : try expression()
    var step: JinjaExpression?
    if take(symbol: ":"), !isSymbol("]") { step = try expression() }
    try expect(symbol: "]")
    return try node(.slice(value, start: start, stop: stop, step: step), line: line)
  }

  private mutating func arguments() throws(JinjaProblem) -> JinjaArguments {
    try expect(symbol: "(")
    var arguments = JinjaArguments()
    var isFirst = true
    while !isSymbol(")") {
      if !isFirst {
        try expect(symbol: ",")
        if isSymbol(")") { break }
      }
      isFirst = false
      if isSymbol("*") || isSymbol("**") {
        throw .unsupported(line, "arguments from a list or dictionary ('*')")
      }
      if case .name(let name) = current.kind, isNextSymbol("=") {
        advance()
        advance()
        guard !arguments.named.contains(where: { $0.name == name }) else {
          throw .syntax(line, "the argument '\(name.prefix(60))' is given twice")
        }
        arguments.named.append((name, try expression()))
      } else {
        guard arguments.named.isEmpty else {
          throw .syntax(line, "an argument without a name follows one that has it")
        }
        arguments.positional.append(try expression())
      }
    }
    advance()
    return arguments
  }

  private mutating func filtered(_ operand: JinjaExpression) throws(JinjaProblem)
    -> JinjaExpression
  {
    var value = operand
    while true {
      let line = line
      if take(symbol: "|") {
        let name = try dottedName()
        let arguments = isSymbol("(") ? try arguments() : JinjaArguments()
        value = try node(.filter(value, name, arguments), line: line)
      } else if take(name: "is") {
        value = try test(of: value, line: line)
      } else if isSymbol("(") {
        value = try node(.call(value, try arguments()), line: line)
      } else {
        return value
      }
    }
  }

  private mutating func dottedName() throws(JinjaProblem) -> String {
    var name = try expectName()
    while take(symbol: ".") { name += "." + (try expectName()) }
    return name
  }

  private mutating func test(of value: JinjaExpression, line: Int) throws(JinjaProblem)
    -> JinjaExpression
  {
    let isNegated = take(name: "not")
    let name = try dottedName()
    var arguments: [JinjaExpression] = []
    if isSymbol("(") {
      let given = try self.arguments()
      guard given.named.isEmpty else { throw .unsupported(line, "a test's argument by name") }
      arguments = given.positional
    } else if beginsTestArgument {
      if isName("is") { throw .syntax(line, "tests with 'is' cannot be chained") }
      arguments = [try postfix(try primary())]
    }
    let test = try node(.test(value, name, arguments), line: line)
    return isNegated ? try node(.not(test), line: line) : test
  }

  private var beginsTestArgument: Bool {
    switch current.kind {
    case .name(let name): !["else", "or", "and"].contains(name)
    case .string, .integer, .float, .symbol("["), .symbol("{"): true
    default: false
    }
  }
}
