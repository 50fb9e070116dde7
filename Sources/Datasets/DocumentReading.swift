import Boundary
import DocProfiles

/// Turns one line's JSON into a document, naming everything that keeps it from being one.
struct DocumentReading {
  /// `pages[0].lines[3]: what; mend`, in the order found.
  private(set) var problems: [String] = []
  private var path: [String] = []

  /// A line of nothing but mistakes should not fill the memory with their names.
  static let maximumProblems = 50

  /// nil where `problems` says why.
  mutating func document(_ value: JSONValue) -> DatasetDocument? {
    guard
      let members = members(
        value, required: ["id", "type", "pages", "fields"], optional: ["meta"])
    else { return nil }
    if let meta = members["meta"] {
      within(".meta") { reading in _ = reading.object(meta) }
    }
    let id = string(members, "id")
    let type = string(members, "type")
    let pages = list(members, "pages") { $0.page($1) }
    let fields = list(members, "fields") { $0.field($1) }
    guard let id, let type, let pages, let fields, problems.isEmpty else { return nil }
    return DatasetDocument(
      id: id, type: DocumentType(rawValue: type), pages: pages, fields: fields)
  }

  /// The id alone, to name a document that could not be read.
  static func id(of value: JSONValue) -> String? {
    guard case .string(let id)? = value["id"] else { return nil }
    return id
  }

  // MARK: The parts of a document

  private mutating func page(_ value: JSONValue) -> PageTruth? {
    guard
      let members = members(
        value, required: ["image", "transcript"], optional: ["sha256", "lines"])
    else { return nil }
    let image = string(members, "image")
    let sha256 = optional(members, "sha256") { $0.string($1) }
    let transcript = string(members, "transcript")
    guard let image, let transcript else { return nil }
    // A folder made by hand need not count the spans of lines that it knows no boxes of.
    let lines =
      isAbsent(members["lines"])
      ? TranscriptForm.lineSpans(of: transcript).map {
        LineTruth(start: $0.lowerBound, end: $0.upperBound)
      } : list(members, "lines") { $0.line($1) }
    return lines.map {
      PageTruth(image: image, sha256: sha256, transcript: transcript, lines: $0)
    }
  }

  private mutating func line(_ value: JSONValue) -> LineTruth? {
    guard let members = members(value, required: ["start", "end"], optional: ["box", "runs"])
    else { return nil }
    let start = integer(members, "start")
    let end = integer(members, "end")
    let box = optional(members, "box") { $0.box($1) }
    let runs = isAbsent(members["runs"]) ? nil : list(members, "runs") { $0.run($1) }
    guard let start, let end else { return nil }
    return LineTruth(start: start, end: end, box: box, runs: runs)
  }

  private mutating func run(_ value: JSONValue) -> RunTruth? {
    guard let members = members(value, required: ["start", "end", "box", "edges"], optional: [])
    else { return nil }
    let start = integer(members, "start")
    let end = integer(members, "end")
    let box = members["box"].flatMap { value in within(".box") { $0.box(value) } }
    let edges = list(members, "edges") { $0.integer($1) }
    guard let start, let end, let box, let edges else { return nil }
    return RunTruth(start: start, end: end, box: box, edges: edges)
  }

  private mutating func field(_ value: JSONValue) -> FieldTruth? {
    guard
      let members = members(
        value, required: ["name", "value", "kind", "page", "start", "end"],
        optional: ["row", "box"])
    else { return nil }
    let name = string(members, "name")
    let text = string(members, "value")
    let kind = fieldKind(members)
    let row = optional(members, "row") { $0.integer($1) }
    let page = integer(members, "page")
    let start = integer(members, "start")
    let end = integer(members, "end")
    let box = optional(members, "box") { $0.box($1) }
    guard let name, let text, let kind, let page, let start, let end else { return nil }
    return FieldTruth(
      name: name, value: text, kind: kind, row: row, page: page, start: start, end: end, box: box)
  }

  private mutating func fieldKind(_ members: [String: JSONValue]) -> FieldKind? {
    guard let name = string(members, "kind") else { return nil }
    if let kind = FieldKind(rawValue: name) { return kind }
    let kinds = FieldKind.allCases.map(\.rawValue)
    within(".kind") {
      $0.report(
        "unknown kind \"\(name.excerptOnOneLine)\"; "
          + (kinds.nearest(to: name).map { "did you mean \"\($0)\"?" }
            ?? "use one of: \(kinds.joined(separator: ", "))"))
    }
    return nil
  }

  private mutating func box(_ value: JSONValue) -> PixelBox? {
    let numbers: [Int]
    if case .array(let list) = value {
      numbers = list.compactMap(\.integer)
      if list.count == 4, numbers.count == 4 {
        return PixelBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
      }
    }
    report("a box must be four whole numbers; write [x, y, width, height] in pixels")
    return nil
  }

  // MARK: Values of a kind

  private mutating func object(_ value: JSONValue) -> [String: JSONValue]? {
    if case .object(let members) = value {
      return Dictionary(members.map { ($0.key, $0.value) }) { _, last in last }
    }
    report("must be an object, found \(value.kind); write it in { }")
    return nil
  }

  private mutating func string(_ value: JSONValue) -> String? {
    if case .string(let text) = value { return text }
    report("must be a string, found \(value.kind); put it in quotes")
    return nil
  }

  private mutating func integer(_ value: JSONValue) -> Int? {
    if let number = value.integer { return number }
    report("must be a whole number, found \(value.kind); write it without quotes or a point")
    return nil
  }

  private mutating func string(_ members: [String: JSONValue], _ key: String) -> String? {
    guard let value = members[key] else { return nil }
    return within("." + key) { $0.string(value) }
  }

  private mutating func integer(_ members: [String: JSONValue], _ key: String) -> Int? {
    guard let value = members[key] else { return nil }
    return within("." + key) { $0.integer(value) }
  }

  private mutating func optional<Value>(
    _ members: [String: JSONValue], _ key: String,
    _ read: (inout DocumentReading, JSONValue) -> Value?
  ) -> Value? {
    guard let value = members[key], !isAbsent(value) else { return nil }
    return within("." + key) { read(&$0, value) }
  }

  private mutating func list<Element>(
    _ members: [String: JSONValue], _ key: String,
    _ read: (inout DocumentReading, JSONValue) -> Element?
  ) -> [Element]? {
    guard let value = members[key] else { return nil }
    guard case .array(let values) = value else {
      within("." + key) {
        $0.report("must be a list, found \(value.kind); write it in [ ]")
      }
      return nil
    }
    var elements: [Element] = []
    for (index, value) in values.enumerated() where problems.count < Self.maximumProblems {
      if let element = within(".\(key)[\(index)]", { read(&$0, value) }) {
        elements.append(element)
      }
    }
    return elements.count == values.count ? elements : nil
  }

  /// The members of an object that has all the required keys and no unknown ones.
  private mutating func members(
    _ value: JSONValue, required: [String], optional: [String]
  ) -> [String: JSONValue]? {
    guard let members = object(value) else { return nil }
    let allowed = required + optional
    for key in members.keys.sorted()
    where !allowed.contains(key) && problems.count < Self.maximumProblems {
      report(
        "unknown key \"\(key.excerptOnOneLine)\"; "
          + (allowed.nearest(to: key).map { "did you mean \"\($0)\"?" }
            ?? "remove it, or keep it in the document's \"meta\""))
    }
    for key in required where members[key] == nil {
      report("\"\(key)\" is missing; add it")
    }
    return members
  }

  /// `null` is how Python writes a value that is not there.
  private func isAbsent(_ value: JSONValue?) -> Bool { value == nil || value == .null }

  // MARK: Places

  private mutating func within<Value>(
    _ step: String, _ body: (inout DocumentReading) -> Value
  ) -> Value {
    path.append(step)
    defer { path.removeLast() }
    return body(&self)
  }

  private mutating func report(_ problem: String) {
    guard problems.count < Self.maximumProblems else { return }
    let place = path.joined().drop { $0 == "." }
    problems.append(place.isEmpty ? problem : "\(place): \(problem)")
  }
}
