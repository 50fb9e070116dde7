import Boundary

/// A word to ids: the `model` of a `tokenizer.json`, type BPE.
struct BytePairModel: Sendable {
  var merges = BytePairMerges()
  var unknown: Int32?
  var fusesUnknown = false
  /// A word that is a token needs no merging.
  var ignoresMerges = false
  /// Words are bytes in GPT-2's alphabet instead of characters.
  var isByteLevel = false
  /// Of every byte: its token in GPT-2's alphabet; its token of the form `<0x0A>` where characters
  /// fall back on them.
  private var byteIDs: [Int32?] = []
  private var fallbackIDs: [Int32?]?

  mutating func setBytes(_ vocabulary: Vocabulary, isByteLevel: Bool, fallsBack: Bool) {
    self.isByteLevel = isByteLevel
    byteIDs = ByteAlphabet.characters.map { vocabulary.id(of: $0) }
    guard fallsBack else { return }
    fallbackIDs = (0...UInt8.max).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return vocabulary.id(of: "<0x\(digits.count == 1 ? "0" : "")\(digits)>".utf8)
    }
  }

  func encode(_ word: ArraySlice<UInt8>, _ vocabulary: Vocabulary, into ids: inout [Int32]) {
    if ignoresMerges, let id = id(ofWord: word, vocabulary) {
      ids.append(id)
      return
    }
    var symbols = isByteLevel ? symbols(ofBytes: word) : symbols(ofText: word, vocabulary)
    merges.merge(&symbols)
    ids += symbols
  }

  private func id(ofWord word: ArraySlice<UInt8>, _ vocabulary: Vocabulary) -> Int32? {
    guard isByteLevel else { return vocabulary.id(of: word) }
    return vocabulary.id(of: word.flatMap { ByteAlphabet.characters[Int($0)] })
  }

  // MARK: First symbols

  private func symbols(ofBytes word: ArraySlice<UInt8>) -> [Int32] {
    var symbols: [Int32] = []
    symbols.reserveCapacity(word.count)
    var unknowns = UnknownRun(unknown, fuses: fusesUnknown)
    for byte in word {
      if let id = byteIDs[Int(byte)] {
        unknowns.flush(into: &symbols)
        symbols.append(id)
      } else if !appendFallback(ByteAlphabet.characters[Int(byte)][...], to: &symbols) {
        unknowns.add(into: &symbols)
      }
    }
    unknowns.flush(into: &symbols)
    return symbols
  }

  private func symbols(ofText word: ArraySlice<UInt8>, _ vocabulary: Vocabulary) -> [Int32] {
    var symbols: [Int32] = []
    var unknowns = UnknownRun(unknown, fuses: fusesUnknown)
    var start = word.startIndex
    while start < word.endIndex {
      var end = start + 1
      while end < word.endIndex, word[end] & 0xC0 == 0x80 { end += 1 }
      let character = word[start..<end]
      if let id = vocabulary.id(of: character) {
        unknowns.flush(into: &symbols)
        symbols.append(id)
      } else if !appendFallback(character, to: &symbols) {
        unknowns.add(into: &symbols)
      }
      start = end
    }
    unknowns.flush(into: &symbols)
    return symbols
  }

  /// All bytes of a character or none.
  private func appendFallback(_ character: ArraySlice<UInt8>, to symbols: inout [Int32]) -> Bool {
    guard let fallbackIDs else { return false }
    let ids = character.compactMap { fallbackIDs[Int($0)] }
    guard ids.count == character.count else { return false }
    symbols += ids
    return true
  }
}

/// Characters without a token. As in the tokenizers library, the last one waits: fallback bytes that
/// follow go before it.
private struct UnknownRun {
  private let id: Int32?
  private let fuses: Bool
  private var isWaiting = false

  init(_ id: Int32?, fuses: Bool) {
    self.id = id
    self.fuses = fuses
  }

  /// Without an unknown token the character is dropped.
  mutating func add(into symbols: inout [Int32]) {
    guard let id else { return }
    if isWaiting, !fuses { symbols.append(id) }
    isWaiting = true
  }

  mutating func flush(into symbols: inout [Int32]) {
    if isWaiting, let id { symbols.append(id) }
    isWaiting = false
  }
}
