import Boundary
import Yams

/// A mapping of a YAML file, read strictly: every mistake is named with its line and column.
///
/// Only what a profile file needs: no aliases, no tags, keys that are text.
package struct YAMLMapping {
  package let file: String
  package let keys: [String]
  private let mark: Mark?
  private let values: [String: (key: Mark?, value: Node)]

  /// The one mapping that a document is. `mend` is the advice where it is something else.
  package init(document yaml: String, file: String, mend: String) throws(ProfileFileError) {
    try Self.refuseAliases(in: yaml, file: file)
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      throw Self.failure(for: error, file: file)
    }
    guard let root, root.mapping != nil else {
      throw ProfileFileError(
        file: file, line: root?.mark?.line, column: root?.mark?.column,
        problem: root == nil ? "the file is empty" : "the file is not a mapping", mend: mend)
    }
    try self.init(root, mark: root.mark, file: file)
  }

  private init(_ node: Node, mark: Mark?, file: String) throws(ProfileFileError) {
    guard case .mapping(let mapping) = node else {
      throw ProfileFileError(
        file: file, line: node.mark?.line, column: node.mark?.column,
        problem: "expected \"key: value\" lines, found \(node.kindName)",
        mend: "write it as docs/profiles.md shows")
    }
    var keys: [String] = []
    var values: [String: (key: Mark?, value: Node)] = [:]
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        throw ProfileFileError(
          file: file, line: key.mark?.line, column: key.mark?.column,
          problem: "a key must be text, found \(key.kindName)",
          mend: "write a plain word before the \":\"")
      }
      // Yams finds repeated keys by their tag too, so that `1` and `"1"` pass it.
      guard values.updateValue((key.mark, value), forKey: scalar.string) == nil else {
        throw Self.duplicate(scalar.string, file: file, mark: key.mark)
      }
      keys.append(scalar.string)
    }
    self.file = file
    self.keys = keys
    self.mark = mark
    self.values = values
  }

  // MARK: Checks

  package func has(_ key: String) -> Bool { values[key] != nil }

  /// Refuses keys that are not in the list and, with `allOf`, a list that is not complete.
  package func allow(keys allowed: [String], allOf: Bool = false) throws(ProfileFileError) {
    for key in keys where !allowed.contains(key) {
      throw failure(
        "unknown key \"\(key.excerptOnOneLine)\"",
        allowed.nearest(to: key).map { "did you mean \"\($0)\"?" }
          ?? "the keys here are: \(allowed.joined(separator: ", "))",
        atKey: key)
    }
    for key in allowed where allOf && !has(key) { throw failure("\"\(key)\" is missing", "add it") }
  }

  /// An error at this mapping, or at the value of one of its keys.
  package func failure(_ problem: String, _ mend: String, at key: String? = nil) -> ProfileFileError
  {
    let mark = key.flatMap { values[$0]?.value.mark } ?? mark
    return ProfileFileError(
      file: file, line: mark?.line, column: mark?.column, problem: problem, mend: mend)
  }

  private func failure(_ problem: String, _ mend: String, atKey key: String) -> ProfileFileError {
    let mark = values[key]?.key ?? mark
    return ProfileFileError(
      file: file, line: mark?.line, column: mark?.column, problem: problem, mend: mend)
  }

  // MARK: Values

  /// The mapping below `key`; its errors point at `key`.
  package func mapping(_ key: String) throws(ProfileFileError) -> YAMLMapping {
    guard let entry = values[key] else { throw failure("\"\(key)\" is missing", "add it") }
    return try YAMLMapping(entry.value, mark: entry.key, file: file)
  }

  /// A non-empty list of mappings; nil where the key is absent.
  func mappings(_ key: String) throws(ProfileFileError) -> [YAMLMapping]? {
    guard let entry = values[key] else { return nil }
    guard case .sequence(let list) = entry.value, !list.isEmpty else {
      throw failure(
        "\"\(key)\" must be a list with at least one entry, found \(entry.value.kindName)",
        "write each entry below it, starting with \"-\"", at: key)
    }
    var mappings: [YAMLMapping] = []
    for node in list { mappings.append(try YAMLMapping(node, mark: node.mark, file: file)) }
    return mappings
  }

  /// Text of one line; nil where the key is absent.
  package func text(_ key: String, bytes limit: Int = 200) throws(ProfileFileError) -> String? {
    guard let node = values[key]?.value else { return nil }
    guard case .scalar(let scalar) = node, node.tag.rawValue == Tag.Name.str.rawValue else {
      throw failure("\"\(key)\" must be text, found \(node.kindName)", "put it in quotes", at: key)
    }
    let text = scalar.string
    guard !text.isEmpty, text.first?.isWhitespace == false, text.last?.isWhitespace == false,
      text.utf8.count <= limit,
      text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else {
      throw failure(
        "\"\(key)\" must be one line of 1 to \(limit) bytes without white space at its ends",
        "write a short \(limit > 200 ? "sentence" : "name")", at: key)
    }
    return text
  }

  /// A decimal number in `limits`; nil where the key is absent.
  package func number(_ key: String, in limits: ClosedRange<Double>) throws(ProfileFileError)
    -> Double?
  {
    guard let node = values[key]?.value else { return nil }
    guard let text = node.numeral, let number = Double(text), number.isFinite else {
      throw failure(
        "\"\(key)\" must be a number, found \(node.kindName)", "write it plainly, as 0.01", at: key)
    }
    guard limits.contains(number) else {
      throw failure(
        "\"\(key)\" is \(text.excerptOnOneLine), outside \(limits.lowerBound) to \(limits.upperBound)",
        "choose a value inside", at: key)
    }
    return number
  }

  /// A whole number of tokens; nil where the key is absent.
  func count(_ key: String) throws(ProfileFileError) -> Int? {
    guard let node = values[key]?.value else { return nil }
    return try tokens(node, key)
  }

  /// `[lowest, highest]` in tokens; nil where the key is absent.
  func range(_ key: String) throws(ProfileFileError) -> ClosedRange<Int>? {
    guard let node = values[key]?.value else { return nil }
    guard case .sequence(let list) = node, list.count == 2 else {
      throw failure(
        "\"\(key)\" must be two numbers, found \(node.kindName)", "write [lowest, highest]", at: key
      )
    }
    let (low, high) = (try tokens(list[0], key), try tokens(list[1], key))
    guard low <= high else {
      throw failure("\"\(key)\" runs from \(low) down to \(high)", "put the smaller first", at: key)
    }
    return low...high
  }

  /// A list of one-line texts; nil where the key is absent.
  func texts(_ key: String) throws(ProfileFileError) -> [String]? {
    guard let node = values[key]?.value else { return nil }
    guard case .sequence(let list) = node, !list.isEmpty else {
      throw failure(
        "\"\(key)\" must be a list with at least one entry, found \(node.kindName)",
        "write [one, two]", at: key)
    }
    var texts: [String] = []
    for node in list {
      guard case .scalar(let scalar) = node, scalar.string.utf8.count <= 200 else {
        throw failure("\"\(key)\" holds \(node.kindName)", "list names alone", at: key)
      }
      texts.append(scalar.string)
    }
    return texts
  }

  /// true or false; nil where the key is absent.
  func flag(_ key: String) throws(ProfileFileError) -> Bool? {
    guard let node = values[key]?.value else { return nil }
    guard case .scalar(let scalar) = node, scalar.string == "true" || scalar.string == "false"
    else {
      throw failure(
        "\"\(key)\" must be true or false, found \(node.kindName)", "write one of them", at: key)
    }
    return scalar.string == "true"
  }

  private func tokens(_ node: Node, _ key: String) throws(ProfileFileError) -> Int {
    guard let count = node.numeral.flatMap({ Int($0) }), (1...10_000_000).contains(count) else {
      throw failure(
        "\"\(key)\" must be a whole number of tokens from 1 to 10000000, found \(node.kindName)",
        "write it plainly, as 1500", at: key)
    }
    return count
  }
}

// MARK: - What YAML itself can get wrong

extension YAMLMapping {
  /// Aliases let a kilobyte stand for a gigabyte (the "billion laughs"), and Yams follows them
  /// while it composes, so they are looked for in the text. `*` is one where it starts a word: a
  /// few harmless quotations are refused too, and the message tells how to write those.
  private static func refuseAliases(in yaml: String, file: String) throws(ProfileFileError) {
    var line = 1
    var column = 0
    var previous: UInt8 = 0x20
    var starBefore = false
    for byte in yaml.utf8 {
      if starBefore, byte > 0x20 {
        throw ProfileFileError(
          file: file, line: line, column: column,
          problem: "YAML aliases (\"*name\") are not accepted",
          mend: "write the value out; in text, put a space after the \"*\"")
      }
      if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 0) }
      // Columns count code points: a continuation byte is not a column.
      if byte & 0xc0 != 0x80, byte != UInt8(ascii: "\n") { column += 1 }
      let startsWord = previous <= 0x20 || ",[]{}:-?\"'".utf8.contains(previous) || previous >= 0x80
      starBefore = byte == UInt8(ascii: "*") && startsWord
      previous = byte
    }
  }

  private static func failure(for error: any Error, file: String) -> ProfileFileError {
    func problem(_ text: String, _ mark: (line: Int, column: Int)?) -> ProfileFileError {
      ProfileFileError(
        file: file, line: mark?.line, column: mark?.column, problem: "not YAML: \(text)",
        mend: "mend the indentation, quotes or brackets there")
    }
    switch error {
    case YamlError.scanner(_, let text, let mark, _), YamlError.parser(_, let text, let mark, _),
      YamlError.composer(_, let text, let mark, _):
      return problem(text, (mark.line, mark.column))
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      return duplicate(keys.first ?? "", file: file, mark: context.mark)
    case YamlError.reader(let text, let offset?, _, let yaml):
      let lines = yaml.prefix(offset).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      return problem(text, (lines.count, lines.last!.unicodeScalars.count + 1))
    default:
      return problem("cannot be parsed", nil)
    }
  }

  private static func duplicate(_ key: String, file: String, mark: Mark?) -> ProfileFileError {
    ProfileFileError(
      file: file, line: mark?.line, column: mark?.column,
      problem: "the key \"\(key.excerptOnOneLine)\" stands twice", mend: "remove one")
  }
}

extension Node {
  /// The digits of a number written plainly; YAML's octal, hexadecimal and sexagesimal forms are
  /// no numbers here, since `0100` meaning 64 would surprise.
  fileprivate var numeral: String? {
    guard case .scalar(let scalar) = self, scalar.style == .plain,
      let first = scalar.string.utf8.first, first != UInt8(ascii: "+"),
      scalar.string.utf8.allSatisfy({ "0123456789.eE-+".utf8.contains($0) })
    else { return nil }
    let digits = scalar.string.utf8.drop { $0 == UInt8(ascii: "-") }
    if digits.count > 1, digits.first == UInt8(ascii: "0"),
      let second = digits.dropFirst().first, (0x30...0x39).contains(second)
    {
      return nil
    }
    return scalar.string
  }

  fileprivate var kindName: String {
    switch self {
    case .mapping: "a mapping"
    case .sequence(let list): list.isEmpty ? "an empty list" : "a list of \(list.count)"
    case .alias: "an alias"
    case .scalar(let scalar):
      switch Tag.Name(rawValue: tag.rawValue) {
      case .null: "nothing"
      case .str: scalar.string.isEmpty ? "empty text" : "text"
      default: "\"\(scalar.string.excerptOnOneLine)\""
      }
    }
  }
}
