/// Statements of a template, as jinja2's `Parser` takes them.
struct JinjaParser {
  private let tokens: [JinjaToken]
  private var index = 0
  private var nesting = 0
  private var isInLoop = false
  /// Blocks a macro may not stand in, because it would outlive their variables.
  private var scopes = 0

  static func statements(of source: String) throws(JinjaProblem) -> [JinjaStatement] {
    guard source.utf8.count <= JinjaLimits.source else {
      throw .tooLarge(1, "the chat template has more than \(JinjaLimits.source) bytes")
    }
    var parser = JinjaParser(tokens: try JinjaLexer.tokens(of: source))
    let statements = try parser.body(until: [])
    return statements
  }

  private init(tokens: [JinjaToken]) { self.tokens = tokens }

  // MARK: Tokens

  var current: JinjaToken { tokens[index] }
  var line: Int { tokens[index].line }

  mutating func advance() {
    if index + 1 < tokens.count { index += 1 }
  }

  func isSymbol(_ symbol: String) -> Bool { current.kind == .symbol(symbol) }
  func isName(_ name: String) -> Bool { current.kind == .name(name) }

  func isNextSymbol(_ symbol: String) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].kind == .symbol(symbol)
  }

  func isNextName(_ name: String) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].kind == .name(name)
  }

  mutating func take(symbol: String) -> Bool {
    guard isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func take(name: String) -> Bool {
    guard isName(name) else { return false }
    advance()
    return true
  }

  mutating func expect(symbol: String) throws(JinjaProblem) {
    guard take(symbol: symbol) else { throw unexpected("'\(symbol)'") }
  }

  mutating func expectName() throws(JinjaProblem) -> String {
    guard case .name(let name) = current.kind else { throw unexpected("a name") }
    advance()
    return name
  }

  func unexpected(_ expected: String) -> JinjaProblem {
    .syntax(line, "\(current.words) stands where \(expected) is expected")
  }

  mutating func nested<Result>(
    _ parse: (inout JinjaParser) throws(JinjaProblem) -> Result
  ) throws(JinjaProblem) -> Result {
    guard nesting < JinjaLimits.nesting else {
      throw .tooLarge(line, "the chat template nests deeper than \(JinjaLimits.nesting)")
    }
    nesting += 1
    defer { nesting -= 1 }
    return try parse(&self)
  }

  // MARK: Statements

  /// Statements up to one of the tags, which stays the current word; to the end where none is named.
  private mutating func body(until tags: [String]) throws(JinjaProblem) -> [JinjaStatement] {
    let opened = line
    var statements: [JinjaStatement] = []
    while true {
      let line = line
      switch current.kind {
      case .data(let text):
        advance()
        statements.append(JinjaStatement(kind: .text(text), line: line))
      case .variableBegin:
        advance()
        let value = try tuple()
        guard current.kind == .variableEnd else { throw unexpected("'}}'") }
        advance()
        statements.append(JinjaStatement(kind: .print(value), line: line))
      case .blockBegin:
        advance()
        if case .name(let tag) = current.kind, tags.contains(tag) { return statements }
        statements.append(
          try nested { parser throws(JinjaProblem) in try parser.statement(line: line) })
      case .end where tags.isEmpty:
        return statements
      default:
        guard case .end = current.kind else { throw unexpected("text or a tag") }
        throw .syntax(opened, "a block is not closed by '{% \(tags[tags.count - 1]) %}'")
      }
    }
  }

  private mutating func block(until tags: [String]) throws(JinjaProblem) -> [JinjaStatement] {
    _ = take(symbol: ":")
    try endTag()
    return try body(until: tags)
  }

  private mutating func endTag() throws(JinjaProblem) {
    guard current.kind == .blockEnd else { throw unexpected("'%}'") }
    advance()
  }

  private mutating func statement(line: Int) throws(JinjaProblem) -> JinjaStatement {
    let kind: JinjaStatement.Kind
    let tag = try expectName()
    switch tag {
    case "if": kind = try conditional()
    case "for": kind = try loop()
    case "set": kind = try assignment()
    case "macro": kind = try macro()
    case "generation":
      kind = .generation(try inner(inLoop: false, until: "endgeneration"))
    case "break", "continue":
      guard isInLoop else { throw .syntax(line, "'\(tag)' stands in no loop") }
      kind = tag == "break" ? .breakLoop : .continueLoop
    case "include", "import", "from", "extends", "block", "call", "filter", "with", "autoescape",
      "print", "do", "trans":
      throw .unsupported(line, "the tag '\(tag)'")
    default:
      throw .syntax(line, "there is no tag '\(tag.prefix(60))' here")
    }
    try endTag()
    return JinjaStatement(kind: kind, line: line)
  }

  /// A body in a scope of its own; its end tag is taken.
  private mutating func inner(
    inLoop: Bool, until end: String
  ) throws(JinjaProblem) -> [JinjaStatement] {
    let outer = isInLoop
    isInLoop = inLoop
    scopes += 1
    defer {
      isInLoop = outer
      scopes -= 1
    }
    let statements = try block(until: [end])
    advance()
    return statements
  }

  private mutating func conditional() throws(JinjaProblem) -> JinjaStatement.Kind {
    var branches: [JinjaBranch] = []
    repeat {
      let test = try tuple(allowsConditional: false)
      let body = try block(until: ["elif", "else", "endif"])
      branches.append(JinjaBranch(test: test, body: body))
    } while take(name: "elif")
    var otherwise: [JinjaStatement] = []
    if take(name: "else") { otherwise = try block(until: ["endif"]) }
    advance()
    return .conditional(branches, otherwise: otherwise)
  }

  private mutating func loop() throws(JinjaProblem) -> JinjaStatement.Kind {
    let target = try target(allowsAttribute: false)
    guard take(name: "in") else { throw unexpected("'in'") }
    let over = try tuple(allowsConditional: false)
    var filter: JinjaExpression?
    if take(name: "if") { filter = try expression() }
    if isName("recursive") { throw .unsupported(line, "a recursive loop") }
    let outer = isInLoop
    isInLoop = true
    scopes += 1
    defer {
      isInLoop = outer
      scopes -= 1
    }
    let body = try block(until: ["endfor", "else"])
    isInLoop = outer
    var otherwise: [JinjaStatement] = []
    if take(name: "else") { otherwise = try block(until: ["endfor"]) }
    advance()
    return .loop(
      JinjaLoop(target: target, over: over, filter: filter, body: body, otherwise: otherwise))
  }

  private mutating func assignment() throws(JinjaProblem) -> JinjaStatement.Kind {
    let target = try target(allowsAttribute: true)
    if take(symbol: "=") { return .set(target, try tuple()) }
    if isSymbol("|") { throw .unsupported(line, "a filter on a block of 'set'") }
    return .setBlock(target, try inner(inLoop: false, until: "endset"))
  }

  private mutating func target(allowsAttribute: Bool) throws(JinjaProblem) -> JinjaTarget {
    var targets = [try singleTarget(allowsAttribute: allowsAttribute)]
    guard isSymbol(",") else { return targets[0] }
    while take(symbol: ","), case .name(let name) = current.kind, name != "in" {
      targets.append(try singleTarget(allowsAttribute: allowsAttribute))
    }
    return .tuple(targets)
  }

  private mutating func singleTarget(allowsAttribute: Bool) throws(JinjaProblem) -> JinjaTarget {
    if isSymbol("(") {
      return try nested { parser throws(JinjaProblem) in
        parser.advance()
        let target = try parser.target(allowsAttribute: allowsAttribute)
        try parser.expect(symbol: ")")
        return target
      }
    }
    let line = line
    let name = try expectName()
    if ["true", "false", "none", "True", "False", "None"].contains(name) {
      throw .syntax(line, "'\(name)' cannot be assigned to")
    }
    if name == "loop" { throw .unsupported(line, "an assignment to 'loop'") }
    guard isSymbol("."), allowsAttribute else { return .name(name) }
    advance()
    return .attribute(of: name, try expectName())
  }

  private mutating func macro() throws(JinjaProblem) -> JinjaStatement.Kind {
    guard scopes == 0 else { throw .unsupported(line, "a macro within a loop or macro") }
    let name = try expectName()
    try expect(symbol: "(")
    var parameters: [(name: String, standard: JinjaExpression?)] = []
    while !isSymbol(")") {
      if !parameters.isEmpty { try expect(symbol: ",") }
      let parameter = try expectName()
      let standard = take(symbol: "=") ? try expression() : nil
      if standard == nil, parameters.last?.standard != nil {
        throw .syntax(line, "a parameter without a default follows one that has it")
      }
      parameters.append((parameter, standard))
    }
    try expect(symbol: ")")
    let body = try inner(inLoop: false, until: "endmacro")
    return .macro(JinjaMacro(name: name, parameters: parameters, body: body))
  }
}
