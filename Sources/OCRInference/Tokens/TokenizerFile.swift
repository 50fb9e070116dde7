import Boundary

/// The parts of a `tokenizer.json`, read and checked against each other.
struct TokenizerFile {
  private(set) var vocabulary = Vocabulary()
  private(set) var model = BytePairModel()
  private(set) var added: [AddedToken] = []
  private(set) var normalizer: [Normalizer] = []
  private(set) var preTokenizer: [PreTokenizer] = []
  private(set) var template = SpecialTokenTemplate()
  private(set) var decoder: [TokenDecoder] = []

  /// Bytes of one part as JSON: the tree of its values takes many times as much.
  private static let partLimit = 1 << 20
  /// 6,400 added tokens of the largest published file take 1.5 MB.
  private static let addedTokensLimit = 4 << 20
  /// What is read of the model besides vocabulary and merges; the library passes over the rest too.
  private static let settings: Set = [
    "type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk",
    "byte_fallback", "ignore_merges",
  ]
  private static let settingLimit = 1 << 10

  init(parsing bytes: [UInt8]) throws(TokenizerDefect) {
    try bytes.withUnsafeBufferPointer { buffer throws(TokenizerDefect) in
      if let offset = Self.invalidUTF8(in: buffer) {
        throw .malformed(offset: offset, expected: "UTF-8")
      }
      var scanner = JSONScanner(buffer)
      try read(&scanner)
    }
  }

  private static func invalidUTF8(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += scalar.count }
    return offset
  }

  private mutating func read(_ scanner: inout JSONScanner) throws(TokenizerDefect) {
    var parts: [String: Component] = [:]
    var settings: Component?
    try scanner.expect("{")
    if !scanner.take("}") {
      repeat {
        let key = try scanner.key()
        switch key {
        case "model":
          guard settings == nil else { throw .defective("model", "stands there twice") }
          settings = try readModel(&scanner)
        case "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder":
          let limit = key == "added_tokens" ? Self.addedTokensLimit : Self.partLimit
          parts[key] = Component(try scanner.value(limit: limit, of: key), path: key)
        default:
          try scanner.skipValue()
        }
      } while scanner.take(",")
      try scanner.expect("}")
    }
    try scanner.expectEnd()
    guard let settings else { throw .defective("model", "is missing") }

    func part(_ key: String) -> Component { parts[key] ?? Component(.null, path: key) }
    normalizer = try Normalizer.steps(part("normalizer"))
    let (steps, isByteLevel) = try PreTokenizer.steps(part("pre_tokenizer"))
    preTokenizer = steps
    decoder = try TokenDecoder.steps(part("decoder"))
    template = try SpecialTokenTemplate(part("post_processor"))
    try apply(settings, isByteLevel: isByteLevel)
    try readAddedTokens(part("added_tokens"))
    for id in template.before + template.after where vocabulary.bytes(of: id) == nil {
      throw .defective("post_processor", "id \(id) belongs to no token")
    }
  }

  // MARK: Model

  /// Reads vocabulary and merges.
  /// - Returns: the other settings.
  private mutating func readModel(
    _ scanner: inout JSONScanner
  ) throws(TokenizerDefect) -> Component {
    var settings: [JSONValue.Member] = []
    // Merges need the vocabulary, which most files have before them.
    var laterMerges: JSONScanner?
    var hasVocabulary = false
    var hasMerges = false
    try scanner.expect("{")
    if !scanner.take("}") {
      repeat {
        switch try scanner.key() {
        case "vocab":
          guard !hasVocabulary else { throw .defective("model.vocab", "stands there twice") }
          hasVocabulary = true
          try readVocabulary(&scanner)
        case "merges":
          guard !hasMerges else { throw .defective("model.merges", "stands there twice") }
          hasMerges = true
          if hasVocabulary {
            try readMerges(&scanner)
          } else {
            laterMerges = scanner
            try scanner.skipValue()
          }
        case let key where Self.settings.contains(key):
          let value = try scanner.value(limit: Self.settingLimit, of: "model.\(key)")
          settings.append(JSONValue.Member(key: key, value: value))
          if key == "type" { try checkType(Component(value, path: "model.type")) }
        default:
          try scanner.skipValue()
        }
      } while scanner.take(",")
      try scanner.expect("}")
    }
    guard vocabulary.count > 0 else { throw .defective("model.vocab", "has no tokens") }
    if var laterMerges { try readMerges(&laterMerges) }
    return Component(.object(settings), path: "model")
  }

  /// At once: another type's vocabulary has another form.
  private func checkType(_ type: Component) throws(TokenizerDefect) {
    guard try type.string() == "BPE" else { throw type.unsupported(supporting: "BPE") }
  }

  private mutating func apply(
    _ settings: Component, isByteLevel: Bool
  ) throws(TokenizerDefect) {
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] where !settings[key].isNull {
      guard try settings[key].string().isEmpty else {
        throw settings[key].unsupported(supporting: "none")
      }
    }
    // Dropout is for training; the library leaves it out of a file that is to be used.
    guard
      settings["dropout"].isNull
        || ["0", "0.0"].map(JSONValue.number).contains(settings["dropout"].value)
    else { throw settings["dropout"].unsupported(supporting: "none") }
    let unknown = settings["unk_token"]
    if !unknown.isNull {
      let name = try unknown.string()
      guard let id = vocabulary.id(of: name.utf8) else {
        throw unknown.defect("'\(name.excerptOnOneLine)' is not in the vocabulary")
      }
      model.unknown = id
    }
    model.fusesUnknown = try settings["fuse_unk"].bool(missing: false)
    model.ignoresMerges = try settings["ignore_merges"].bool(missing: false)
    model.setBytes(
      vocabulary, isByteLevel: isByteLevel,
      fallsBack: try settings["byte_fallback"].bool(missing: false))
  }

  private mutating func readVocabulary(_ scanner: inout JSONScanner) throws(TokenizerDefect) {
    try scanner.expect("{")
    if scanner.take("}") { return }
    repeat {
      try vocabulary.add(in: "model.vocab") { text throws(TokenizerDefect) in
        try scanner.string(appendingTo: &text)
        try scanner.expect(":")
        return try scanner.naturalNumber()
      }
    } while scanner.take(",")
    try scanner.expect("}")
  }

  private mutating func readMerges(_ scanner: inout JSONScanner) throws(TokenizerDefect) {
    var text: [UInt8] = []
    var rank = 0
    try scanner.expect("[")
    if scanner.take("]") { return }
    repeat {
      text.removeAll(keepingCapacity: true)
      let middle = try readPair(&scanner, rank: rank, into: &text)
      try addMerge(text, middle: middle, rank: rank)
      rank += 1
    } while scanner.take(",")
    try scanner.expect("]")
  }

  /// `"a b"`, or `["a", "b"]` as files since 2024 have it, so that a token may hold a space.
  /// - Returns: where the second token begins in `text`.
  private func readPair(
    _ scanner: inout JSONScanner, rank: Int, into text: inout [UInt8]
  ) throws(TokenizerDefect) -> Int {
    if scanner.take("[") {
      try scanner.string(appendingTo: &text)
      let middle = text.count
      try scanner.expect(",")
      try scanner.string(appendingTo: &text)
      try scanner.expect("]")
      return middle
    }
    try scanner.string(appendingTo: &text)
    guard let space = text.firstIndex(of: UInt8(ascii: " ")),
      space == text.lastIndex(of: UInt8(ascii: " "))
    else { throw .defective("model.merges[\(rank)]", "is not two tokens with one space between") }
    text.remove(at: space)
    return space
  }

  private mutating func addMerge(
    _ text: [UInt8], middle: Int, rank: Int
  ) throws(TokenizerDefect) {
    func id(_ token: ArraySlice<UInt8>) throws(TokenizerDefect) -> Int32 {
      if let id = vocabulary.id(of: token) { return id }
      let name = String(decoding: token, as: UTF8.self).excerptOnOneLine
      throw .defective("model.merges[\(rank)]", "token '\(name)' is not in the vocabulary")
    }
    model.merges.add(
      try id(text[..<middle]), try id(text[middle...]), rank: rank, merged: try id(text[...]))
  }

  // MARK: Added tokens

  /// Most stand behind the vocabulary; one that is part of it must have the same id there.
  private mutating func readAddedTokens(_ component: Component) throws(TokenizerDefect) {
    if component.isNull { return }
    for part in try component.elements() {
      let token = try AddedToken(part)
      added.append(token)
      if vocabulary.id(of: token.content) == token.id { continue }
      try vocabulary.add(in: part.path) { text throws(TokenizerDefect) in
        text += token.content
        return Int(token.id)
      }
    }
  }
}
