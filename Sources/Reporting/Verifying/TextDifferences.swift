import Boundary

/// The files that are drawn from results.json, against what they ought to be.
enum TextDifferences {
  // MARK: pages.csv

  /// Cell by cell; rows by their place, named by page and DPI.
  static func csv(stored: String, recomputed: String) -> [FigureDifference] {
    let file = ResultsDirectory.File.csv.rawValue
    let (a, b) = (CSVRows(stored).rows, CSVRows(recomputed).rows)
    let titles = b.first ?? []
    guard a.first == titles else {
      return [
        FigureDifference(
          file: file, key: "its columns", stored: "\(a.first?.count ?? 0)",
          recomputed: "\(titles.count)")
      ]
    }
    var found: [FigureDifference] = []
    if a.count != b.count {
      found.append(
        FigureDifference(
          file: file, key: "its rows", stored: "\(a.count - 1)", recomputed: "\(b.count - 1)"))
    }
    let named = titles.firstIndex(of: "page") ?? 0
    let dpi = titles.firstIndex(of: "dpi") ?? 0
    for (x, y) in zip(a, b).dropFirst() where x != y {
      for (column, title) in titles.enumerated() where x[at: column] != y[at: column] {
        // What an engine printed may quote a page.
        let isText = title == "detail"
        found.append(
          FigureDifference(
            file: file,
            key: "\((y[at: named] ?? "").excerptOnOneLine) at \(y[at: dpi] ?? "") DPI, \(title)",
            stored: isText ? "(text)" : x[at: column].map(\.excerptOnOneLine),
            recomputed: isText ? "(text)" : y[at: column].map(\.excerptOnOneLine)))
      }
    }
    return found
  }

  // MARK: junit.xml and report.html

  /// Line by line. `quotes` says of a line whether it holds no page text and may be shown.
  static func lines(
    file: String, stored: String, recomputed: String, quotes: (Substring) -> Bool
  ) -> [FigureDifference] {
    let (a, b) = (lines(of: stored), lines(of: recomputed))
    var found: [FigureDifference] = []
    if a.count != b.count {
      found.append(
        FigureDifference(
          file: file, key: "its lines", stored: "\(a.count)", recomputed: "\(b.count)"))
    }
    for (number, (x, y)) in zip(a, b).enumerated() where x != y {
      let isShown = quotes(x) && quotes(y)
      found.append(
        FigureDifference(
          file: file, key: "line \(number + 1)", stored: isShown ? shown(x) : "(text)",
          recomputed: isShown ? shown(y) : "(text)"))
    }
    return found
  }

  /// Whether a line of HTML shows figures and nothing that could be a page's text.
  static func isFigures(_ line: Substring) -> Bool {
    let text = line.replacing(/<[^>]*>/, with: " ")
    return text.wholeMatch(of: /[\s0-9.,%±≤≥<>–()\/+-]*(PASS|FAIL|INCONCLUSIVE|ms|s)?\s*/) != nil
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func shown(_ line: Substring) -> String {
    let text = line.drop { $0 == " " }
    let excerpt = text.prefix(160)
    return String(excerpt).onOneLine + (excerpt.count < text.count ? "…" : "")
  }
}

/// The cells of comma-separated values (RFC 4180).
struct CSVRows {
  private(set) var rows: [[String]] = []

  init(_ text: String) {
    var row: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    let scalars = Array(text.unicodeScalars)
    var index = 0
    func next() -> Unicode.Scalar? { index + 1 < scalars.count ? scalars[index + 1] : nil }
    while index < scalars.count {
      let scalar = scalars[index]
      switch scalar {
      case "\"" where isQuoted && next() == "\"":
        cell.append("\"")
        index += 1
      case "\"":
        isQuoted.toggle()
      case "," where !isQuoted:
        row.append(String(cell))
        cell = .init()
      case "\r" where !isQuoted && next() == "\n":
        break
      case "\n" where !isQuoted:
        rows.append(row + [String(cell)])
        row = []
        cell = .init()
      default:
        cell.append(scalar)
      }
      index += 1
    }
    if !row.isEmpty || !cell.isEmpty { rows.append(row + [String(cell)]) }
  }
}

extension Array {
  fileprivate subscript(at index: Int) -> Element? { index < count ? self[index] : nil }
}
