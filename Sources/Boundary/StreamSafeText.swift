extension String {
  /// The text with no run of more than 30 combining marks: U+034F COMBINING GRAPHEME JOINER after
  /// every thirtieth (UAX #15, section 13, Stream-Safe Text Format).
  ///
  /// Normalising or comparing a run takes time quadratic in its length; a model that repeats a mark
  /// for a hundred thousand characters would hold a run up for minutes. No language needs such a
  /// run, so the joiner only ever adds to what is wrong already.
  package var streamSafe: String {
    guard unicodeScalars.longestRunOfMarks > Self.streamSafeRun else { return self }
    var safe = String.UnicodeScalarView()
    var run = 0
    for scalar in unicodeScalars {
      run = scalar.isMark ? run + 1 : 0
      if run > Self.streamSafeRun {
        safe.append("\u{034F}")
        run = 1
      }
      safe.append(scalar)
    }
    return String(safe)
  }

  private static let streamSafeRun = 30
}

extension String.UnicodeScalarView {
  fileprivate var longestRunOfMarks: Int {
    var run = 0
    var longest = 0
    for scalar in self {
      run = scalar.isMark ? run + 1 : 0
      longest = Swift.max(longest, run)
    }
    return longest
  }
}

extension Unicode.Scalar {
  /// A non-starter: its canonical combining class is not 0. None lies below U+0300.
  fileprivate var isMark: Bool {
    value >= 0x300 && properties.canonicalCombiningClass != .notReordered
  }
}
