/// An expression with the line it begins on.
struct JinjaExpression: Sendable {
  indirect enum Kind: Sendable {
    case literal(JinjaValue)
    case name(String)
    case list([JinjaExpression])
    case tuple([JinjaExpression])
    case dictionary([JinjaPair])
    case attribute(JinjaExpression, String)
    case item(JinjaExpression, JinjaExpression)
    case slice(
      JinjaExpression, start: JinjaExpression?, stop: JinjaExpression?, step: JinjaExpression?)
    case call(JinjaExpression, JinjaArguments)
    case filter(JinjaExpression, String, JinjaArguments)
    case test(JinjaExpression, String, [JinjaExpression])
    case not(JinjaExpression)
    case and(JinjaExpression, JinjaExpression)
    case or(JinjaExpression, JinjaExpression)
    case sign(JinjaExpression, isNegative: Bool)
    case arithmetic(JinjaExpression, JinjaOperator, JinjaExpression)
    case concatenation([JinjaExpression])
    case comparison(JinjaExpression, [(JinjaComparison, JinjaExpression)])
    case conditional(JinjaExpression, test: JinjaExpression, otherwise: JinjaExpression?)
  }

  let kind: Kind
  let line: Int
  /// Of its tree, so that the parser can bound how deep evaluation goes.
  let height: Int

  init(_ kind: Kind, line: Int) {
    self.kind = kind
    self.line = line
    height = 1 + (kind.parts.map(\.height).max() ?? 0)
  }
}

extension JinjaExpression.Kind {
  fileprivate var parts: [JinjaExpression] {
    switch self {
    case .literal, .name: []
    case .list(let parts), .tuple(let parts), .concatenation(let parts): parts
    case .dictionary(let pairs): pairs.flatMap { [$0.key, $0.value] }
    case .attribute(let part, _), .not(let part), .sign(let part, _): [part]
    case .item(let part, let index): [part, index]
    case .slice(let part, let start, let stop, let step):
      [part] + [start, stop, step].compactMap { $0 }
    case .call(let callee, let arguments), .filter(let callee, _, let arguments):
      [callee] + arguments.positional + arguments.named.map(\.value)
    case .test(let part, _, let arguments): [part] + arguments
    case .and(let left, let right), .or(let left, let right), .arithmetic(let left, _, let right):
      [left, right]
    case .comparison(let left, let rest): [left] + rest.map(\.1)
    case .conditional(let part, let test, let otherwise):
      [part, test] + [otherwise].compactMap { $0 }
    }
  }
}

struct JinjaPair: Sendable {
  let key: JinjaExpression
  let value: JinjaExpression
}

struct JinjaArguments: Sendable {
  var positional: [JinjaExpression] = []
  var named: [(name: String, value: JinjaExpression)] = []
}

enum JinjaOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case divideDown = "//"
  case remainder = "%"
  case power = "**"
}

enum JinjaComparison: String, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
  case isNotIn = "not in"
}

/// What an assignment writes to.
indirect enum JinjaTarget: Sendable {
  case name(String)
  case attribute(of: String, String)
  case tuple([JinjaTarget])
}

struct JinjaStatement: Sendable {
  indirect enum Kind: Sendable {
    case text(String)
    case print(JinjaExpression)
    case conditional([JinjaBranch], otherwise: [JinjaStatement])
    case loop(JinjaLoop)
    case set(JinjaTarget, JinjaExpression)
    case setBlock(JinjaTarget, [JinjaStatement])
    case macro(JinjaMacro)
    /// `{% generation %}`: marks what a model wrote, for training; renders what it holds.
    case generation([JinjaStatement])
    case breakLoop
    case continueLoop
  }

  let kind: Kind
  let line: Int
}

struct JinjaBranch: Sendable {
  let test: JinjaExpression
  let body: [JinjaStatement]
}

struct JinjaLoop: Sendable {
  let target: JinjaTarget
  let over: JinjaExpression
  let filter: JinjaExpression?
  let body: [JinjaStatement]
  let otherwise: [JinjaStatement]
}

struct JinjaMacro: Sendable {
  let name: String
  let parameters: [(name: String, standard: JinjaExpression?)]
  let body: [JinjaStatement]
}
