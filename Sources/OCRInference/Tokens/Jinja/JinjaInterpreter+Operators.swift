import Glibc

extension JinjaInterpreter {
  // MARK: Arithmetic

  func signed(_ value: JinjaValue, isNegative: Bool) throws(JinjaProblem) -> JinjaValue {
    if case .undefined(let words) = value { throw failure(words) }
    if case .float(let float) = value { return .float(isNegative ? -float : float) }
    guard let integer = value.integer else {
      throw failure("\(value.typeName) has no sign")
    }
    let (result, overflows) =
      isNegative ? (0).subtractingReportingOverflow(integer) : (integer, false)
    guard !overflows else { throw beyond64Bits }
    return .int(result)
  }

  private var beyond64Bits: JinjaProblem { unsupported("a whole number of more than 64 bits") }

  mutating func arithmetic(
    _ left: JinjaValue, _ sign: JinjaOperator, _ right: JinjaValue
  ) throws(JinjaProblem) -> JinjaValue {
    if case (.string, .remainder) = (left, sign) {
      throw unsupported("the formatting of a string with '%'")
    }
    for value in [left, right] {
      if case .undefined(let words) = value { throw failure(words) }
    }
    if let left = left.integer, let right = right.integer {
      return try integers(left, sign, right)
    }
    if let left = left.number, let right = right.number {
      return try floats(left, sign, right)
    }
    switch (left, sign, right) {
    case (.string(let left), .add, .string(let right)):
      try spend(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.list(let left), .add, .list(let right)):
      return .list(try list(left.elements + right.elements))
    case (.tuple(let left), .add, .tuple(let right)):
      return .tuple(try list(left.elements + right.elements))
    case (_, .multiply, _):
      if let count = right.integer { return try repeated(left, count) }
      if let count = left.integer { return try repeated(right, count) }
    default: break
    }
    throw failure("'\(sign.rawValue)' cannot join \(left.typeName) and \(right.typeName)")
  }

  private mutating func repeated(_ value: JinjaValue, _ count: Int) throws(JinjaProblem)
    -> JinjaValue
  {
    let count = max(count, 0)
    func size(_ one: Int) -> Int {
      let (size, overflows) = one.multipliedReportingOverflow(by: count)
      return overflows ? .max : size
    }
    switch value {
    case .string(let text):
      try spend(bytes: size(text.utf8.count))
      return .string(text.isEmpty ? "" : String(repeating: text, count: count))
    case .list(let part):
      let size = size(part.elements.count)
      guard size < JinjaLimits.text else { throw .tooLarge(line, "a list of \(size) elements") }
      let once = size == 0 ? 0 : count
      return .list(try list((0..<once).flatMap { _ in part.elements }))
    case .tuple: throw unsupported("the repetition of a tuple")
    default: throw failure("'*' cannot repeat \(value.typeName)")
    }
  }

  private func integers(_ left: Int, _ sign: JinjaOperator, _ right: Int) throws(JinjaProblem)
    -> JinjaValue
  {
    let result: (partialValue: Int, overflow: Bool)
    switch sign {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide: return try floats(Double(left), .divide, Double(right))
    case .divideDown, .remainder:
      guard right != 0 else { throw failure("a division by 0") }
      guard right != -1 else {
        if sign == .remainder { return .int(0) }
        result = (0).subtractingReportingOverflow(left)
        break
      }
      // Python rounds down, so the remainder has the divisor's sign.
      let (quotient, rest) = left.quotientAndRemainder(dividingBy: right)
      let isBelow = rest != 0 && (rest < 0) != (right < 0)
      return .int(
        sign == .divideDown ? quotient - (isBelow ? 1 : 0) : rest + (isBelow ? right : 0))
    case .power:
      guard right >= 0 else { return try floats(Double(left), .power, Double(right)) }
      var power: (partialValue: Int, overflow: Bool) = (1, false)
      if left == 0 || left == 1 { return .int(right == 0 ? 1 : left) }
      if left == -1 { return .int(right % 2 == 0 ? 1 : -1) }
      guard right < 64 else { throw beyond64Bits }
      for _ in 0..<right where !power.overflow {
        power = power.partialValue.multipliedReportingOverflow(by: left)
      }
      result = power
    }
    guard !result.overflow else { throw beyond64Bits }
    return .int(result.partialValue)
  }

  private func floats(_ left: Double, _ sign: JinjaOperator, _ right: Double) throws(JinjaProblem)
    -> JinjaValue
  {
    switch sign {
    case .add: return .float(left + right)
    case .subtract: return .float(left - right)
    case .multiply: return .float(left * right)
    case .divide, .divideDown, .remainder:
      guard right != 0 else { throw failure("a division by 0") }
      if sign == .divide { return .float(left / right) }
      var rest = fmod(left, right)
      let isBelow = rest != 0 && (rest < 0) != (right < 0)
      if sign == .remainder {
        if isBelow { rest += right }
        return .float(rest == 0 ? Double(signOf: right, magnitudeOf: 0) : rest)
      }
      let quotient = (left - (isBelow ? rest + right : rest)) / right
      return .float(quotient.rounded())
    case .power:
      let power = pow(left, right)
      guard left.isFinite, right.isFinite, power.isFinite, left >= 0 || right == right.rounded(),
        left != 0 || right >= 0
      else { throw unsupported("a power beyond real numbers") }
      return .float(power)
    }
  }

  // MARK: Comparison

  mutating func compare(
    _ left: JinjaValue, _ comparison: JinjaComparison, _ right: JinjaValue
  ) throws(JinjaProblem) -> Bool {
    switch comparison {
    case .equal: return try areEqual(left, right)
    case .notEqual: return !(try areEqual(left, right))
    case .less: return try isLess(left, right, orEqual: false, "<")
    case .lessOrEqual: return try isLess(left, right, orEqual: true, "<=")
    case .greater: return try isLess(right, left, orEqual: false, ">")
    case .greaterOrEqual: return try isLess(right, left, orEqual: true, ">=")
    case .isIn: return try contains(right, left)
    case .isNotIn: return !(try contains(right, left))
    }
  }

  mutating func areEqual(_ left: JinjaValue, _ right: JinjaValue) throws(JinjaProblem) -> Bool {
    try spend()
    if let left = left.integer, let right = right.integer { return left == right }
    if let left = left.number, let right = right.number { return left == right }
    switch (left, right) {
    case (.none, .none), (.undefined, .undefined): return true
    case (.string(let left), .string(let right)):
      guard left.utf8.count == right.utf8.count else { return false }
      try spend(left.utf8.count / 64)
      return left.isSame(as: right)
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)),
      (.view(let left, .range), .view(let right, .range)):
      guard left.elements.count == right.elements.count else { return false }
      for (left, right) in zip(left.elements, right.elements) {
        guard try areEqual(left, right) else { return false }
      }
      return true
    case (.dictionary(let left), .dictionary(let right)):
      guard left.count == right.count else { return false }
      for (key, value) in zip(left.keys, left.values) {
        guard let key = JinjaKey(key), let other = right[key], try areEqual(value, other) else {
          return false
        }
      }
      return true
    case (.namespace(let left), .namespace(let right)), (.macro(let left), .macro(let right)):
      return left == right
    case (.view, _), (_, .view), (.method, _), (_, .method), (.generator, _), (_, .generator),
      (.loop, _), (_, .loop), (.function, _), (_, .function):
      throw unsupported("the comparison of \(left.typeName) and \(right.typeName)")
    default: return false
    }
  }

  private mutating func isLess(
    _ left: JinjaValue, _ right: JinjaValue, orEqual: Bool, _ sign: String
  ) throws(JinjaProblem) -> Bool {
    try spend()
    for value in [left, right] {
      if case .undefined(let words) = value { throw failure(words) }
    }
    if let left = left.integer, let right = right.integer {
      return orEqual ? left <= right : left < right
    }
    if let left = left.number, let right = right.number {
      return orEqual ? left <= right : left < right
    }
    switch (left, right) {
    case (.string(let left), .string(let right)):
      try spend(min(left.utf8.count, right.utf8.count) / 64)
      // UTF-8 sorts as the scalars do.
      if left.utf8.lexicographicallyPrecedes(right.utf8) { return true }
      return orEqual && left.isSame(as: right)
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
      for (left, right) in zip(left.elements, right.elements)
      where !(try areEqual(left, right)) {
        return try isLess(left, right, orEqual: orEqual, sign)
      }
      return left.elements.count < right.elements.count
        || orEqual && left.elements.count == right.elements.count
    default:
      throw failure("'\(sign)' cannot compare \(left.typeName) and \(right.typeName)")
    }
  }

  mutating func contains(_ whole: JinjaValue, _ part: JinjaValue) throws(JinjaProblem) -> Bool {
    switch whole {
    case .undefined: return false
    case .string(let text):
      guard case .string(let part) = part else {
        if case .undefined(let words) = part { throw failure(words) }
        throw failure("\(part.typeName) cannot be in a string")
      }
      try spend(bytes: text.utf8.count + part.utf8.count)
      return text.hasText(part)
    case .dictionary(let dictionary):
      if case .undefined = part { return false }
      guard let key = JinjaKey(part) else {
        throw failure("\(part.typeName) cannot be a dictionary's key")
      }
      return dictionary[key] != nil
    case .list, .tuple, .view, .generator:
      for element in try elements(of: whole) {
        if try areEqual(part, element) { return true }
      }
      return false
    default: throw failure("nothing can be in \(whole.typeName)")
    }
  }

  /// What going round the value gives, one after another; uses a generator up.
  mutating func elements(of value: JinjaValue) throws(JinjaProblem) -> [JinjaValue] {
    switch value {
    case .undefined: return []
    case .list(let list), .tuple(let list), .view(let list, _):
      try spend(list.elements.count)
      return list.elements
    case .dictionary(let dictionary):
      try spend(dictionary.count)
      return dictionary.keys
    case .string(let text):
      try spend(bytes: 32 * text.utf8.count)
      return text.unicodeScalars.map { .string(String($0)) }
    case .generator(let place):
      defer { generators[place] = [] }
      return generators[place]
    default: throw failure("\(value.typeName) cannot be gone through")
    }
  }

  mutating func generator(_ elements: [JinjaValue]) throws(JinjaProblem) -> JinjaValue {
    try spend(bytes: 32 * elements.count)
    generators.append(elements)
    return .generator(generators.count - 1)
  }
}
