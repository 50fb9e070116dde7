import DocProfiles
import Foundation
import Testing

private let consentForm = """
  types:
    consent-form:
      korean_name: 동의서
      english_name: Consent form
      average_tokens: {input: 1500, output: 400}
      token_ranges:
        input: [800, 2000]
        output: [200, 500]
      critical_fields:
        - key: patient_name
          korean_name: 환자명
          kind: person
        - {key: consent_date, korean_name: 동의일, kind: date}
      maximum_cer: 0.015
      maximum_latency_ms: 4500
  """

@Suite struct ProfileFileTests {
  private func read(_ yaml: String) throws(ProfileFileError) -> ProfileSet {
    try ProfileFile.profiles(yaml: yaml, file: "p.yaml")
  }

  private func message(_ yaml: String) -> String {
    do {
      return "read \(try read(yaml).all.count)"
    } catch {
      return error.description
    }
  }

  @Test func aNewTypeStandsAfterTheBuiltInOnes() throws {
    let set = try read(consentForm)
    let expected = DocumentProfile(
      type: DocumentType(rawValue: "consent-form"), koreanName: "동의서", englishName: "Consent form",
      averageInputTokens: 1500, averageOutputTokens: 400, inputTokens: 800...2000,
      outputTokens: 200...500,
      criticalFields: [
        CriticalField("patient_name", "환자명", .person), CriticalField("consent_date", "동의일", .date),
      ],
      maximumCER: 0.015, maximumLatencyMilliseconds: 4500)
    #expect(set.all == DocumentProfile.builtIn + [expected])
    #expect(try set.profile(named: "동의서") == expected)
  }

  @Test func aTypeMayAddLimits() throws {
    let set = try read(
      """
      types:
        prescription:
          confidence: 0.95
          maximum_critical_errors_per_1000: 0
          maximum_hallucination_rate: 0.001
          maximum_p99_latency_ms: 8000
          minimum_documents_per_minute: 20
      """)
    var expected = DocumentProfile.prescription
    expected.addedLimits = AddedLimits(
      maximumCriticalErrors: 0, maximumHallucinationRate: 0.001, maximumP99Latency: 8000,
      minimumDocumentsPerMinute: 20, confidence: 0.95)
    #expect(set[.prescription] == expected)
    #expect(set[.diagnosis] == .diagnosis)
  }

  @Test func anOverrideChangesOnlyWhatItNames() throws {
    let set = try read(
      """
      types:
        lab-result:
          maximum_cer: 0
          average_tokens: {input: 1200}
          token_ranges: {output: [250, 700]}
      """)
    var expected = DocumentProfile.labResult
    expected.maximumCER = 0
    expected.averageInputTokens = 1200
    expected.outputTokens = 250...700
    #expect(set[.labResult] == expected)
    #expect(set.types == ProfileSet.builtIn.types)
  }

  /// Each mistake of a file, and the whole line that a user reads.
  @Test(arguments: [
    ("", "p.yaml: the file is empty; start the file with \"types:\" (docs/profiles.md)"),
    (
      "- a",
      "p.yaml:1:1: the file is not a mapping; start the file with \"types:\" (docs/profiles.md)"
    ),
    ("type: {}", "p.yaml:1:1: unknown key \"type\"; did you mean \"types\"?"),
    ("types: {}", "p.yaml:1:1: \"types\" names no type; name a type below it"),
    (
      "types:\n  diagnosis: 3",
      "p.yaml:2:14: expected \"key: value\" lines, found \"3\"; write it as docs/profiles.md shows"
    ),
    (
      "types:\n  diagnosis:\n    maximum_cerr: 0.1",
      "p.yaml:3:5: unknown key \"maximum_cerr\"; did you mean \"maximum_cer\"?"
    ),
    (
      "types:\n  diagnosis:\n    colour: red",
      "p.yaml:3:5: unknown key \"colour\"; the keys here are: korean_name, english_name, "
        + "average_tokens, token_ranges, critical_fields, maximum_cer, maximum_latency_ms, prompt, "
        + "confidence, worst_document_cer, maximum_critical_errors_per_1000, "
        + "maximum_hallucination_rate, minimum_counterfactual_follow_rate, maximum_probe_hallucination_rate, maximum_p95_latency_ms, maximum_p99_latency_ms, "
        + "maximum_ttft_ms, minimum_documents_per_minute, maximum_memory_mib"
    ),
    (
      "types:\n  diagnosis:\n    confidence: 0.5",
      "p.yaml:3:17: \"confidence\" is 0.5, outside (0.5, 1); write one between, as 0.95"
    ),
    (
      "types:\n  diagnosis:\n    confidence: 1",
      "p.yaml:3:17: \"confidence\" is 1.0, outside (0.5, 1); write one between, as 0.95"
    ),
    (
      "types:\n  diagnosis:\n    maximum_p98_latency_ms: 100",
      "p.yaml:3:5: unknown key \"maximum_p98_latency_ms\"; did you mean "
        + "\"maximum_p95_latency_ms\"?"
    ),
    (
      "types:\n  diagnosis:\n    maximum_critical_errors_per_1000: -1",
      "p.yaml:3:39: \"maximum_critical_errors_per_1000\" is -1, outside 0.0 to 1000.0; "
        + "choose a value inside"
    ),
    (
      "types:\n  diagnosis:\n    maximum_cer: 1.5",
      "p.yaml:3:18: \"maximum_cer\" is 1.5, outside 0.0 to 1.0; choose a value inside"
    ),
    (
      "types:\n  diagnosis:\n    maximum_cer: -0.1",
      "p.yaml:3:18: \"maximum_cer\" is -0.1, outside 0.0 to 1.0; choose a value inside"
    ),
    (
      "types:\n  diagnosis:\n    maximum_cer: .nan",
      "p.yaml:3:18: \"maximum_cer\" must be a number, found \".nan\"; write it plainly, as 0.01"
    ),
    (
      "types:\n  diagnosis:\n    maximum_cer: \"0.1\"",
      "p.yaml:3:18: \"maximum_cer\" must be a number, found text; write it plainly, as 0.01"
    ),
    (
      "types:\n  diagnosis:\n    maximum_cer: 1%",
      "p.yaml:3:18: \"maximum_cer\" must be a number, found text; write it plainly, as 0.01"
    ),
    (
      "types:\n  diagnosis:\n    maximum_cer:",
      "p.yaml:3:17: \"maximum_cer\" must be a number, found nothing; write it plainly, as 0.01"
    ),
    (
      "types:\n  diagnosis:\n    maximum_latency_ms: 0",
      "p.yaml:3:25: \"maximum_latency_ms\" is 0, outside 0.001 to 86400000.0; choose a value inside"
    ),
    (
      "types:\n  diagnosis:\n    critical_fields: []",
      "p.yaml:3:22: \"critical_fields\" must be a list with at least one entry, found an empty list; "
        + "write each entry below it, starting with \"-\""
    ),
    (
      "types:\n  diagnosis:\n    critical_fields:\n      - {key: a, korean_name: 가, kind: drug-nmae}",
      "p.yaml:4:40: unknown kind \"drug-nmae\"; did you mean \"drug-name\"?"
    ),
    (
      "types:\n  diagnosis:\n    critical_fields:\n      - {key: a, kind: date}",
      "p.yaml:4:9: \"korean_name\" is missing; add it"
    ),
    (
      "types:\n  diagnosis:\n    critical_fields:\n      - {key: Drug Name, korean_name: 가, kind: date}",
      "p.yaml:4:15: \"Drug Name\" cannot be a field's key; "
        + "use lower-case letters, digits and \"_\", starting with a letter"
    ),
    (
      "types:\n  diagnosis:\n    critical_fields:\n      - {key: a, korean_name: 가, kind: date}\n"
        + "      - {key: a, korean_name: 나, kind: date}",
      "p.yaml:5:15: the field \"a\" stands twice; remove one or rename it"
    ),
    (
      "types:\n  diagnosis:\n    token_ranges: {input: [2000, 800]}",
      "p.yaml:3:27: \"input\" runs from 2000 down to 800; put the smaller first"
    ),
    (
      "types:\n  diagnosis:\n    token_ranges: {input: 800}",
      "p.yaml:3:27: \"input\" must be two numbers, found \"800\"; write [lowest, highest]"
    ),
    (
      "types:\n  diagnosis:\n    average_tokens: {input: 99}",
      "p.yaml:2:3: the average of 99 input tokens lies outside its range 800 to 2000; "
        + "mend average_tokens.input or token_ranges.input"
    ),
    (
      "types:\n  diagnosis:\n    average_tokens: {input: 1_500}",
      "p.yaml:3:29: \"input\" must be a whole number of tokens from 1 to 10000000, found \"1_500\"; "
        + "write it plainly, as 1500"
    ),
    (
      "types:\n  diagnosis:\n    average_tokens: {input: 0100}",
      "p.yaml:3:29: \"input\" must be a whole number of tokens from 1 to 10000000, found \"0100\"; "
        + "write it plainly, as 1500"
    ),
    (
      "types:\n  consent-form:\n    maximum_cer: 0.1",
      "p.yaml:2:3: the new type \"consent-form\" has no \"korean_name\"; "
        + "add it; only the built-in types have values to fall back on"
    ),
    (
      "types:\n  all:\n    maximum_cer: 0.1",
      "p.yaml:2:3: \"all\" cannot name a type; "
        + "use lower-case letters and digits joined by \"-\", at most 64, and not \"all\""
    ),
    (
      "types:\n  diagnosis:\n    korean_name: 처방전",
      "p.yaml:2:3: \"diagnosis\" has the Korean name of \"prescription\"; give it a korean_name of its own"
    ),
    (
      "types:\n  diagnosis:\n    korean_name: 12",
      "p.yaml:3:18: \"korean_name\" must be text, found \"12\"; put it in quotes"
    ),
    (
      "types:\n  diagnosis:\n    maximum_cer: 0.1\n    maximum_cer: 0.2",
      "p.yaml:3:5: the key \"maximum_cer\" stands twice; remove one"
    ),
    (
      "types:\n  diagnosis: {maximum_cer: 0.1}\n  diagnosis: {maximum_cer: 0.2}",
      "p.yaml:2:3: the key \"diagnosis\" stands twice; remove one"
    ),
    (
      "types:\n  - [a: 1",
      "p.yaml:3:1: not YAML: did not find expected ',' or ']'; "
        + "mend the indentation, quotes or brackets there"
    ),
    (
      "types: {}\n---\ntypes: {}",
      "p.yaml:2:1: not YAML: but found another document; "
        + "mend the indentation, quotes or brackets there"
    ),
  ])
  func everyMistakeIsNamedWithItsPlaceAndMend(yaml: String, expected: String) {
    #expect(message(yaml) == expected)
  }

  @Test func aFloodOfAliasesIsRefusedBeforeItGrows() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let references = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      yaml += "? &a\(level) [\(references)]\n: 1\n"
    }
    #expect(
      message(yaml)
        == "p.yaml:2:8: YAML aliases (\"*name\") are not accepted; "
        + "write the value out; in text, put a space after the \"*\"")
    for alias in ["{*a : 1}", "[*a]", "x:\n- !!seq *a", "\u{feff}*a", "\u{85}*a", "{\"가\":*가}"] {
      #expect(message(alias).contains("YAML aliases"))
    }
  }

  /// Not one case a test: their names would flood the log.
  @Test func hostileTextIsAnErrorOnOneLine() {
    let nested = ["[", "{", "- ", "? ", "{a: "].flatMap { opening in
      [999, 30_000].map { String(repeating: opening, count: $0) }
    }
    let closed = String(repeating: "[", count: 999) + String(repeating: "]", count: 999)
    let odd = [
      "\0", "\u{1}", "types: \u{0}", "%YAML 9.9\n---\ntypes:", "&a", "&a &b c", "? [a]\n: 1",
      "types: {? {a: b} : 1}", "\"", "'", "|", ">", "@", "`", "%", "---\n...\n---",
      "types: !<tag:yaml.org,2002:map> x", "!!binary aGk=: 1",
      "types: " + String(repeating: "!!map ", count: 99),
    ]
    for yaml in nested + odd + [closed, String(repeating: "- ", count: 990) + "a"] {
      let message = message(yaml)
      #expect(message.hasPrefix("p.yaml"), "\(yaml.prefix(20))")
      #expect(!message.contains("\n") && message.utf8.count < 400)
    }
  }
}

@Suite struct ProfileFileOnDiskTests {
  private let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("profiles-\(UUID().uuidString)")

  private func message(_ name: String, _ data: Data? = nil) throws -> String {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appendingPathComponent(name)
    try data?.write(to: file)
    do {
      return "read \(try ProfileFile.profiles(at: file).all.count)"
    } catch {
      return error.description.replacingOccurrences(of: directory.path + "/", with: "")
    }
  }

  @Test func aFileIsReadAndWhatCannotBeReadIsNamed() throws {
    #expect(try message("a.yaml", Data(consentForm.utf8)) == "read 6")
    #expect(try message("a.yaml", Data([0xef, 0xbb, 0xbf]) + Data(consentForm.utf8)) == "read 6")
    #expect(
      try message("none.yaml")
        == "none.yaml: no such profile file; check the path given to --profiles")
    #expect(
      try message("")
        == "\(directory.path): not a regular file; give --profiles the path of a YAML file")
    #expect(
      try message("a.yaml", Data([0x74, 0xff])) == "a.yaml: not UTF-8 text; save the file as UTF-8")
    #expect(
      try message("a.yaml", Data(repeating: 0x20, count: 64 * 1024 + 1))
        == "a.yaml: larger than 64 KiB; keep only the types that differ from the built-in")
  }
}
