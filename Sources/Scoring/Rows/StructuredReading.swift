import Boundary
import DocProfiles

extension PagePrediction {
  /// The reading with the structure that a vision-language model put into it taken for what it is:
  /// JSON becomes fields by name, a Markdown table becomes lines of cells, full-width forms become
  /// half-width, and several blanks one; fields that an engine named already get the profile's keys.
  /// Anything else, and JSON that names no critical field, stays as it is.
  func structured(by criticalFields: [CriticalField]) -> PagePrediction {
    if let keyedFields {
      let names = fieldNames(criticalFields)
      let fields = keyedFields.map { field in
        KeyedField(
          key: names[foldedKey(field.key)]?.key ?? field.key, value: field.value, row: field.row)
      }
      return PagePrediction(text: text, keyedFields: fields)
    }
    if let fields = jsonFields(in: text, criticalFields) {
      return PagePrediction(text: text, keyedFields: fields)
    }
    return PagePrediction(text: singleSpaced(widthFolded(withoutMarkdownTables(text))))
  }
}

/// Fields of a reading that is JSON, in a code fence or bare; nil where it is none, or has no key of
/// a critical field.
private func jsonFields(in text: String, _ criticalFields: [CriticalField]) -> [KeyedField]? {
  let names = fieldNames(criticalFields)
  for bytes in jsonCandidates(in: Array(text.utf8)[...]) {
    guard let value = try? JSONValue(parsing: bytes) else { continue }
    var fields: [KeyedField] = []
    collect(value, row: nil, names, into: &fields)
    if !fields.isEmpty { return fields }
  }
  return nil
}

/// What of a reading may be JSON: what stands in its first code fence, or from its first bracket to
/// its last, behind a byte-order mark, thoughts and words of welcome.
private func jsonCandidates(in text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
  var text = text
  if let thought = text.firstRange(of: Array("</think>".utf8)) {
    text = text[thought.upperBound...]
  }
  var candidates: [ArraySlice<UInt8>] = []
  let fence = Array("```".utf8)
  if let open = text.firstRange(of: fence) {
    let inside = text[open.upperBound...].drop { $0 != 0x0a }
    let close = inside.firstRange(of: fence)?.lowerBound ?? inside.endIndex
    candidates.append(inside[inside.startIndex..<close])
  }
  let brackets = "{}[]".utf8.map { $0 }
  if let first = text.firstIndex(where: { $0 == brackets[0] || $0 == brackets[2] }),
    let last = text.lastIndex(where: { $0 == brackets[1] || $0 == brackets[3] }), first < last
  {
    candidates.append(text[first...last])
  }
  return candidates
}

/// Critical fields by what models call them: the profile's key and Korean name before others.
private func fieldNames(_ criticalFields: [CriticalField]) -> [String: CriticalField] {
  var names: [String: CriticalField] = [:]
  for field in criticalFields {
    names[foldedKey(field.key)] = field
    names[foldedKey(field.koreanName)] = field
  }
  for field in criticalFields {
    for name in columnNames[field.kind] ?? [] where names[name] == nil { names[name] = field }
  }
  return names
}

/// Objects give their members, lists of objects rows; the list's place is the row.
private func collect(
  _ value: JSONValue, row: Int?, _ names: [String: CriticalField], into fields: inout [KeyedField]
) {
  switch value {
  case .object(let members):
    for member in members {
      guard let field = names[foldedKey(member.key)] else {
        collect(member.value, row: row, names, into: &fields)
        continue
      }
      switch member.value {
      case .string(let text), .number(let text):
        fields.append(KeyedField(key: field.key, value: text, row: row))
      case .array(let list):
        for (place, item) in list.enumerated() {
          if case .string(let text) = item {
            fields.append(KeyedField(key: field.key, value: text, row: row ?? place + 1))
          } else {
            collect(item, row: row ?? place + 1, names, into: &fields)
          }
        }
      default: collect(member.value, row: row, names, into: &fields)
      }
    }
  case .array(let list):
    for (place, item) in list.enumerated() {
      collect(item, row: list.count > 1 || row == nil ? place + 1 : row, names, into: &fields)
    }
  case .null, .bool, .number, .string: break
  }
}

/// Names that models give to fields, beside the profile's key and Korean name.
private let columnNames: [FieldKind: [String]] = [
  .drugName: ["약품명", "의약품명", "처방의약품의명칭", "약명", "drug", "medication", "medicine"],
  .quantity: ["1회투약량", "1회투여량", "투여량", "dosage", "dose"],
  .frequency: ["1일투여횟수", "1일횟수", "횟수", "frequency"],
  .route: ["경로", "route"],
  .testName: ["검사명", "검사", "test", "testname"],
  .labValue: ["결과", "결과치", "result", "value"],
  .unit: ["unit"],
  .range: ["참고범위", "정상범위", "range", "referencerange", "reference"],
  .diagnosisName: ["병명", "diagnosis"],
  .diagnosisCode: ["상병코드", "질병분류번호", "code", "icd10", "kcd"],
  .person: ["성명", "이름", "name", "patient"],
]

/// Lines of a Markdown table with their bars as blanks and rulers left out; other lines as they are.
func withoutMarkdownTables(_ text: String) -> String {
  guard text.contains("|") else { return text }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  func isRow(_ line: Substring) -> Bool {
    let inked = line.drop { $0 == " " }
    return inked.first == "|" && inked.dropFirst().contains("|")
  }
  func isRuler(_ line: Substring) -> Bool {
    isRow(line) && line.contains("-") && line.allSatisfy { "|-: ".contains($0) }
  }
  // Without a ruler, bars may be what the page has.
  guard lines.contains(where: isRuler) else { return text }
  return lines.compactMap { line in
    if isRuler(line) { return nil }
    guard isRow(line) else { return String(line) }
    let cells = line.split(separator: "|").map { cell in
      let cell = cell.drop { $0 == " " }
      var bare = String(cell)
      while bare.last == " " { bare.removeLast() }
      if bare.hasPrefix("**"), bare.hasSuffix("**"), bare.count > 4 {
        bare = String(bare.dropFirst(2).dropLast(2))
      }
      return bare
    }
    return cells.filter { !$0.isEmpty }.joined(separator: " ")
  }.joined(separator: "\n")
}
