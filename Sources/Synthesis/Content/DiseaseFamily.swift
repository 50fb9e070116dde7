/// What the documents of one disease say, as templates with slots (see ``Story``).
///
/// A table opens a family with `# group|specialty|sex or *|ages|days of stay|onset` and then
/// gives its parts, `part: one wording | another`; lines of one part follow each other. A part is
///
/// - `cc` chief complaint, `h` present illness, `x` physical examination,
///   `+` and `-` symptoms present and denied, `lab` tests with their direction,
/// - `pr` procedures, `c` hospital course, `rx` drug classes,
/// - `o` opinion of a certificate, `f` follow-up, `a` and `p` a record's assessment and plan.
///
/// A line that begins with `?` is told in six of ten documents.
package struct DiseaseFamily: Sendable {
  var group: String
  var specialty: String
  /// `남`, `여` or nil for either.
  var sex: String?
  var ages: ClosedRange<Int>
  var stay: ClosedRange<Int>
  /// `3~7일`
  var onset: String
  var parts: [String: [Line]] = [:]

  struct Line: Sendable {
    var isOptional: Bool
    var wordings: [String]
  }

  package static let all: [DiseaseFamily] = [chest, abdomen, metabolic, surgery, nerves, others]
    .flatMap(
      parse)

  static func parse(_ text: String) -> [DiseaseFamily] {
    var families: [DiseaseFamily] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("#") {
        let head = line.dropFirst(2).split(separator: "|").map(String.init)
        families.append(
          DiseaseFamily(
            group: head[0], specialty: head[1], sex: head[2] == "*" ? nil : head[2],
            ages: range(head[3]), stay: range(head[4]), onset: head[5]))
      } else {
        let colon = line.firstIndex(of: ":")!
        var body = line[line.index(after: colon)...].drop { $0 == " " }
        let isOptional = body.first == "?"
        if isOptional { body = body.dropFirst().drop { $0 == " " } }
        families[families.count - 1].parts[String(line[..<colon]), default: []].append(
          Line(isOptional: isOptional, wordings: body.split(separator: " | ").map(String.init)))
      }
    }
    return families
  }

  private static func range(_ text: String) -> ClosedRange<Int> {
    let ends = text.split(separator: "~").map { Int($0)! }
    return ends[0]...ends[1]
  }
}
