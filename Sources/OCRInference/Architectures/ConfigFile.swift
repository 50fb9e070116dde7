import Boundary

/// A model's `config.json`, or an object inside it: values are asked for by key and range, so that what is missing
/// or absurd becomes an error that names file and key before a weight is touched.
public struct ConfigFile: Sendable {
  /// A published config has some 2 kB; a megabyte is another file.
  public static let limit = 1 << 20

  public let path: String
  /// Keys that lead to this object, each with its point: `text_config.`
  private let prefix: String
  private let members: JSONValue

  public init(file path: String) throws {
    let bytes = try RegularFile.bytes(of: path, limit: Self.limit)
    try self.init(bytes: bytes, path: path)
  }

  /// - Parameter path: what errors call it.
  public init(bytes: [UInt8], path: String) throws(ConfigError) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes[...])
    } catch {
      throw ConfigError(path: path, key: nil, defect: "is not JSON from byte \(error.offset) on")
    }
    guard case .object = value else {
      throw ConfigError(path: path, key: nil, defect: "is not a JSON object")
    }
    self.init(path: path, prefix: "", members: value)
  }

  private init(path: String, prefix: String, members: JSONValue) {
    self.path = path
    self.prefix = prefix
    self.members = members
  }

  /// The same file, an error to throw about one of its keys.
  public func error(_ key: String, _ defect: String) -> ConfigError {
    ConfigError(path: path, key: prefix + key, defect: defect)
  }

  /// Whether the key is there and not null.
  public func has(_ key: String) -> Bool { value(key) != nil }

  private func value(_ key: String) -> JSONValue? {
    guard let value = members[key], value != .null else { return nil }
    return value
  }

  private func missing(_ key: String) -> ConfigError { error(key, "is missing") }

  // MARK: Values

  /// A whole number; `missing` stands for an absent or null key.
  public func int(
    _ key: String, in range: ClosedRange<Int>, missing absent: Int? = nil
  ) throws(ConfigError) -> Int {
    guard let value = value(key) else {
      guard let absent else { throw missing(key) }
      return absent
    }
    guard let number = value.number, let whole = Int(exactly: number), range.contains(whole) else {
      throw error(
        key, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return whole
  }

  public func number(
    _ key: String, in range: ClosedRange<Double>, missing absent: Double? = nil
  ) throws(ConfigError) -> Double {
    guard let value = value(key) else {
      guard let absent else { throw missing(key) }
      return absent
    }
    guard let number = value.number, range.contains(number) else {
      throw error(key, "is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  public func bool(_ key: String, missing absent: Bool? = nil) throws(ConfigError) -> Bool {
    guard let value = value(key) else {
      guard let absent else { throw missing(key) }
      return absent
    }
    guard case .bool(let bool) = value else { throw error(key, "is neither true nor false") }
    return bool
  }

  public func string(_ key: String, missing absent: String? = nil) throws(ConfigError) -> String {
    guard let value = value(key) else {
      guard let absent else { throw missing(key) }
      return absent
    }
    guard case .string(let string) = value else { throw error(key, "is not a string") }
    return string
  }

  /// A list of whole numbers; a single number is a list of one. At most 4,096.
  public func ints(
    _ key: String, in range: ClosedRange<Int>, missing absent: [Int]? = nil
  ) throws(ConfigError) -> [Int] {
    guard let value = value(key) else {
      guard let absent else { throw missing(key) }
      return absent
    }
    let items: [JSONValue] = if case .array(let items) = value { items } else { [value] }
    var whole: [Int] = []
    for item in items {
      guard let number = item.number, let int = Int(exactly: number), range.contains(int),
        whole.count < 4096
      else {
        throw error(
          key, "is not a list of whole numbers from \(range.lowerBound) to \(range.upperBound)")
      }
      whole.append(int)
    }
    return whole
  }

  /// The object under the key; nil where there is none.
  public func object(_ key: String) throws(ConfigError) -> ConfigFile? {
    guard let value = value(key) else { return nil }
    guard case .object = value else { throw error(key, "is not an object") }
    return ConfigFile(path: path, prefix: prefix + key + ".", members: value)
  }
}

extension JSONValue {
  /// A finite number.
  fileprivate var number: Double? {
    guard case .number(let digits) = self, let number = Double(digits), number.isFinite else {
      return nil
    }
    return number
  }
}

/// A config that no model can be built from: one line with file, key and mend.
public struct ConfigError: Error, Equatable, Sendable, CustomStringConvertible {
  public let path: String
  /// `rope_scaling.mrope_section`; nil where the file as a whole is wrong.
  public let key: String?
  public let defect: String

  public init(path: String, key: String?, defect: String) {
    self.path = path
    self.key = key
    self.defect = defect
  }

  public var description: String {
    let place = key.map { " \($0.excerptOnOneLine):" } ?? ""
    let file = path.split(separator: "/").last.map { String($0).excerptOnOneLine } ?? "config.json"
    return "\(path.onOneLine):\(place) \(defect); give the \(file) that belongs to the weights"
  }
}
