/// Python's own attributes of a value: an item of the same name is reached by `[...]` only.
enum JinjaMethods {
  static let string: Set<String> = [
    "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find",
    "format", "format_map", "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
    "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper",
    "join", "ljust", "lower", "lstrip", "maketrans", "partition", "removeprefix",
    "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip",
    "split", "splitlines", "startswith", "strip", "swapcase", "title", "translate", "upper",
    "zfill",
  ]
  static let dictionary: Set<String> = [
    "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault",
    "update", "values",
  ]
  static let list: Set<String> = [
    "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse",
    "sort",
  ]

  static func names(of value: JinjaValue) -> Set<String> {
    switch value {
    case .string: string
    case .dictionary: dictionary
    case .list: list
    case .tuple: ["count", "index"]
    default: []
    }
  }
}

extension JinjaInterpreter {
  mutating func method(
    _ name: String, of receiver: JinjaValue, _ given: JinjaGiven
  ) throws(JinjaProblem) -> JinjaValue {
    switch receiver {
    case .string(let text): return try method(name, of: text, given)
    case .dictionary(let dictionary): return try method(name, of: dictionary, given)
    case .loop(let place) where name == "cycle":
      guard loops.indices.contains(place), !given.positional.isEmpty else {
        throw failure("'loop.cycle' has nothing to choose from")
      }
      return given.positional[loops[place].index % given.positional.count]
    default: throw unsupported("the method '\(name)' of \(receiver.typeName)")
    }
  }

  private mutating func method(
    _ name: String, of dictionary: JinjaDictionary, _ given: JinjaGiven
  ) throws(JinjaProblem) -> JinjaValue {
    switch name {
    case "get":
      guard given.named.isEmpty, (1...2).contains(given.positional.count) else {
        throw failure("'get' takes a key and a default")
      }
      if case .undefined = given.positional[0] {
        return given.positional.count > 1 ? given.positional[1] : .none
      }
      guard let key = JinjaKey(given.positional[0]) else {
        throw failure("\(given.positional[0].typeName) cannot be a dictionary's key")
      }
      return dictionary[key] ?? (given.positional.count > 1 ? given.positional[1] : .none)
    case "keys", "values", "items":
      _ = try given.taken([], by: name, self)
      if name == "keys" { return .view(try list(dictionary.keys), .keys) }
      if name == "values" { return .view(try list(dictionary.values), .values) }
      return .view(try list(try pairs(of: dictionary)), .items)
    default: throw unsupported("the method '\(name)' of a dictionary")
    }
  }

  mutating func pairs(of dictionary: JinjaDictionary) throws(JinjaProblem) -> [JinjaValue] {
    var pairs: [JinjaValue] = []
    for (key, value) in zip(dictionary.keys, dictionary.values) {
      pairs.append(.tuple(try list([key, value])))
    }
    return pairs
  }

  // MARK: Strings

  private mutating func method(
    _ name: String, of text: String, _ given: JinjaGiven
  ) throws(JinjaProblem) -> JinjaValue {
    try spend(bytes: text.utf8.count)
    switch name {
    case "strip", "lstrip", "rstrip":
      let set = try given.taken(["chars"], by: name, self)[0]
      return .string(
        text.stripped(
          of: try optionalString(set, of: name), left: name != "rstrip", right: name != "lstrip"))
    case "upper", "lower", "title", "capitalize":
      _ = try given.taken([], by: name, self)
      let raised =
        name == "upper"
        ? text.pythonUpper
        : name == "lower"
          ? text.pythonLower : name == "title" ? text.pythonTitle : text.pythonCapitalized
      try spend(bytes: raised.utf8.count)
      return .string(raised)
    case "split", "rsplit":
      let taken = try given.taken(["sep", "maxsplit"], by: name, self)
      return try split(text, taken, fromEnd: name == "rsplit")
    case "splitlines":
      _ = try given.taken([], by: name, self)
      return .list(try list(text.pythonLines.map { .string($0) }))
    case "startswith", "endswith":
      guard given.named.isEmpty, given.positional.count == 1 else {
        throw unsupported("'\(name)' with bounds")
      }
      let choices: [JinjaValue] =
        if case .tuple(let list) = given.positional[0] { list.elements } else { given.positional }
      for choice in choices {
        let part = try string(choice, of: name)
        if name == "startswith" ? text.begins(with: part) : text.ends(with: part) {
          return .bool(true)
        }
      }
      return .bool(false)
    case "removeprefix", "removesuffix":
      let part = try string(try given.taken(["part"], by: name, self)[0], of: name)
      if name == "removeprefix" {
        return .string(
          text.begins(with: part)
            ? String(decoding: text.utf8.dropFirst(part.utf8.count), as: UTF8.self) : text)
      }
      return .string(
        text.ends(with: part)
          ? String(decoding: text.utf8.dropLast(part.utf8.count), as: UTF8.self) : text)
    case "replace":
      let taken = try given.taken(["old", "new", "count"], by: name, self)
      return .string(
        try replaced(
          text, try string(taken[0], of: name), try string(taken[1], of: name), taken[2]))
    case "find", "count":
      let part = try string(try given.taken(["part"], by: name, self)[0], of: name)
      if name == "count" {
        let count =
          part.isEmpty
          ? text.unicodeScalars.count + 1 : text.pieces(around: part, limit: nil).count - 1
        return .int(count)
      }
      let bytes = Array(text.utf8)
      if part.isEmpty { return .int(0) }
      guard let found = String.places(of: Array(part.utf8), in: bytes, limit: 1).first else {
        return .int(-1)
      }
      return .int(String(decoding: bytes[..<found], as: UTF8.self).unicodeScalars.count)
    case "join":
      let taken = try given.taken(["parts"], by: name, self)
      var parts: [String] = []
      for part in try elements(of: taken[0] ?? .none) { parts.append(try string(part, of: name)) }
      return .string(try joined(parts, by: text))
    default: throw unsupported("the method '\(name)' of a string")
    }
  }

  func string(_ value: JinjaValue?, of callee: String) throws(JinjaProblem) -> String {
    guard case .string(let text)? = value else {
      throw failure("'\(callee)' takes a string, not \(value?.typeName ?? "nothing")")
    }
    return text
  }

  private func optionalString(_ value: JinjaValue?, of callee: String) throws(JinjaProblem)
    -> String?
  {
    switch value {
    case nil, .some(.none): nil
    default: try string(value, of: callee)
    }
  }

  /// A count that -1 (or nothing) leaves open.
  func limit(_ value: JinjaValue?) throws(JinjaProblem) -> Int? {
    guard let value else { return nil }
    guard let limit = value.integer else {
      throw failure("\(value.typeName) cannot be a count")
    }
    return limit < 0 ? nil : limit
  }

  private mutating func split(
    _ text: String, _ taken: [JinjaValue?], fromEnd: Bool
  ) throws(JinjaProblem) -> JinjaValue {
    let limit = try limit(taken[1])
    guard let separator = try optionalString(taken[0], of: "split") else {
      if fromEnd, limit != nil { throw unsupported("'rsplit' at white space with a limit") }
      return .list(try list(text.words(limit: limit).map { .string($0) }))
    }
    guard !separator.isEmpty else { throw failure("a string cannot be split at nothing") }
    try spend(bytes: text.utf8.count * 2)
    let pieces =
      fromEnd
      ? text.piecesFromTheEnd(around: separator, limit: limit)
      : text.pieces(around: separator, limit: limit)
    return .list(try list(pieces.map { .string($0) }))
  }

  mutating func replaced(
    _ text: String, _ old: String, _ new: String, _ count: JinjaValue?
  ) throws(JinjaProblem) -> String {
    let limit = try limit(count)
    let places = old.isEmpty ? text.utf8.count + 1 : text.utf8.count / old.utf8.count
    // Only a text that could be too long is worth counting.
    var found = min(places, limit ?? places)
    if found * new.utf8.count > JinjaLimits.text / 4, !old.isEmpty {
      found = min(found, text.pieces(around: old, limit: limit).count)
    }
    try spend(bytes: text.utf8.count + found * new.utf8.count)
    return text.replaced(old, by: new, limit: limit)
  }

  mutating func joined(_ parts: [String], by separator: String) throws(JinjaProblem) -> String {
    let size = parts.reduce(0) { $0 + $1.utf8.count + separator.utf8.count }
    try spend(bytes: size)
    return parts.joined(separator: separator)
  }
}
