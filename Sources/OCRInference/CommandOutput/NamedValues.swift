import Boundary

/// The values an engine named, out of the JSON it put them in.
///
/// A value that is a string, number or boolean stands under its own key; null says nothing and is
/// left out. A list of objects is a table, a row each, numbered from 1; a list of plain values is
/// one column of it. An object inside an object only groups: its values keep their own keys.
struct NamedValues {
  private(set) var values: [Transcript.NamedValue] = []

  /// More than any document holds; a program in a loop reaches it, a form does not.
  static let maximumCount = 10_000

  init(of json: JSONValue) throws(EngineFailure) {
    switch json {
    case .object: try add(json, key: nil, row: nil)
    case .array: try add(json, key: nil, row: nil)
    case .null: break
    default: throw .fields("'fields' is neither an object nor a list of objects")
    }
  }

  private mutating func add(_ json: JSONValue, key: String?, row: Int?) throws(EngineFailure) {
    switch json {
    case .null: return
    case .string(let text): try append(text, key: key, row: row)
    case .number(let digits): try append(digits, key: key, row: row)
    case .bool(let flag): try append(flag ? "true" : "false", key: key, row: row)
    case .object(let members):
      for member in members { try add(member.value, key: member.key, row: row) }
    case .array(let elements):
      guard row == nil else { throw .fields("a list inside a row; give one value for each row") }
      for (index, element) in elements.enumerated() {
        try add(element, key: key, row: index + 1)
      }
    }
  }

  private mutating func append(_ value: String, key: String?, row: Int?) throws(EngineFailure) {
    guard let key else { throw .fields("a value without a key") }
    guard values.count < Self.maximumCount else {
      throw .fields("more than \(Self.maximumCount) values")
    }
    values.append(Transcript.NamedValue(key: key, value: value, row: row))
  }
}

extension EngineFailure {
  fileprivate static func fields(_ reason: String) -> EngineFailure {
    .unreadableOutput(reason: "JSON fields: \(reason)", diagnostics: "")
  }
}
