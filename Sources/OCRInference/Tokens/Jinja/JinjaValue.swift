import Boundary

/// A Python value as a template sees it. Text is a sequence of Unicode scalars and is compared by
/// them: Swift's `==` would also take a letter and its decomposed form for the same.
enum JinjaValue: Sendable {
  /// jinja2's default `Undefined`: prints as nothing, is false, and cannot be looked into. The words
  /// say what is undefined.
  case undefined(String)
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  case list(JinjaList)
  case tuple(JinjaList)
  case dictionary(JinjaDictionary)
  /// What `range`, `.items()`, `.keys()` and `.values()` give: goes round as a list does.
  case view(JinjaList, JinjaView)
  /// What `map`, `selectattr` and their like give: goes round once. Its place in the rendering.
  case generator(Int)
  /// Its place in the rendering, so that no value holds itself.
  case namespace(Int)
  case macro(Int)
  case loop(Int)
  case function(JinjaFunction)
  indirect case method(JinjaValue, String)
}

enum JinjaView: Sendable { case range, keys, values, items }

enum JinjaFunction: String, Sendable, CaseIterable {
  case range, namespace, dict
  case raiseException = "raise_exception"
  case strftimeNow = "strftime_now"
}

struct JinjaList: Sendable {
  let elements: [JinjaValue]
  /// Containers within it, itself included.
  let depth: Int

  init(_ elements: [JinjaValue]) {
    self.elements = elements
    depth = 1 + (elements.lazy.map(\.depth).max() ?? 0)
  }
}

/// A `dict`: keys keep their order.
struct JinjaDictionary: Sendable {
  private(set) var keys: [JinjaValue] = []
  private(set) var values: [JinjaValue] = []
  private var places: [JinjaKey: Int] = [:]
  private(set) var depth = 1

  init() {}

  init(_ pairs: [(String, JinjaValue)]) {
    for (key, value) in pairs { set(.string(key), .string(key), value) }
  }

  var count: Int { keys.count }

  subscript(key: JinjaKey) -> JinjaValue? { places[key].map { values[$0] } }
  subscript(name: String) -> JinjaValue? { self[.string(name)] }

  mutating func set(_ key: JinjaKey, _ keyValue: JinjaValue, _ value: JinjaValue) {
    depth = max(depth, 1 + max(value.depth, keyValue.depth))
    if let place = places[key] {
      values[place] = value
    } else {
      places[key] = keys.count
      keys.append(keyValue)
      values.append(value)
    }
  }
}

/// What may be a dictionary's key, equal where Python's keys are: 1, 1.0 and True are one.
enum JinjaKey: Hashable, Sendable {
  case none
  case int(Int)
  case float(Double)
  case string(String)
  case tuple([JinjaKey])

  init?(_ value: JinjaValue) {
    switch value {
    case .none: self = .none
    case .bool(let bool): self = .int(bool ? 1 : 0)
    case .int(let int): self = .int(int)
    case .float(let float): self = Int(exactly: float).map { .int($0) } ?? .float(float)
    case .string(let text): self = .string(text)
    case .tuple(let list):
      var keys: [JinjaKey] = []
      for element in list.elements {
        guard let key = JinjaKey(element) else { return nil }
        keys.append(key)
      }
      self = .tuple(keys)
    default: return nil
    }
  }

  static func == (left: JinjaKey, right: JinjaKey) -> Bool {
    switch (left, right) {
    case (.none, .none): true
    case (.int(let left), .int(let right)): left == right
    case (.float(let left), .float(let right)): left == right
    case (.string(let left), .string(let right)): left.isSame(as: right)
    case (.tuple(let left), .tuple(let right)): left == right
    default: false
    }
  }

  func hash(into hasher: inout Hasher) {
    switch self {
    case .none: hasher.combine(0)
    case .int(let int): hasher.combine(int)
    case .float(let float): hasher.combine(float)
    case .string(let text):
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .tuple(let keys): hasher.combine(keys)
    }
  }
}

extension JinjaValue {
  /// Containers within each other.
  var depth: Int {
    switch self {
    case .list(let list), .tuple(let list), .view(let list, _): list.depth
    case .dictionary(let dictionary): dictionary.depth
    case .method(let value, _): 1 + value.depth
    default: 0
    }
  }

  /// Python's name of the type, for errors.
  var typeName: String {
    switch self {
    case .undefined: "undefined"
    case .none: "none"
    case .bool: "a boolean"
    case .int: "a whole number"
    case .float: "a number"
    case .string: "a string"
    case .list: "a list"
    case .tuple: "a tuple"
    case .dictionary: "a dictionary"
    case .view, .generator: "a sequence"
    case .namespace: "a namespace"
    case .macro: "a macro"
    case .loop: "the loop"
    case .function, .method: "a function"
    }
  }

  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .bool(let bool): bool
    case .int(let int): int != 0
    case .float(let float): float != 0
    case .string(let text): !text.isEmpty
    case .list(let list), .tuple(let list), .view(let list, _): !list.elements.isEmpty
    case .dictionary(let dictionary): dictionary.count > 0
    case .generator, .namespace, .macro, .function, .method, .loop: true
    }
  }

  /// A bool counts as 0 or 1.
  var integer: Int? {
    switch self {
    case .bool(let bool): bool ? 1 : 0
    case .int(let int): int
    default: nil
    }
  }

  var number: Double? {
    if case .float(let float) = self { return float }
    return integer.map(Double.init)
  }

  /// As Python's `json.loads` has it; nil where a whole number needs more than 64 bits.
  init?(_ json: JSONValue) {
    switch json {
    case .null: self = .none
    case .bool(let bool): self = .bool(bool)
    case .string(let text): self = .string(text)
    case .number(let digits):
      if digits.utf8.contains(where: {
        [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0)
      }) {
        guard let float = Double(digits) else { return nil }
        self = .float(float)
      } else {
        guard let int = Int(digits) else { return nil }
        self = .int(int)
      }
    case .array(let elements):
      var values: [JinjaValue] = []
      values.reserveCapacity(elements.count)
      for element in elements {
        guard let value = JinjaValue(element) else { return nil }
        values.append(value)
      }
      self = .list(JinjaList(values))
    case .object(let members):
      var dictionary = JinjaDictionary()
      for member in members {
        guard let value = JinjaValue(member.value) else { return nil }
        dictionary.set(.string(member.key), .string(member.key), value)
      }
      self = .dictionary(dictionary)
    }
  }
}

extension String {
  /// The same Unicode scalars.
  func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
