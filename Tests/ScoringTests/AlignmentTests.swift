import Scoring
import Testing

/// A small generator, so that each run draws the same cases.
struct CaseGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
  mutating func symbols(_ length: Int, alphabet: UInt32) -> [UInt32] {
    (0..<length).map { _ in UInt32.random(in: 0..<alphabet, using: &self) }
  }
}

/// The textbook matrix, as the definition.
private func naiveDistance(_ a: [UInt32], _ b: [UInt32]) -> Int {
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let above = row[j + 1]
      row[j + 1] = min(diagonal + (a[i] == b[j] ? 0 : 1), above + 1, row[j] + 1)
      diagonal = above
    }
  }
  return row[b.count]
}

/// Whether the steps lead from `a` to `b`, a match standing on equal symbols only.
private func leads(_ steps: [EditStep], from a: [UInt32], to b: [UInt32]) -> Bool {
  var (i, j) = (0, 0)
  for step in steps {
    switch step {
    case .match, .substitution:
      guard i < a.count, j < b.count, (a[i] == b[j]) == (step == .match) else { return false }
      (i, j) = (i + 1, j + 1)
    case .deletion: i += 1
    case .insertion: j += 1
    }
  }
  return i == a.count && j == b.count
}

@Test(arguments: [2, 4, 300] as [UInt32])
func `alignments are valid and as cheap as the textbook matrix says`(alphabet: UInt32) {
  var generator = CaseGenerator(state: UInt64(alphabet))
  for round in 0..<300 {
    let a = generator.symbols(Int.random(in: 0...150, using: &generator), alphabet: alphabet)
    var b = generator.symbols(Int.random(in: 0...150, using: &generator), alphabet: alphabet)
    if round % 2 == 0 {
      b = a
      for _ in 0..<5 where !b.isEmpty {
        b.remove(at: Int.random(in: 0..<b.count, using: &generator))
        b.insert(9, at: Int.random(in: 0...b.count, using: &generator))
      }
    }
    let cost = naiveDistance(a, b)
    #expect(editDistance(a, b) == cost)
    // The smallest limit splits as far as it goes.
    for limit in [EditAlignment.defaultMemoryLimit, 256, 0] {
      let alignment = EditAlignment(reference: a, reading: b, memoryLimit: limit)
      #expect(leads(alignment.steps, from: a, to: b))
      #expect(alignment.counts.errors == cost)
      #expect(alignment.counts.referenceCount == a.count)
    }
  }
}

@Test func `distance is a metric`() {
  var generator = CaseGenerator(state: 7)
  for _ in 0..<300 {
    let texts = (0..<3).map { _ in
      generator.symbols(Int.random(in: 0...90, using: &generator), alphabet: 3)
    }
    let (ab, bc) = (editDistance(texts[0], texts[1]), editDistance(texts[1], texts[2]))
    #expect(ab == editDistance(texts[1], texts[0]))
    #expect((ab == 0) == (texts[0] == texts[1]))
    #expect(editDistance(texts[0], texts[2]) <= ab + bc)
  }
}

@Test func `a very long pair is split instead of exhausting memory`() {
  var generator = CaseGenerator(state: 3)
  let a = generator.symbols(20_000, alphabet: 900)
  var b = a
  for place in stride(from: 50, to: b.count, by: 97) { b[place] = 1000 }
  b.removeSubrange(7000..<7040)
  let whole = EditAlignment(reference: a, reading: b, memoryLimit: .max)
  let split = EditAlignment(reference: a, reading: b, memoryLimit: 1 << 20)
  #expect(leads(split.steps, from: a, to: b))
  #expect(split.counts.errors == whole.counts.errors)
  #expect(split.counts.errors == editDistance(a, b))
}

@Test func `equal costs resolve as in rapidfuzz`() {
  // Levenshtein.editops("ab", "bc"): both ways cost 2, and it substitutes.
  #expect(
    EditAlignment(reference: [1, 2], reading: [2, 3]).steps == [.substitution, .substitution])
  #expect(EditAlignment(reference: [1, 1], reading: [1]).steps == [.match, .deletion])
}

@Test func `diff gives both texts back`() {
  var generator = CaseGenerator(state: 11)
  let letters = Array("가나다 ab1.\n👨‍👩‍👧é")
  for _ in 0..<200 {
    let truth = String((0..<30).map { _ in letters.randomElement(using: &generator)! })
    let reading = String((0..<30).map { _ in letters.randomElement(using: &generator)! })
    let segments = diff(truth: truth, reading: reading)
    #expect(segments.map(\.truth).joined() == truth)
    #expect(segments.map(\.reading).joined() == reading)
    for segment in segments {
      #expect((segment.truth == segment.reading) == (segment.kind == .equal))
    }
    let cost = characterCounts(truth, reading).errors
    let shown = segments.filter { $0.kind != .equal }.reduce(0) {
      $0 + max($1.truth.count, $1.reading.count)
    }
    #expect(shown == cost)
  }
}

@Test func `diff leaves a missing row out as a whole`() {
  let truth = "약가 5 mg 3회\n약나 10 mg 2회\n약다 20 mg 1회"
  #expect(
    diff(truth: truth, reading: "약가 5 mg 3회\n약다 20 mg 1회") == [
      DiffSegment(kind: .equal, truth: "약가 5 mg 3회\n", reading: "약가 5 mg 3회\n"),
      DiffSegment(kind: .deleted, truth: "약나 10 mg 2회\n", reading: ""),
      DiffSegment(kind: .equal, truth: "약다 20 mg 1회", reading: "약다 20 mg 1회"),
    ])
}
