/// The multi-line tables that lexicons are written in.
///
/// A line holds columns between `|`; a line `@key rest` opens a group that the lines after it
/// belong to.
struct LexiconTable {
  struct Row {
    var group: String
    /// What stands after the group's key on its `@` line.
    var heading: String
    var columns: [String]
  }

  var rows: [Row] = []

  init(_ text: String) {
    var group = ""
    var heading = ""
    for line in text.split(separator: "\n") {
      if line.first == "@" {
        let parts = line.dropFirst().split(separator: " ", maxSplits: 1)
        group = String(parts[0])
        heading = parts.count > 1 ? String(parts[1]) : ""
      } else {
        let columns = line.split(separator: "|", omittingEmptySubsequences: false)
        rows.append(Row(group: group, heading: heading, columns: columns.map(String.init)))
      }
    }
  }

  /// The words of a table without columns.
  static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }
}
