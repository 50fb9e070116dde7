/// Renders statements: output, scopes and what has been spent of the bounds.
///
/// A loop's body, a macro's and a block's of `set` each have a scope, left with what was set in it;
/// `if` has none. A macro sees its own scope and the template's, not its caller's.
struct JinjaInterpreter {
  private var output = ""
  private var scopes: [[String: JinjaValue]] = [[:]]
  /// The first scope in sight beside the template's.
  private var firstScope = 0
  let variables: [String: JinjaValue]
  /// Seconds since 1970 that `strftime_now` goes by.
  let now: Int

  var namespaces: [JinjaDictionary] = []
  var generators: [[JinjaValue]] = []
  private var macros: [JinjaMacro] = []
  var loops: [JinjaLoopState] = []

  var line = 1
  private var steps = 0
  private var allocation = 0
  private var calls = 0

  private enum Flow { case on, breakLoop, continueLoop }

  static func render(
    _ statements: [JinjaStatement], variables: [String: JinjaValue], now: Int
  ) throws(JinjaProblem) -> String {
    var interpreter = JinjaInterpreter(variables: variables, now: now)
    _ = try interpreter.run(statements)
    return interpreter.output
  }

  private init(variables: [String: JinjaValue], now: Int) {
    self.variables = variables
    self.now = now
  }

  // MARK: Bounds and errors

  func failure(_ words: String) -> JinjaProblem {
    JinjaProblem(line: line, problem: .failed(words))
  }

  func unsupported(_ construct: String) -> JinjaProblem { .unsupported(line, construct) }

  mutating func spend(_ count: Int = 1) throws(JinjaProblem) {
    steps += count
    guard steps <= JinjaLimits.steps else {
      throw .tooLarge(line, "rendering takes more than \(JinjaLimits.steps) steps")
    }
  }

  /// Before that many bytes of text are made or gone through.
  mutating func spend(bytes: Int) throws(JinjaProblem) {
    guard bytes <= JinjaLimits.text else {
      throw .tooLarge(line, "a text of more than \(JinjaLimits.text) bytes")
    }
    try spend(1 + bytes / 64)
    allocation += bytes
    guard allocation <= JinjaLimits.allocation else {
      throw .tooLarge(line, "rendering makes more than \(JinjaLimits.allocation) bytes of text")
    }
  }

  mutating func deeper<Result>(
    _ body: (inout JinjaInterpreter) throws(JinjaProblem) -> Result
  ) throws(JinjaProblem) -> Result {
    guard calls < JinjaLimits.calls else {
      throw .tooLarge(line, "macros and blocks go deeper than \(JinjaLimits.calls)")
    }
    calls += 1
    defer { calls -= 1 }
    return try body(&self)
  }

  mutating func list(_ elements: [JinjaValue]) throws(JinjaProblem) -> JinjaList {
    try spend(bytes: 32 * elements.count)
    let list = JinjaList(elements)
    try checkDepth(list.depth)
    for element in elements {
      if case .namespace = element { throw unsupported("a namespace within a list") }
    }
    return list
  }

  func checkDepth(_ depth: Int) throws(JinjaProblem) {
    guard depth <= JinjaLimits.valueDepth else {
      throw .tooLarge(line, "lists and dictionaries nest deeper than \(JinjaLimits.valueDepth)")
    }
  }

  // MARK: Names

  func value(of name: String) -> JinjaValue {
    for scope in scopes[firstScope...].reversed() {
      if let value = scope[name] { return value }
    }
    if let value = scopes[0][name] ?? variables[name] { return value }
    return JinjaFunction(rawValue: name).map { .function($0) }
      ?? .undefined("'\(name.prefix(60))' is undefined")
  }

  private mutating func set(_ name: String, _ value: JinjaValue) {
    scopes[scopes.count - 1][name] = value
  }

  private mutating func assign(_ value: JinjaValue, to target: JinjaTarget) throws(JinjaProblem) {
    switch target {
    case .name(let name): set(name, value)
    case .attribute(let name, let attribute):
      guard case .namespace(let place) = self.value(of: name) else {
        throw failure("'\(name.prefix(60))' is no namespace, so its attribute cannot be set")
      }
      try setAttribute(attribute, of: place, to: value)
    case .tuple(let targets):
      let elements = try self.elements(of: value)
      guard elements.count == targets.count else {
        throw failure("\(elements.count) values cannot be set to \(targets.count) names")
      }
      for (target, element) in zip(targets, elements) { try assign(element, to: target) }
    }
  }

  mutating func setAttribute(
    _ name: String, of place: Int, to value: JinjaValue
  ) throws(JinjaProblem) {
    if case .namespace = value { throw unsupported("a namespace within a namespace") }
    guard !name.hasPrefix("_") else {
      throw failure("an attribute of a namespace begins with '_'")
    }
    namespaces[place].set(.string(name), .string(name), value)
  }

  // MARK: Statements

  private mutating func run(_ statements: [JinjaStatement]) throws(JinjaProblem) -> Flow {
    for statement in statements {
      try spend()
      line = statement.line
      let flow = try deeper { (self) throws(JinjaProblem) in try self.run(statement) }
      if flow != .on { return flow }
    }
    return .on
  }

  private mutating func write(_ text: String) throws(JinjaProblem) {
    try spend(bytes: text.utf8.count)
    guard output.utf8.count + text.utf8.count <= JinjaLimits.text else {
      throw .tooLarge(line, "the prompt has more than \(JinjaLimits.text) bytes")
    }
    output += text
  }

  private mutating func run(_ statement: JinjaStatement) throws(JinjaProblem) -> Flow {
    switch statement.kind {
    case .text(let text): try write(text)
    case .print(let expression): try print(expression)
    case .set(let target, let expression):
      try assign(try evaluate(expression), to: target)
    case .setBlock(let target, let body):
      let text = try captured { (self) throws(JinjaProblem) in
        _ = try self.scoped([:]) { (self) throws(JinjaProblem) in try self.run(body) }
      }
      try assign(.string(text), to: target)
    case .generation(let body):
      return try scoped([:]) { (self) throws(JinjaProblem) in try self.run(body) }
    case .macro(let macro):
      macros.append(macro)
      set(macro.name, .macro(macros.count - 1))
    case .breakLoop: return .breakLoop
    case .continueLoop: return .continueLoop
    case .conditional(let branches, let otherwise):
      for branch in branches where try evaluate(branch.test).isTrue {
        return try run(branch.body)
      }
      return try run(otherwise)
    case .loop(let loop): try run(loop)
    }
    return .on
  }

  private mutating func print(_ expression: JinjaExpression) throws(JinjaProblem) {
    var expression = expression
    // Without autoescaping, `safe` changes nothing that is printed at once.
    if case .filter(let inner, "safe", let arguments) = expression.kind,
      arguments.positional.isEmpty, arguments.named.isEmpty
    {
      expression = inner
    }
    try write(try text(of: try evaluate(expression)))
  }

  private mutating func scoped<Result>(
    _ scope: [String: JinjaValue],
    _ body: (inout JinjaInterpreter) throws(JinjaProblem) -> Result
  ) throws(JinjaProblem) -> Result {
    scopes.append(scope)
    defer { scopes.removeLast() }
    return try body(&self)
  }

  private mutating func captured(
    _ body: (inout JinjaInterpreter) throws(JinjaProblem) -> Void
  ) throws(JinjaProblem) -> String {
    let outer = output
    output = ""
    defer { output = outer }
    try body(&self)
    return output
  }

  private mutating func run(_ loop: JinjaLoop) throws(JinjaProblem) {
    var elements = try elements(of: try evaluate(loop.over))
    if let filter = loop.filter {
      var kept: [JinjaValue] = []
      for element in elements {
        let isKept = try scoped([:]) { (self) throws(JinjaProblem) in
          self.set("loop", .undefined("'loop' is undefined in a loop's own filter"))
          try self.assign(element, to: loop.target)
          return try self.evaluate(filter).isTrue
        }
        if isKept { kept.append(element) }
      }
      elements = kept
    }
    guard !elements.isEmpty else {
      _ = try scoped([:]) { (self) throws(JinjaProblem) in try self.run(loop.otherwise) }
      return
    }
    let place = loops.count
    loops.append(
      JinjaLoopState(elements: elements, depth: (loops.last?.depth ?? 0) + 1))
    defer { loops.removeLast() }
    for index in elements.indices {
      try spend()
      loops[place].index = index
      let flow = try scoped(["loop": .loop(place)]) { (self) throws(JinjaProblem) in
        try self.assign(elements[index], to: loop.target)
        return try self.run(loop.body)
      }
      if flow == .breakLoop { return }
    }
  }

  // MARK: Macros

  mutating func call(
    macro place: Int, _ positional: [JinjaValue], _ named: [(String, JinjaValue)]
  ) throws(JinjaProblem) -> JinjaValue {
    let macro = macros[place]
    let name = macro.name.prefix(60)
    guard positional.count <= macro.parameters.count else {
      throw failure("the macro '\(name)' is given more than \(macro.parameters.count) arguments")
    }
    for (argument, _) in named {
      guard let index = macro.parameters.firstIndex(where: { $0.name == argument }) else {
        throw failure("the macro '\(name)' has no parameter '\(argument.prefix(60))'")
      }
      guard index >= positional.count else {
        throw failure("the macro '\(name)' is given '\(argument.prefix(60))' twice")
      }
    }
    let (outerScope, outerLine, outerLoops) = (firstScope, line, loops)
    firstScope = scopes.count
    loops = []
    defer { (firstScope, line, loops) = (outerScope, outerLine, outerLoops) }
    let text = try captured { (self) throws(JinjaProblem) in
      try self.scoped([:]) { (self) throws(JinjaProblem) in
        for (index, parameter) in macro.parameters.enumerated() {
          if index < positional.count {
            self.set(parameter.name, positional[index])
          } else if let value = named.first(where: { $0.0 == parameter.name })?.1 {
            self.set(parameter.name, value)
          } else if let standard = parameter.standard {
            self.set(parameter.name, try self.evaluate(standard))
          } else {
            self.set(
              parameter.name,
              .undefined("parameter '\(parameter.name.prefix(60))' was not provided"))
          }
        }
        _ = try self.run(macro.body)
      }
    }
    return .string(text)
  }
}

/// Where a loop is; `loop` in the template.
struct JinjaLoopState {
  let elements: [JinjaValue]
  let depth: Int
  var index = 0

  /// nil where `loop` has no such attribute.
  func attribute(_ name: String) -> JinjaValue? {
    let count = elements.count
    switch name {
    case "index": return .int(index + 1)
    case "index0": return .int(index)
    case "revindex": return .int(count - index)
    case "revindex0": return .int(count - index - 1)
    case "first": return .bool(index == 0)
    case "last": return .bool(index == count - 1)
    case "length": return .int(count)
    case "depth": return .int(depth)
    case "depth0": return .int(depth - 1)
    case "previtem":
      return index > 0 ? elements[index - 1] : .undefined("there is no previous item")
    case "nextitem":
      return index + 1 < count ? elements[index + 1] : .undefined("there is no next item")
    default: return nil
    }
  }
}
