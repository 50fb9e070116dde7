import Boundary

/// One part of a `tokenizer.json`, such as `pre_tokenizer.pretokenizers[0]`, which can say where it
/// stands when it is not what it should be.
struct Component {
  let value: JSONValue
  /// Keys from the top of the file.
  let path: String

  init(_ value: JSONValue, path: String) {
    self.value = value
    self.path = path
  }

  var isNull: Bool { value == .null }

  subscript(key: String) -> Component {
    Component(value[key] ?? .null, path: "\(path).\(key)")
  }

  func has(_ key: String) -> Bool { value[key] != nil }

  func unsupported(supporting what: String) -> TokenizerDefect {
    .unsupported(path, found: excerpt, supported: what)
  }

  func defect(_ words: String) -> TokenizerDefect { .defective(path, words) }

  // MARK: Typed values

  func type() throws(TokenizerDefect) -> String { try self["type"].string() }

  func string() throws(TokenizerDefect) -> String {
    guard case .string(let text) = value else { throw defect("is not a string") }
    return text
  }

  /// - Parameter missing: what an absent key or null stands for.
  func bool(missing: Bool? = nil) throws(TokenizerDefect) -> Bool {
    if case .bool(let value) = value { return value }
    guard isNull, let missing else { throw defect("is not true or false") }
    return missing
  }

  func naturalNumber(below limit: Int) throws(TokenizerDefect) -> Int {
    guard let number = value.integer, (0..<limit).contains(number) else {
      throw defect("is not a whole number from 0 to \(limit - 1)")
    }
    return number
  }

  func elements() throws(TokenizerDefect) -> [Component] {
    guard case .array(let values) = value else { throw defect("is not an array") }
    return values.enumerated().map { Component($1, path: "\(path)[\($0)]") }
  }

  /// A string of exactly one code point.
  func scalar() throws(TokenizerDefect) -> Unicode.Scalar {
    let scalars = try string().unicodeScalars
    guard let scalar = scalars.first, scalars.count == 1 else {
      throw defect("is not one character")
    }
    return scalar
  }

  /// The pieces of a `Sequence` component, itself where it is none, nothing where it is null.
  /// Published files have four at most; each costs a walk over every text.
  func flattened(under key: String) throws(TokenizerDefect) -> [Component] {
    let parts = try allParts(under: key)
    guard parts.count <= 16 else { throw defect("has more than 16 parts") }
    return parts
  }

  private func allParts(under key: String) throws(TokenizerDefect) -> [Component] {
    if isNull { return [] }
    guard try type() == "Sequence" else { return [self] }
    var parts: [Component] = []
    for part in try self[key].elements() { parts += try part.allParts(under: key) }
    return parts
  }

  private var excerpt: String {
    switch value {
    case .string(let text): "'\(text.excerptOnOneLine)'"
    case .number(let digits): digits.excerptOnOneLine
    case .bool(let value): "\(value)"
    case .null: "null"
    case .array: "an array"
    case .object: "this form"
    }
  }
}
