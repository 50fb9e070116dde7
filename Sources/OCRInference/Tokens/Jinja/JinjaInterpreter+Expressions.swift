extension JinjaInterpreter {
  mutating func evaluate(_ expression: JinjaExpression) throws(JinjaProblem) -> JinjaValue {
    try spend()
    return try deeper { (self) throws(JinjaProblem) in try self.value(of: expression) }
  }

  private mutating func evaluate(
    _ expressions: [JinjaExpression]
  ) throws(JinjaProblem) -> [JinjaValue] {
    var values: [JinjaValue] = []
    for expression in expressions { values.append(try evaluate(expression)) }
    return values
  }

  private mutating func value(of expression: JinjaExpression) throws(JinjaProblem) -> JinjaValue {
    switch expression.kind {
    case .literal(let value): return value
    case .name(let name): return value(of: name)
    case .list(let parts): return .list(try list(try evaluate(parts)))
    case .tuple(let parts): return .tuple(try list(try evaluate(parts)))
    case .dictionary(let pairs): return try dictionary(pairs)
    case .attribute(let operand, let name):
      let value = try evaluate(operand)
      line = expression.line
      return try attribute(name, of: value)
    case .item(let operand, let index):
      let value = try evaluate(operand)
      let index = try evaluate(index)
      line = expression.line
      return try item(index, of: value)
    case .slice(let operand, let start, let stop, let step):
      return try slice(operand, start, stop, step, line: expression.line)
    case .call(let callee, let arguments):
      return try call(callee, arguments, line: expression.line)
    case .filter(let operand, let name, let arguments):
      let value = try evaluate(operand)
      let (positional, named) = try evaluate(arguments)
      line = expression.line
      return try filter(name, value, JinjaGiven(positional, named))
    case .test(let operand, let name, let arguments):
      let value = try evaluate(operand)
      let arguments = try evaluate(arguments)
      line = expression.line
      return .bool(try test(name, value, arguments))
    case .conditional(let value, let test, let otherwise):
      if try evaluate(test).isTrue { return try evaluate(value) }
      guard let otherwise else {
        return .undefined("an inline 'if' was false and has no 'else'")
      }
      return try evaluate(otherwise)
    default: return try operation(expression)
    }
  }

  private mutating func operation(_ expression: JinjaExpression) throws(JinjaProblem) -> JinjaValue
  {
    switch expression.kind {
    case .not(let operand): return .bool(!(try evaluate(operand).isTrue))
    case .and(let left, let right):
      let value = try evaluate(left)
      return value.isTrue ? try evaluate(right) : value
    case .or(let left, let right):
      let value = try evaluate(left)
      return value.isTrue ? value : try evaluate(right)
    case .sign(let operand, let isNegative):
      let value = try evaluate(operand)
      line = expression.line
      return try signed(value, isNegative: isNegative)
    case .arithmetic(let left, let sign, let right):
      let left = try evaluate(left)
      let right = try evaluate(right)
      line = expression.line
      return try arithmetic(left, sign, right)
    case .concatenation(let parts):
      var whole = ""
      for part in parts {
        let text = try text(of: try evaluate(part))
        try spend(bytes: whole.utf8.count + text.utf8.count)
        whole += text
      }
      return .string(whole)
    case .comparison(let first, let rest):
      var left = try evaluate(first)
      for (comparison, operand) in rest {
        let right = try evaluate(operand)
        line = expression.line
        guard try compare(left, comparison, right) else { return .bool(false) }
        left = right
      }
      return .bool(true)
    default: throw unsupported("an expression")
    }
  }

  private mutating func dictionary(_ pairs: [JinjaPair]) throws(JinjaProblem) -> JinjaValue {
    var dictionary = JinjaDictionary()
    for pair in pairs {
      let keyValue = try evaluate(pair.key)
      let value = try evaluate(pair.value)
      try set(keyValue, value, in: &dictionary)
    }
    return .dictionary(dictionary)
  }

  mutating func set(
    _ keyValue: JinjaValue, _ value: JinjaValue, in dictionary: inout JinjaDictionary
  ) throws(JinjaProblem) {
    guard let key = JinjaKey(keyValue) else {
      throw unsupported("\(keyValue.typeName) as a dictionary's key")
    }
    if case .namespace = value { throw unsupported("a namespace within a dictionary") }
    try spend(bytes: 64)
    dictionary.set(key, keyValue, value)
    try checkDepth(dictionary.depth)
  }

  // MARK: Attributes and items

  /// `value.name`: Python's own attribute first, then the item.
  mutating func attribute(_ name: String, of value: JinjaValue) throws(JinjaProblem) -> JinjaValue {
    // The sandbox keeps Python's internals undefined.
    guard !name.hasPrefix("__") else {
      if case .undefined(let words) = value { throw failure(words) }
      return missing(name)
    }
    switch value {
    case .undefined(let words): throw failure(words)
    case .namespace(let place):
      return namespaces[place][name] ?? missing(name)
    case .loop(let place):
      if name == "cycle" || name == "changed" { return .method(value, name) }
      guard loops.indices.contains(place) else { throw unsupported("'loop' outside its loop") }
      guard let attribute = loops[place].attribute(name) else {
        throw unsupported("'loop.\(name.prefix(60))'")
      }
      return attribute
    case .string, .list, .tuple, .dictionary:
      if JinjaMethods.names(of: value).contains(name) { return .method(value, name) }
      if case .dictionary(let dictionary) = value, let item = dictionary[name] { return item }
      return missing(name)
    case .none: return missing(name)
    default: throw unsupported("an attribute of \(value.typeName)")
    }
  }

  private func missing(_ name: String) -> JinjaValue {
    .undefined("there is no attribute '\(name.prefix(60))'")
  }

  /// `value[index]`: the item first, then the attribute.
  mutating func item(_ index: JinjaValue, of value: JinjaValue) throws(JinjaProblem) -> JinjaValue {
    let missing = JinjaValue.undefined("there is no such item")
    switch value {
    case .undefined(let words): throw failure(words)
    case .dictionary(let dictionary):
      if let key = JinjaKey(index), let item = dictionary[key] { return item }
    case .list(let list), .tuple(let list), .view(let list, .range):
      if let index = index.integer {
        let place = index < 0 ? index + list.elements.count : index
        return list.elements.indices.contains(place) ? list.elements[place] : missing
      }
    case .string(let text):
      if let index = index.integer {
        try spend(bytes: text.utf8.count)
        let scalars = Array(text.unicodeScalars)
        let place = index < 0 ? index + scalars.count : index
        return scalars.indices.contains(place) ? .string(String(scalars[place])) : missing
      }
    default: break
    }
    guard case .string(let name) = index else { return missing }
    // The name may be a message's text, which no error tells.
    if case .loop(let place) = value {
      guard loops.indices.contains(place) else { throw unsupported("'loop' outside its loop") }
      return loops[place].attribute(name) ?? missing
    }
    let found = try attribute(name, of: value)
    if case .undefined = found { return missing }
    return found
  }

  private mutating func slice(
    _ operand: JinjaExpression, _ start: JinjaExpression?, _ stop: JinjaExpression?,
    _ step: JinjaExpression?, line: Int
  ) throws(JinjaProblem) -> JinjaValue {
    let value = try evaluate(operand)
    var bounds: [Int?] = []
    for part in [start, stop, step] {
      let bound = try part.map { (part) throws(JinjaProblem) in try evaluate(part) }
      switch bound {
      case nil, .some(.none): bounds.append(nil)
      case let bound?:
        guard let integer = bound.integer else {
          throw failure("\(bound.typeName) cannot bound a slice")
        }
        bounds.append(integer)
      }
    }
    self.line = line
    let step = bounds[2] ?? 1
    guard step != 0 else { throw failure("a slice's step is 0") }
    switch value {
    case .undefined(let words): throw failure(words)
    case .string(let text):
      try spend(bytes: text.utf8.count)
      let scalars = Array(text.unicodeScalars)
      let places = places(bounds[0], bounds[1], step, count: scalars.count)
      return .string(String(scalars: places.map { scalars[$0] }))
    case .list(let all):
      let places = places(bounds[0], bounds[1], step, count: all.elements.count)
      return .list(try list(places.map { all.elements[$0] }))
    case .tuple(let all):
      let places = places(bounds[0], bounds[1], step, count: all.elements.count)
      return .tuple(try list(places.map { all.elements[$0] }))
    case .view(_, .range): throw unsupported("a slice of a range")
    default: throw failure("\(value.typeName) cannot be sliced")
    }
  }

  /// As Python's `slice.indices`.
  private func places(_ start: Int?, _ stop: Int?, _ step: Int, count: Int) -> [Int] {
    func place(_ bound: Int, _ low: Int, _ high: Int) -> Int {
      min(max(bound < 0 ? max(bound, -count - 1) + count : bound, low), high)
    }
    if step > 0 {
      let from = start.map { place($0, 0, count) } ?? 0
      let to = stop.map { place($0, 0, count) } ?? count
      return from < to ? Array(stride(from: from, to: to, by: min(step, count + 1))) : []
    }
    let from = start.map { place($0, -1, count - 1) } ?? count - 1
    let to = stop.map { place($0, -1, count - 1) } ?? -1
    return from > to ? Array(stride(from: from, to: to, by: max(step, -count - 1))) : []
  }

  // MARK: Calls

  private mutating func evaluate(
    _ arguments: JinjaArguments
  ) throws(JinjaProblem) -> ([JinjaValue], [(String, JinjaValue)]) {
    let positional = try evaluate(arguments.positional)
    var named: [(String, JinjaValue)] = []
    for (name, expression) in arguments.named { named.append((name, try evaluate(expression))) }
    return (positional, named)
  }

  private mutating func call(
    _ callee: JinjaExpression, _ arguments: JinjaArguments, line: Int
  ) throws(JinjaProblem) -> JinjaValue {
    let function = try evaluate(callee)
    let (positional, named) = try evaluate(arguments)
    self.line = line
    switch function {
    case .undefined(let words): throw failure(words)
    case .macro(let place): return try call(macro: place, positional, named)
    case .method(let receiver, let name):
      return try method(name, of: receiver, JinjaGiven(positional, named))
    case .function(.raiseException):
      // Its text may hold a message's: only what stands in the template is told.
      var text: String?
      if case .literal(.string(let words))? = arguments.positional.first?.kind { text = words }
      throw JinjaProblem(line: line, problem: .raised(text))
    case .function(let function):
      return try call(function, JinjaGiven(positional, named))
    default: throw failure("\(function.typeName) cannot be called")
    }
  }
}
