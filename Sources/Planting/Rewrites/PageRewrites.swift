import Datasets
import DocProfiles

extension PlantingPage {
  /// The page as a whole written otherwise: width, spacing, lines, order of rows, Markdown.
  func pageRewrites() -> [Plant] {
    dressings() + wrapped() + tightText() + reordered() + markdown()
  }

  private func dressings() -> [Plant] {
    let kinds: [(Dressing, Rewrite)] = [
      (.fullWidth, .width), (.wideSpaces, .spacing), (.decomposed, .composition),
    ]
    return kinds.map { dressing, rewrite in
      var plant = Plant(.harmless(rewrite), "whole page \(dressing.rawValue)", [])
      plant.dressing = dressing
      return plant
    }
  }

  /// Running text without its line breaks.
  private func wrapped() -> [Plant] {
    fields.filter { $0.kind == .freeText }.compactMap { field in
      let breaks = (field.start..<field.end).filter { scalars[$0] == "\n" }
      guard !breaks.isEmpty else { return nil }
      return Plant(
        .harmless(.lines), "paragraph on one line",
        breaks.map { Edit(range: $0..<$0 + 1, text: " ") })
    }
  }

  /// Korean running text set without a blank between two words.
  private func tightText() -> [Plant] {
    let isHangul = { (scalar: Unicode.Scalar) in (0xac00...0xd7a3).contains(scalar.value) }
    let blanks = scalars.indices.dropFirst().dropLast().filter {
      scalars[$0] == " " && freeText(at: $0) != nil && isHangul(scalars[$0 - 1])
        && isHangul(scalars[$0 + 1])
    }
    return stride(from: 0, to: blanks.count, by: 5).map { index in
      Plant(
        .harmless(.spacing), "blank lost in text",
        [Edit(range: blanks[index]..<blanks[index] + 1, text: "")])
    }
  }

  /// Two rows of a table in each other's order, each whole.
  private func reordered() -> [Plant] {
    zip(rows, rows.dropFirst()).compactMap { first, second in
      guard let above = first.line, let below = second.line,
        below.lowerBound == above.upperBound + 1,
        fields[first.key].kind == fields[second.key].kind
      else { return nil }
      return Plant(
        .harmless(.rowOrder), "rows in another order",
        [Edit(range: above.lowerBound..<below.upperBound, text: text(below) + "\n" + text(above))])
    }
  }

  /// The rows of a table as a model that writes Markdown puts them.
  private func markdown() -> [Plant] {
    let lined = rows.filter { $0.line != nil }
    guard let first = lined.first else { return [] }
    let width = lined.map(\.fields.count).max()!
    let edits = lined.map { row -> Edit in
      let line = row.line!
      var table = "| "
      var place = line.lowerBound
      let inOrder = row.fields.sorted { fields[$0].start < fields[$1].start }
      for index in inOrder.dropFirst() {
        table += text(place..<fields[index].start) + "| "
        place = fields[index].start
      }
      table += text(place..<line.upperBound) + " |"
      if row.key == first.key {
        let ruler = "|" + String(repeating: "---|", count: width)
        table = ruler + "\n" + table
      }
      return Edit(range: line, text: table)
    }
    return [Plant(.harmless(.markdownTable), "table in Markdown", edits)]
  }
}
