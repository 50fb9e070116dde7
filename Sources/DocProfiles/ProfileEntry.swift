import Boundary

/// One type of a profile file, read onto the profile it overrides, if any.
struct ProfileEntry {
  let profile: DocumentProfile

  private static let keys = [
    "korean_name", "english_name", "average_tokens", "token_ranges", "critical_fields",
    "maximum_cer", "maximum_latency_ms", "prompt",
  ]
  /// A day: more is surely a slip of units.
  private static let latencyLimits = 0.001...86_400_000

  init(
    type: DocumentType, entry: YAMLMapping, base: DocumentProfile?
  ) throws(ProfileFileError) {
    try Self.checkName(of: type, entry)
    try entry.allow(keys: Self.keys + AddedLimits.keys)
    if base == nil {
      for key in Self.keys where key != "prompt" && !entry.has(key) {
        throw entry.failure(
          "the new type \"\(type)\" has no \"\(key)\"",
          "add it; only the built-in types have values to fall back on")
      }
    }
    let average = try Self.averages(entry, base)
    let ranges = try Self.ranges(entry, base)
    profile = DocumentProfile(
      type: type,
      koreanName: try entry.text("korean_name") ?? base!.koreanName,
      englishName: try entry.text("english_name") ?? base!.englishName,
      averageInputTokens: average.input, averageOutputTokens: average.output,
      inputTokens: ranges.input, outputTokens: ranges.output,
      criticalFields: try Self.fields(entry) ?? base!.criticalFields,
      maximumCER: try entry.number("maximum_cer", in: 0...1) ?? base!.maximumCER,
      maximumLatencyMilliseconds: try entry.number("maximum_latency_ms", in: Self.latencyLimits)
        ?? base!.maximumLatencyMilliseconds,
      prompt: try entry.text("prompt", bytes: 2000) ?? base?.prompt,
      addedLimits: try AddedLimits(entry, base: base?.addedLimits ?? .none))
    for (side, mean, range) in [
      ("input", average.input, ranges.input), ("output", average.output, ranges.output),
    ] where !range.contains(mean) {
      throw entry.failure(
        "the average of \(mean) \(side) tokens lies outside its range "
          + "\(range.lowerBound) to \(range.upperBound)",
        "mend average_tokens.\(side) or token_ranges.\(side)")
    }
  }

  private static func checkName(
    of type: DocumentType, _ entry: YAMLMapping
  ) throws(ProfileFileError) {
    let words = type.rawValue.utf8.split(
      separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isName = words.allSatisfy { word in
      !word.isEmpty && word.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
    }
    guard isName, type.rawValue != "all", type.rawValue.utf8.count <= 64 else {
      throw entry.failure(
        "\"\(type.rawValue.excerptOnOneLine)\" cannot name a type",
        "use lower-case letters and digits joined by \"-\", at most 64, and not \"all\"")
    }
  }

  private static func averages(
    _ entry: YAMLMapping, _ base: DocumentProfile?
  ) throws(ProfileFileError) -> (input: Int, output: Int) {
    guard entry.has("average_tokens") else {
      return (base!.averageInputTokens, base!.averageOutputTokens)
    }
    let tokens = try entry.mapping("average_tokens")
    try tokens.allow(keys: ["input", "output"], allOf: base == nil)
    return (
      try tokens.count("input") ?? base!.averageInputTokens,
      try tokens.count("output") ?? base!.averageOutputTokens
    )
  }

  private static func ranges(
    _ entry: YAMLMapping, _ base: DocumentProfile?
  ) throws(ProfileFileError) -> (input: ClosedRange<Int>, output: ClosedRange<Int>) {
    guard entry.has("token_ranges") else { return (base!.inputTokens, base!.outputTokens) }
    let tokens = try entry.mapping("token_ranges")
    try tokens.allow(keys: ["input", "output"], allOf: base == nil)
    return (
      try tokens.range("input") ?? base!.inputTokens,
      try tokens.range("output") ?? base!.outputTokens
    )
  }

  private static func fields(_ entry: YAMLMapping) throws(ProfileFileError) -> [CriticalField]? {
    guard let list = try entry.mappings("critical_fields") else { return nil }
    var fields: [CriticalField] = []
    for item in list {
      let allowed = ["key", "korean_name", "kind"]
      try item.allow(keys: allowed, allOf: true)
      let key = try item.text("key")!
      guard key.isFieldKey else {
        throw item.failure(
          "\"\(key.excerptOnOneLine)\" cannot be a field's key",
          "use lower-case letters, digits and \"_\", starting with a letter", at: "key")
      }
      guard !fields.contains(where: { $0.key == key }) else {
        throw item.failure(
          "the field \"\(key)\" stands twice", "remove one or rename it", at: "key")
      }
      let kindName = try item.text("kind")!
      guard let kind = FieldKind(rawValue: kindName) else {
        let kinds = FieldKind.allCases.map(\.rawValue)
        throw item.failure(
          "unknown kind \"\(kindName.excerptOnOneLine)\"",
          kinds.nearest(to: kindName).map { "did you mean \"\($0)\"?" }
            ?? "use one of: \(kinds.joined(separator: ", "))", at: "kind")
      }
      fields.append(CriticalField(key, try item.text("korean_name")!, kind))
    }
    return fields
  }
}

extension String {
  /// `drug_name`: a lower-case letter, then lower-case letters, digits and `_`.
  fileprivate var isFieldKey: Bool {
    guard let first = utf8.first, (0x61...0x7a).contains(first), utf8.count <= 64 else {
      return false
    }
    return utf8.allSatisfy {
      (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
    }
  }
}
