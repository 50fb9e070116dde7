import Glibc

extension JinjaInterpreter {
  mutating func call(_ function: JinjaFunction, _ given: JinjaGiven) throws(JinjaProblem)
    -> JinjaValue
  {
    switch function {
    case .range: return try range(given)
    case .namespace, .dict:
      let dictionary = try dictionary(given)
      guard function == .namespace else { return .dictionary(dictionary) }
      namespaces.append(JinjaDictionary())
      for (key, value) in zip(dictionary.keys, dictionary.values) {
        guard case .string(let name) = key else {
          throw failure("an attribute's name is no string")
        }
        try setAttribute(name, of: namespaces.count - 1, to: value)
      }
      return .namespace(namespaces.count - 1)
    case .strftimeNow:
      return .string(
        try date(
          in: try string(
            try given.taken(["format"], by: "strftime_now", self)[0], of: "strftime_now")))
    case .raiseException: throw JinjaProblem(line: line, problem: .raised(nil))
    }
  }

  /// The sandbox's `range`, of at most 100,000 numbers.
  private mutating func range(_ given: JinjaGiven) throws(JinjaProblem) -> JinjaValue {
    var bounds: [Int] = []
    for value in given.positional {
      guard let bound = value.integer else {
        throw failure("\(value.typeName) cannot bound a range")
      }
      bounds.append(bound)
    }
    guard given.named.isEmpty, (1...3).contains(bounds.count), bounds.count < 3 || bounds[2] != 0
    else { throw failure("'range' takes a start, a stop and a step that is not 0") }
    let start = bounds.count > 1 ? bounds[0] : 0
    let stop = bounds.count > 1 ? bounds[1] : bounds[0]
    let step = bounds.count > 2 ? bounds[2] : 1
    var numbers: [JinjaValue] = []
    for number in stride(from: start, to: stop, by: step) {
      guard numbers.count < 100_000 else {
        throw .tooLarge(line, "a range of more than 100000 numbers")
      }
      numbers.append(.int(number))
    }
    return .view(try list(numbers), .range)
  }

  private mutating func dictionary(_ given: JinjaGiven) throws(JinjaProblem) -> JinjaDictionary {
    var dictionary = JinjaDictionary()
    guard given.positional.count <= 1 else {
      throw failure("'dict' takes one dictionary and arguments by name")
    }
    switch given.positional.first {
    case nil: break
    case .dictionary(let given)?: dictionary = given
    case .list?, .tuple?, .view?:
      for pair in try elements(of: given.positional[0]) {
        let parts = try elements(of: pair)
        guard parts.count == 2 else { throw failure("'dict' takes pairs") }
        try set(parts[0], parts[1], in: &dictionary)
      }
    case let value?: throw failure("'dict' cannot be made of \(value.typeName)")
    }
    for (name, value) in given.named { try set(.string(name), value, in: &dictionary) }
    return dictionary
  }

  private mutating func date(in format: String) throws(JinjaProblem) -> String {
    guard format.utf8.count <= 1000 else { throw failure("a date's format is too long") }
    var time = time_t(now)
    var parts = tm()
    localtime_r(&time, &parts)
    // The space tells an empty date from a buffer too small.
    var buffer = [CChar](repeating: 0, count: 1 << 14)
    guard strftime(&buffer, buffer.count, format + " ", &parts) > 0 else {
      throw failure("a date's format gives too long a text")
    }
    let bytes = buffer.prefix { $0 != 0 }.dropLast().map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
