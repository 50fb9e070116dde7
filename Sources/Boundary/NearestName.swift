extension Collection where Element == String {
  /// The name that `word` was probably meant to be; nil where none is near enough to suggest.
  ///
  /// Nearest by optimal string alignment (Damerau–Levenshtein with adjacent transpositions),
  /// ignoring case, at most one or a quarter of the longer name away; the first of equals.
  package func nearest(to word: String) -> String? {
    // Names are short; a long word is a mistake of another sort and not worth the time.
    guard word.utf8.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for name in self {
      let distance = alignmentDistance(Array(word.lowercased()), Array(name.lowercased()))
      guard distance <= Swift.max(1, Swift.max(word.count, name.count) / 4) else { continue }
      if distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }
}

private func alignmentDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var distance = Swift.min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = Swift.min(distance, beforeLast[j - 1] + 1)
      }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
