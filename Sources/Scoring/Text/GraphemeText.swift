import Boundary
import Foundation

/// A text as the alignment sees it: NFC extended grapheme clusters (UAX #29), each coded as an
/// integer that is equal exactly where the clusters are.
///
/// White space counts and nothing is folded: `mg` and `㎎` differ here. Byte-order marks and
/// direction marks are dropped, because no reader can see them. `\r\n` is one cluster and differs
/// from `\n`; transcripts have only `\n`.
public struct GraphemeText: Sendable {
  /// One code a cluster.
  public let symbols: [UInt32]
  /// The scalars kept, and the index of each cluster's first, closed by their count.
  private let scalars: [Unicode.Scalar]
  private let starts: [Int]
  /// The code-point offset of each kept scalar in the NFC text, closed by the text's length.
  /// nil where nothing was dropped: offset and index are the same then.
  private let offsets: [Int]?

  public init(_ text: String, coding: inout ClusterCoding) {
    let composed = text.composed
    let all = Array(composed.unicodeScalars)
    if all.contains(where: \.isInvisibleMark) {
      let kept = all.indices.filter { !all[$0].isInvisibleMark }
      scalars = kept.map { all[$0] }
      offsets = kept + [all.count]
    } else {
      scalars = all
      offsets = nil
    }
    if scalars.allSatisfy(\.standsAlone) {
      symbols = scalars.map(\.value)
      starts = Array(0...scalars.count)
      return
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    var symbols: [UInt32] = []
    var starts = [0]
    for cluster in String(view) {
      symbols.append(coding.code(of: cluster))
      starts.append(starts.last! + cluster.unicodeScalars.count)
    }
    self.symbols = symbols
    self.starts = starts
  }

  /// Clusters.
  public var count: Int { symbols.count }

  /// The text of some clusters.
  public func text(_ clusters: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[starts[clusters.lowerBound]..<starts[clusters.upperBound]])
    return String(view)
  }

  /// A cluster's first scalar, which tells digits, signs and white space.
  func first(_ cluster: Int) -> Unicode.Scalar { scalars[starts[cluster]] }

  func isWhiteSpace(_ cluster: Int) -> Bool { first(cluster).isBlank }

  func isLineBreak(_ cluster: Int) -> Bool {
    first(cluster) == "\n" || first(cluster) == "\r"
  }

  /// The clusters that touch a span of code points of the NFC text; a span outside it is clipped.
  func clusters(inScalars span: Range<Int>) -> Range<Int> {
    let lower = scalarIndex(atOrAfter: span.lowerBound)
    let upper = scalarIndex(atOrAfter: span.upperBound)
    guard lower < upper else {
      let place = min(clusterIndex(containing: lower), count)
      return place..<place
    }
    return clusterIndex(containing: lower)..<clusterIndex(containing: upper - 1) + 1
  }

  /// The code point of the NFC text at which a cluster begins.
  func offset(ofCluster cluster: Int) -> Int {
    offsets.map { $0[starts[cluster]] } ?? starts[cluster]
  }

  private func scalarIndex(atOrAfter offset: Int) -> Int {
    guard let offsets else { return min(max(offset, 0), scalars.count) }
    return min(offsets.partitioningIndex { $0 >= offset }, scalars.count)
  }

  private func clusterIndex(containing scalar: Int) -> Int {
    starts.partitioningIndex { $0 > scalar } - 1
  }
}

/// Codes for clusters, shared by the texts that are compared: a lone scalar is its own code, a
/// cluster of several gets the next one after Unicode's last.
public struct ClusterCoding: Sendable {
  // String's equality is canonical equivalence: what is wanted here, where all text is NFC.
  private var codes: [String: UInt32] = [:]

  public init() {}

  mutating func code(of cluster: Character) -> UInt32 {
    let scalars = cluster.unicodeScalars
    if scalars.count == 1 { return scalars.first!.value }
    let next = 0x11_0000 + UInt32(codes.count)
    let text = String(cluster)
    if let known = codes[text] { return known }
    codes[text] = next
    return next
  }
}

extension String {
  /// NFC, stream-safe. Most clinical text is in it already, and Foundation's pass is slow.
  var composed: String {
    unicodeScalars.allSatisfy(\.standsAlone)
      ? self : streamSafe.precomposedStringWithCanonicalMapping
  }
}

extension Unicode.Scalar {
  /// Whether beside others of its kind it is in NFC and a grapheme cluster by itself. A list of
  /// the blocks that clinical pages consist of; a scalar not on it only costs time.
  var standsAlone: Bool {
    switch value {
    case 0x0a, 0x20...0x7e, 0xac00...0xd7a3: true
    case 0xa0...0xac, 0xae...0x2ff, 0x391...0x3c9: value != 0x3a2
    case 0x2010...0x2027, 0x2030...0x205e, 0x2200...0x22ff, 0x2460...0x24ff: true
    case 0x25a0...0x25ff, 0x3001...0x3029, 0x3131...0x318e, 0x3380...0x33df: true
    case 0x4e00...0x9fff, 0xff01...0xff5e: true
    default: false
    }
  }

  /// The byte-order mark and the direction marks (LRM, RLM, ALM, embeddings, overrides, isolates).
  var isInvisibleMark: Bool {
    switch value {
    case 0xfeff, 0x200e, 0x200f, 0x061c, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }

  /// White_Space, asked without a table for the usual characters.
  var isBlank: Bool {
    switch value {
    case 0x20, 0x09...0x0d: true
    case 0x21...0x7e, 0xac00...0xd7a3: false
    default: properties.isWhitespace
    }
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that holds from some place on.
  func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
