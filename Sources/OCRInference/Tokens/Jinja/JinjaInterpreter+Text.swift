extension JinjaInterpreter {
  /// Python's `str(value)`.
  mutating func text(of value: JinjaValue) throws(JinjaProblem) -> String {
    switch value {
    case .undefined: return ""
    case .string(let text): return text
    default:
      var text = ""
      try represent(value, in: &text)
      return text
    }
  }

  /// Python's `repr(value)`.
  private mutating func represent(
    _ value: JinjaValue, in text: inout String
  ) throws(JinjaProblem) {
    let before = text.utf8.count
    switch value {
    case .none: text += "None"
    case .bool(let bool): text += bool ? "True" : "False"
    case .int(let int): text += String(int)
    case .float(let float): text += float.pythonText
    case .string(let string): text += string.pythonQuoted
    case .undefined: text += "Undefined"
    case .list(let list): try represent(list.elements, "[", "]", in: &text)
    case .tuple(let list):
      try represent(list.elements, "(", list.elements.count == 1 ? ",)" : ")", in: &text)
    case .dictionary(let dictionary):
      text += "{"
      for (index, key) in dictionary.keys.enumerated() {
        if index > 0 { text += ", " }
        try represent(key, in: &text)
        text += ": "
        try represent(dictionary.values[index], in: &text)
      }
      text += "}"
    case .view(let list, let kind) where kind != .range:
      text += "dict_\(kind)("
      try represent(list.elements, "[", "])", in: &text)
    default: throw unsupported("the printing of \(value.typeName)")
    }
    try spend(bytes: text.utf8.count - before)
  }

  private mutating func represent(
    _ elements: [JinjaValue], _ open: String, _ close: String, in text: inout String
  ) throws(JinjaProblem) {
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += ", " }
      try represent(element, in: &text)
    }
    text += close
  }

  // MARK: JSON

  /// How transformers' `tojson` writes: as Python's `json.dumps`.
  struct JSONForm {
    var ascii = false
    var indent: String?
    var comma = ", "
    var colon = ": "
    var sortsKeys = false
  }

  mutating func json(
    _ value: JinjaValue, _ form: JSONForm, level: Int = 0, in text: inout String
  ) throws(JinjaProblem) {
    let before = text.utf8.count
    switch value {
    case .none: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .int(let int): text += String(int)
    case .float(let float): text += jsonText(float)
    case .string(let string): text += string.jsonQuoted(ascii: form.ascii)
    case .list(let list), .tuple(let list):
      try jsonItems(list.elements.count, "[", "]", form, level, in: &text) {
        (self, index, text) throws(JinjaProblem) in
        try self.json(list.elements[index], form, level: level + 1, in: &text)
      }
    case .dictionary(let dictionary):
      var order = Array(dictionary.keys.indices)
      if form.sortsKeys { order = try sorted(order, by: dictionary.keys) }
      try jsonItems(order.count, "{", "}", form, level, in: &text) {
        (self, index, text) throws(JinjaProblem) in
        let place = order[index]
        text += try self.jsonKey(dictionary.keys[place]).jsonQuoted(ascii: form.ascii) + form.colon
        try self.json(dictionary.values[place], form, level: level + 1, in: &text)
      }
    default: throw failure("\(value.typeName) cannot be written as JSON")
    }
    try spend(bytes: text.utf8.count - before)
  }

  private func sorted(_ order: [Int], by keys: [JinjaValue]) throws(JinjaProblem) -> [Int] {
    var texts: [[UInt8]] = []
    for key in keys {
      guard case .string(let text) = key else {
        throw unsupported("the sorting of keys that are no strings")
      }
      texts.append(Array(text.utf8))
    }
    return order.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
  }

  private func jsonText(_ float: Double) -> String {
    if float.isNaN { return "NaN" }
    if float.isInfinite { return float < 0 ? "-Infinity" : "Infinity" }
    return float.pythonText
  }

  private func jsonKey(_ key: JinjaValue) throws(JinjaProblem) -> String {
    switch key {
    case .string(let text): return text
    case .none: return "null"
    case .bool(let bool): return bool ? "true" : "false"
    case .int(let int): return String(int)
    case .float(let float): return jsonText(float)
    default: throw failure("\(key.typeName) cannot be a key in JSON")
    }
  }

  private mutating func jsonItems(
    _ count: Int, _ open: String, _ close: String, _ form: JSONForm, _ level: Int,
    in text: inout String,
    _ item: (inout JinjaInterpreter, Int, inout String) throws(JinjaProblem) -> Void
  ) throws(JinjaProblem) {
    guard count > 0 else {
      text += open + close
      return
    }
    func newline(_ level: Int) -> String {
      form.indent.map { "\n" + String(repeating: $0, count: level) } ?? ""
    }
    text += open
    for index in 0..<count {
      text += (index > 0 ? form.comma : "") + newline(level + 1)
      try item(&self, index, &text)
      try spend(bytes: 16 + (form.indent?.utf8.count ?? 0) * level)
    }
    text += newline(level) + close
  }
}

extension String {
  /// In the quotes Python's `repr` chooses, with its escapes.
  var pythonQuoted: String {
    let quote: Unicode.Scalar =
      unicodeScalars.contains("'") && !unicodeScalars.contains("\"") ? "\"" : "'"
    var text = String.UnicodeScalarView([quote])
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text.append(contentsOf: "\\n".unicodeScalars)
      case "\r": text.append(contentsOf: "\\r".unicodeScalars)
      case "\t": text.append(contentsOf: "\\t".unicodeScalars)
      case quote, "\\":
        text.append("\\")
        text.append(scalar)
      case _ where scalar.isPythonPrintable: text.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        let (letter, width) =
          scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        let zeros = String(repeating: "0", count: width - digits.utf8.count)
        text.append(contentsOf: "\\\(letter)\(zeros)\(digits)".unicodeScalars)
      }
    }
    text.append(quote)
    return String(text)
  }

  /// As Python's `json.dumps` quotes.
  func jsonQuoted(ascii: Bool) -> String {
    var text = String.UnicodeScalarView(["\""])
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\":
        text.append("\\")
        text.append(scalar)
      case "\n": text.append(contentsOf: "\\n".unicodeScalars)
      case "\r": text.append(contentsOf: "\\r".unicodeScalars)
      case "\t": text.append(contentsOf: "\\t".unicodeScalars)
      case "\u{8}": text.append(contentsOf: "\\b".unicodeScalars)
      case "\u{c}": text.append(contentsOf: "\\f".unicodeScalars)
      case _ where scalar.value < 0x20 || (ascii && scalar.value > 0x7e):
        // 0x7f is no control character to Python, but not printable ASCII either: it stays.
        guard scalar.value != 0x7f else {
          text.append(scalar)
          continue
        }
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
          text.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
        }
      default: text.append(scalar)
      }
    }
    text.append("\"")
    return String(text)
  }
}

extension Unicode.Scalar {
  /// As `str.isprintable`.
  fileprivate var isPythonPrintable: Bool {
    if self == " " { return true }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }
}
