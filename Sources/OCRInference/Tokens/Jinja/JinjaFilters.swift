extension JinjaInterpreter {
  /// `value | name(given)`
  mutating func filter(
    _ name: String, _ value: JinjaValue, _ given: JinjaGiven
  ) throws(JinjaProblem) -> JinjaValue {
    switch name {
    case "trim", "upper", "lower", "capitalize", "title", "string", "replace", "indent":
      return try textFilter(name, value, given)
    case "map", "select", "reject", "selectattr", "rejectattr":
      return try selection(name, value, given)
    case "first", "last", "list", "join", "length", "count", "items", "reverse":
      return try sequenceFilter(name, value, given)
    case "default", "d":
      let taken = try given.taken(["default_value", "boolean"], by: name, self)
      let standard = taken[0] ?? .string("")
      if case .undefined = value { return standard }
      return taken[1]?.isTrue == true && !value.isTrue ? standard : value
    case "int": return try wholeNumber(value, given)
    case "float":
      let standard = try given.taken(["default"], by: name, self)[0] ?? .float(0)
      if case .undefined(let words) = value { throw failure(words) }
      if let number = value.number { return .float(number) }
      guard case .string(let text) = value else { return standard }
      return try number(in: text).map { .float($0) } ?? standard
    case "abs":
      if case .float(let float) = value { return .float(float.magnitude) }
      guard let integer = value.integer else { throw failure("\(value.typeName) has no sign") }
      return integer < 0 ? try signed(value, isNegative: true) : .int(integer)
    case "tojson": return .string(try json(value, given))
    case "safe": throw unsupported("the filter 'safe' before the end of what is printed")
    default: throw unsupported("the filter '\(name.prefix(60))'")
    }
  }

  // MARK: Text

  private mutating func textFilter(
    _ name: String, _ value: JinjaValue, _ given: JinjaGiven
  ) throws(JinjaProblem) -> JinjaValue {
    let text = try text(of: value)
    switch name {
    case "replace":
      let taken = try given.taken(["old", "new", "count"], by: name, self)
      guard let old = taken[0], let new = taken[1] else {
        throw failure("'replace' takes what goes and what comes")
      }
      var count = taken[2]
      if case .some(.none) = count { count = nil }
      return .string(try replaced(text, try self.text(of: old), try self.text(of: new), count))
    case "indent": return .string(try indented(try string(value, of: name), given))
    case "trim":
      let set = try given.taken(["chars"], by: name, self)[0]
      guard let set, set.depth >= 0, !isNone(set) else {
        try spend(bytes: text.utf8.count)
        return .string(text.pythonSpaceTrimmed)
      }
      return .string(text.stripped(of: try string(set, of: name), left: true, right: true))
    default:
      _ = try given.taken([], by: name, self)
      try spend(bytes: text.utf8.count)
      switch name {
      case "upper": return .string(text.pythonUpper)
      case "lower": return .string(text.pythonLower)
      case "capitalize": return .string(text.pythonCapitalized)
      case "title": return .string(text.jinjaTitle)
      default: return .string(text)
      }
    }
  }

  private func isNone(_ value: JinjaValue) -> Bool {
    if case .none = value { return true }
    return false
  }

  private mutating func indented(_ text: String, _ given: JinjaGiven) throws(JinjaProblem)
    -> String
  {
    let taken = try given.taken(["width", "first", "blank"], by: "indent", self)
    let indent: String
    switch taken[0] ?? .int(4) {
    case .string(let text): indent = text
    case let value:
      guard let width = value.integer, width <= 1000 else {
        throw failure("an indent is no width up to 1000")
      }
      indent = String(repeating: " ", count: max(width, 0))
    }
    // jinja2 ends the text with a newline before it parts the lines.
    var lines = (text + "\n").pythonLines
    try spend(bytes: text.utf8.count + lines.count * indent.utf8.count)
    let blank = taken[2]?.isTrue == true
    for index in lines.indices.dropFirst() where blank || !lines[index].isEmpty {
      lines[index] = indent + lines[index]
    }
    return (taken[1]?.isTrue == true ? indent : "") + lines.joined(separator: "\n")
  }

  private mutating func json(_ value: JinjaValue, _ given: JinjaGiven) throws(JinjaProblem)
    -> String
  {
    let taken = try given.taken(
      ["ensure_ascii", "indent", "separators", "sort_keys"], by: "tojson", self)
    var form = JSONForm()
    form.ascii = taken[0]?.isTrue ?? false
    form.sortsKeys = taken[3]?.isTrue ?? false
    switch taken[1] {
    case nil, .some(.none): break
    case .string(let text)?: form.indent = text
    case let indent?:
      guard let width = indent.integer, width <= 100 else {
        throw failure("an indent is no width up to 100")
      }
      form.indent = String(repeating: " ", count: max(width, 0))
    }
    if form.indent != nil { form.comma = "," }
    switch taken[2] {
    case nil, .some(.none): break
    case let separators?:
      let parts = try elements(of: separators)
      guard parts.count == 2 else { throw failure("'separators' are two") }
      form.comma = try string(parts[0], of: "tojson")
      form.colon = try string(parts[1], of: "tojson")
      guard max(form.comma.utf8.count, form.colon.utf8.count, form.indent?.utf8.count ?? 0) <= 16
      else { throw unsupported("separators of more than 16 bytes") }
    }
    var text = ""
    try json(value, form, in: &text)
    return text
  }

  // MARK: Numbers

  private func wholeNumber(_ value: JinjaValue, _ given: JinjaGiven) throws(JinjaProblem)
    -> JinjaValue
  {
    let taken = try given.taken(["default", "base"], by: "int", self)
    if let base = taken[1], base.integer != 10 { throw unsupported("'int' with a base") }
    let standard = taken[0] ?? .int(0)
    switch value {
    case .undefined(let words): throw failure(words)
    case .string(let text):
      if let digits = plainDigits(text), let integer = Int(digits) { return .int(integer) }
      guard let number = try number(in: text) else { return standard }
      return try whole(number, standard)
    case .float(let float): return try whole(float, standard)
    default: return value.integer.map { .int($0) } ?? standard
    }
  }

  private func whole(_ float: Double, _ standard: JinjaValue) throws(JinjaProblem) -> JinjaValue {
    guard float.isFinite else { return standard }
    guard let integer = Int(exactly: float.rounded(.towardZero)) else {
      throw unsupported("a whole number of more than 64 bits")
    }
    return .int(integer)
  }

  /// Without white space around and `_` between digits; nil where it is no number's form.
  private func plainDigits(_ text: String) -> String? {
    let trimmed = text.pythonSpaceTrimmed
    var isAfterDigit = false
    var digits = ""
    for byte in trimmed.utf8 {
      if byte == UInt8(ascii: "_") {
        guard isAfterDigit else { return nil }
        isAfterDigit = false
        continue
      }
      isAfterDigit = (0x30...0x39).contains(byte)
      digits.unicodeScalars.append(Unicode.Scalar(byte))
    }
    return trimmed.utf8.last == UInt8(ascii: "_") ? nil : digits
  }

  private func number(in text: String) throws(JinjaProblem) -> Double? {
    guard let digits = plainDigits(text) else { return nil }
    // Swift would also read hexadecimal.
    guard digits.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else {
      let word = digits.lowercased().filter { $0 != "+" && $0 != "-" }
      if ["inf", "infinity", "nan"].contains(word) {
        throw unsupported("a number that is not finite")
      }
      return nil
    }
    return Double(digits)
  }

  // MARK: Sequences

  private mutating func sequenceFilter(
    _ name: String, _ value: JinjaValue, _ given: JinjaGiven
  ) throws(JinjaProblem) -> JinjaValue {
    if name == "join" { return try join(value, given) }
    _ = try given.taken([], by: name, self)
    switch name {
    case "first":
      if case .generator(let place) = value, !generators[place].isEmpty {
        try spend(generators[place].count)
        return generators[place].removeFirst()
      }
      return try elements(of: value).first ?? .undefined("there is no first item")
    case "last":
      if case .generator = value { throw failure("'last' cannot go back through a generator") }
      return try elements(of: value).last ?? .undefined("there is no last item")
    case "list": return .list(try list(try elements(of: value)))
    case "reverse":
      if case .string(let text) = value {
        try spend(bytes: text.utf8.count)
        return .string(String(scalars: text.unicodeScalars.reversed()))
      }
      return try generator(try elements(of: value).reversed())
    case "items":
      if case .undefined = value { return try generator([]) }
      guard case .dictionary(let dictionary) = value else {
        throw failure("'items' takes a dictionary, not \(value.typeName)")
      }
      return try generator(try pairs(of: dictionary))
    default:
      switch value {
      case .generator: throw failure("a generator has no length")
      case .loop(let place) where loops.indices.contains(place):
        return .int(loops[place].elements.count)
      case .string(let text):
        try spend(bytes: text.utf8.count)
        return .int(text.unicodeScalars.count)
      default: return .int(try elements(of: value).count)
      }
    }
  }

  private mutating func join(_ value: JinjaValue, _ given: JinjaGiven) throws(JinjaProblem)
    -> JinjaValue
  {
    let taken = try given.taken(["d", "attribute"], by: "join", self)
    let separator = try taken[0].map { (value) throws(JinjaProblem) in try text(of: value) } ?? ""
    var parts: [String] = []
    for element in try elements(of: value) {
      var element = element
      if let attribute = taken[1], !isNone(attribute) {
        element = try path(attribute, of: element)
      }
      parts.append(try text(of: element))
    }
    return .string(try joined(parts, by: separator))
  }

  /// jinja2's attribute getter: `a.b.0`
  private mutating func path(_ path: JinjaValue, of value: JinjaValue) throws(JinjaProblem)
    -> JinjaValue
  {
    guard case .string(let text) = path else { return try item(path, of: value) }
    try spend(bytes: text.utf8.count)
    var value = value
    for part in text.pieces(around: ".", limit: nil) {
      let isIndex = !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      if isIndex, let index = Int(part) {
        value = try item(.int(index), of: value)
      } else {
        value = try item(.string(part), of: value)
      }
    }
    return value
  }

  /// `map`, `select`, `selectattr` and their like.
  private mutating func selection(
    _ name: String, _ value: JinjaValue, _ given: JinjaGiven
  ) throws(JinjaProblem) -> JinjaValue {
    // jinja2 asks for truth before it goes round: `none | map(...)` is empty.
    let elements = value.isTrue ? try elements(of: value) : []
    var kept: [JinjaValue] = []
    if name == "map" {
      for element in elements { kept.append(try mapped(element, given)) }
      return try generator(kept)
    }
    let wanted = name.hasPrefix("select")
    var rest = given.positional
    guard given.named.isEmpty else { throw unsupported("'\(name)' with an argument by name") }
    var attribute: JinjaValue?
    if name.hasSuffix("attr") {
      guard !rest.isEmpty else { throw failure("'\(name)' takes an attribute's name") }
      attribute = rest.removeFirst()
    }
    var test: String?
    if !rest.isEmpty { test = try string(rest.removeFirst(), of: name) }
    for element in elements {
      try spend()
      var tested = element
      if let attribute { tested = try path(attribute, of: element) }
      let passes: Bool
      if let test {
        passes = try named(by: name) { (self) throws(JinjaProblem) in
          try self.test(test, tested, rest)
        }
      } else {
        passes = tested.isTrue
      }
      if passes == wanted { kept.append(element) }
    }
    return try generator(kept)
  }

  /// A filter or test whose name was computed, and may be a message's text: no error tells it.
  private mutating func named<Result>(
    by filter: String, _ body: (inout JinjaInterpreter) throws(JinjaProblem) -> Result
  ) throws(JinjaProblem) -> Result {
    do {
      return try deeper(body)
    } catch {
      guard case .unsupported = error.problem else { throw error }
      throw unsupported("in '\(filter)' a filter or test beyond those")
    }
  }

  private mutating func mapped(_ element: JinjaValue, _ given: JinjaGiven) throws(JinjaProblem)
    -> JinjaValue
  {
    try spend()
    guard given.positional.isEmpty else {
      let name = try string(given.positional[0], of: "map")
      let rest = JinjaGiven(Array(given.positional.dropFirst()), given.named)
      return try named(by: "map") { (self) throws(JinjaProblem) in
        try self.filter(name, element, rest)
      }
    }
    let taken = try given.taken(["attribute", "default"], by: "map", self)
    guard let attribute = taken[0] else { throw failure("'map' takes a filter or an attribute") }
    let value = try path(attribute, of: element)
    if case .undefined = value, let standard = taken[1] { return standard }
    return value
  }
}
