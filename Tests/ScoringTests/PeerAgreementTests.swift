import Foundation
import Scoring
import Testing

/// Scores that jiwer and dinglehopper give, made by tools/reference/scores/make_golden.py.
private struct PeerCase: Decodable {
  var truth: String
  var reading: String
  var clusters: [String]
  var segments: [String]
  var words: [String]
  var cer: Double?
  var wer: Double?
  var characterCounts: [Int]
  var wordCounts: [Int]

  static let all: [PeerCase] = {
    let url = Bundle.module.url(forResource: "Golden/scores", withExtension: "json")!
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try! decoder.decode([PeerCase].self, from: Data(contentsOf: url))
  }()
}

private func scalars(_ texts: [String]) -> [[UInt32]] {
  texts.map { $0.unicodeScalars.map(\.value) }
}

private func list(_ counts: EditCounts) -> [Int] {
  [counts.hits, counts.substitutions, counts.deletions, counts.insertions]
}

@Test func `clusters are uniseg's`() {
  for peer in PeerCase.all {
    var coding = ClusterCoding()
    let text = GraphemeText(peer.truth, coding: &coding)
    let clusters = (0..<text.count).map { text.text($0..<$0 + 1) }
    #expect(scalars(clusters) == scalars(peer.clusters))
  }
}

@Test func `words are dinglehopper's`() {
  for peer in PeerCase.all {
    #expect(scalars(comparableWords(peer.truth)) == scalars(peer.words))
  }
}

@Test func `rates and counts are dinglehopper's and jiwer's`() {
  for peer in PeerCase.all {
    let score = PageScorer().score(
      PagePrediction(text: peer.reading), against: PageReference(text: peer.truth),
      criticalFields: [])
    #expect(list(score.characters) == peer.characterCounts)
    #expect(list(score.words) == peer.wordCounts)
    // Where the truth is empty dinglehopper says 0 or infinity, and medbench nothing.
    if !peer.clusters.isEmpty { #expect(score.characters.rate == peer.cer) }
    if !peer.words.isEmpty { #expect(score.words.rate == peer.wer) }
  }
}
