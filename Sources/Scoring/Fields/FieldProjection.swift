import DocProfiles

/// Where a field of the truth went in the reading: the clusters aligned with its span, and beside
/// them whatever a reader of the reading would take for part of the value.
///
/// A cheapest alignment alone hides harm: `5 mg` read as `15 mg` is `5 mg` with a stray `1` before
/// it. So the slice grows, on both sides, over clusters that
/// 1. are no white space, touch it, and were inserted or stand in place of white space;
/// 2. touch it, stand in place of something else, and are letters or number signs that join it
///    (`(5 mg` read as `15 mg`);
/// 3. touch it only because something between was lost, belong to the truth's neighbour, and make
///    one number (or, in a unit, one word) with it (`1 5 mg` read as `15 mg`);
/// 4. were inserted, and are digits or number signs parted by blanks from a digit of the slice
///    (`3.5` read as `- 3.5`);
/// 5. are a sign standing alone before the number, where the truth has none or has more between
///    (`H 3.5` read as `- 3.5`).
/// 6. were inserted and are 미만, 이하, 초과 or 이상 behind a number: `<0.5` read as `0.5 미만`;
/// 7. were inserted and are a unit behind an amount's number, or a number before its unit: `40mg`
///    read as `40000 ㎍`, `1g` as `8 mg`.
/// Rules 3 to 7 look at the reading, not at the alignment, which equally cheap
/// alignments share. Clusters matched to the truth elsewhere otherwise do not belong.
struct FieldProjection {
  let page: AlignedPage
  let kind: FieldKind

  /// The slice of the reading, in clusters; empty where nothing stands for the span.
  func slice(of span: Range<Int>) -> Range<Int> {
    let hits = span.compactMap { page.targets[$0] }
    var slice = page.places[span.lowerBound]..<page.places[span.lowerBound]
    if let first = hits.first, let last = hits.last { slice = first..<last + 1 }
    while true {
      if let start = grownLeft(slice, span) {
        slice = start..<slice.upperBound
      } else if let end = grownRight(slice, span) {
        slice = slice.lowerBound..<end
      } else {
        return slice
      }
    }
  }

  private func grownLeft(_ slice: Range<Int>, _ span: Range<Int>) -> Int? {
    guard slice.lowerBound > 0 else { return nil }
    let outer = slice.lowerBound - 1
    if !page.reading.isWhiteSpace(outer) {
      let inner = slice.isEmpty ? nil : slice.lowerBound
      return belongs(outer, beside: inner, left: true) ? outer : nil
    }
    guard let far = acrossBlanks(from: outer, step: -1), !slice.isEmpty else { return nil }
    if let start = startOfNumber(at: far, before: slice) { return start }
    guard
      parts(far, edge: slice.lowerBound) || isLoneSign(far, before: span, slice)
    else { return nil }
    return far
  }

  private func grownRight(_ slice: Range<Int>, _ span: Range<Int>) -> Int? {
    guard slice.upperBound < page.reading.count else { return nil }
    let outer = slice.upperBound
    if !page.reading.isWhiteSpace(outer) {
      let inner = slice.isEmpty ? nil : slice.upperBound - 1
      return belongs(outer, beside: inner, left: false) ? outer + 1 : nil
    }
    guard let far = acrossBlanks(from: outer, step: 1), !slice.isEmpty else { return nil }
    if let end = endOfLimitWord(at: far, behind: slice.upperBound - 1) { return end }
    if let end = endOfUnit(at: far, behind: slice.upperBound - 1) { return end }
    return parts(far, edge: slice.upperBound - 1) ? far + 1 : nil
  }

  /// Rule 6.
  private func endOfLimitWord(at start: Int, behind edge: Int) -> Int? {
    guard kind == .range || kind == .labValue || kind == .quantity,
      page.reading.first(edge).isDigit, start + 2 <= page.reading.count,
      page.origins[start] == .inserted || page.origins[start + 1] == .inserted
    else { return nil }
    let word = page.reading.text(start..<start + 2)
    return ["미만", "이하", "초과", "이상"].contains(word) ? start + 2 : nil
  }

  /// Rule 7.
  private func endOfUnit(at start: Int, behind edge: Int) -> Int? {
    guard kind == .quantity, page.reading.first(edge).isDigit else { return nil }
    var end = start
    while end < page.reading.count, !page.reading.isWhiteSpace(end) {
      guard end - start < 16, page.origins[end] == .inserted else { return nil }
      end += 1
    }
    let unit = MedicalUnit(unspaced(medicineSafe(page.reading.text(start..<end))))
    return unit.isKnown && !unit.isEmpty ? end : nil
  }

  /// Rule 7, the other way.
  private func startOfNumber(at far: Int, before slice: Range<Int>) -> Int? {
    guard kind == .quantity, page.reading.first(far).isDigit,
      !slice.contains(where: { page.reading.first($0).isDigit })
    else { return nil }
    var start = far + 1
    while start > 0, !page.reading.isWhiteSpace(start - 1) {
      guard far - start < 16, page.origins[start - 1] == .inserted else { return nil }
      start -= 1
    }
    return page.reading.first(start).isDigit ? start : nil
  }

  /// Rules 1 to 3, for a cluster that touches the slice's edge `inner` (nil: an empty slice).
  private func belongs(_ outer: Int, beside inner: Int?, left: Bool) -> Bool {
    switch page.origins[outer] {
    case .inserted:
      return true
    case .substituted(let place):
      if page.truth.isWhiteSpace(place) { return true }
      guard let inner, kind != .freeText else { return false }
      return page.reading.first(outer).isNumberOrLatin && page.reading.first(inner).isNumberOrLatin
    case .matched(let place):
      guard let inner, kind != .freeText else { return false }
      if page.origins[inner] == .matched(left ? place + 1 : place - 1) {
        return false  // The truth has the same two side by side.
      }
      let pair = left ? (outer, inner) : (inner, outer)
      return joins(page.reading.first(pair.0), page.reading.first(pair.1))
    }
  }

  /// Whether two neighbours read as one number, or in a unit as one word.
  private func joins(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    if second.isDigit || second.isSign { return first.isDigit || first.isPoint || first.isSign }
    if first.isDigit { return second.isPoint }
    switch kind {
    case .quantity, .labValue, .unit: return first.isLatin && second.isLatin
    default: return false
    }
  }

  /// The first cluster beyond blanks on the same line.
  private func acrossBlanks(from start: Int, step: Int) -> Int? {
    var place = start
    while page.reading.symbols.indices.contains(place) {
      if page.reading.isLineBreak(place) { return nil }
      if !page.reading.isWhiteSpace(place) { return place }
      place += step
    }
    return nil
  }

  /// Rule 5.
  private func isLoneSign(_ far: Int, before span: Range<Int>, _ slice: Range<Int>) -> Bool {
    let reading = page.reading
    let sign = reading.first(far)
    let edge = reading.first(slice.lowerBound)
    guard kind == .quantity || kind == .labValue || kind == .range, sign.isSign,
      edge.isDigit || edge.isPoint || edge.isSign
    else { return false }
    // A hyphen may end a word (`AS- 40`); a comparator there still reads as one (`AS< 40`).
    let mayEndWord = sign == "-" || sign == "+" || sign == "~" || sign == "\u{2013}"
    guard !mayEndWord || far == 0 || reading.isWhiteSpace(far - 1) || reading.first(far - 1).isSign
    else { return false }
    switch page.origins[far] {
    case .inserted, .substituted: return true
    case .matched(let place):
      guard place < span.lowerBound else { return false }
      return !(place + 1..<span.lowerBound).allSatisfy(page.truth.isWhiteSpace)
    }
  }

  /// Rule 4.
  private func parts(_ far: Int, edge: Int) -> Bool {
    switch kind {
    case .quantity, .labValue, .range, .frequency, .date, .diagnosisCode: break
    default: return false
    }
    switch page.origins[far] {
    case .matched: return false
    case .substituted(let place): guard page.truth.isWhiteSpace(place) else { return false }
    case .inserted: break
    }
    // The nought of `6.10 5.0 ~ 8.0` is the result's, and no beginning of the range's.
    if touchesMatch(far, away: far < edge ? -1 : 1) { return false }
    let far = page.reading.first(far)
    let edge = page.reading.first(edge)
    return (far.isDigit || far.isPoint || far.isSign)
      && (edge.isDigit || edge.isPoint || edge.isSign)
  }
}

extension FieldProjection {
  /// Whether the word of a cluster goes on, away from the slice, with what the truth has elsewhere.
  private func touchesMatch(_ far: Int, away step: Int) -> Bool {
    var place = far + step
    while page.reading.symbols.indices.contains(place), !page.reading.isWhiteSpace(place) {
      if case .matched = page.origins[place] { return true }
      place += step
    }
    return false
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) || (0xff10...0xff19).contains(value) }
  var isPoint: Bool { [".", ",", "\u{ff0e}", "\u{ff0c}"].contains(self) }
  /// Before a number, changes it.
  var isSign: Bool {
    switch self {
    case "+", "-", "<", ">", "=", "~", "≤", "≥", "≦", "≧", "±": true
    case "\u{2212}", "\u{2013}", "\u{ff1c}", "\u{ff1e}", "\u{ff0d}", "\u{ff0b}", "\u{ff5e}": true
    default: false
    }
  }
  var isLatin: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "µ" || self == "μ"
  }
  var isNumberOrLatin: Bool { isDigit || isPoint || isSign || isLatin }
}
