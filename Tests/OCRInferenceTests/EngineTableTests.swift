import OCRInference
import Testing

@Suite struct EngineTableTests {
  @Test func enginesAreMadeByName() async throws {
    let engine = try await EngineTable.make(
      name: "command", options: EngineOptions(command: ["/bin/cat"], modelLabel: "mine"))
    #expect(
      engine.identity
        == EngineIdentity(
          engine: "command", model: "mine", version: "unknown", streamsTokens: false))
    #expect(EngineTable.entries.map(\.name) == ["local", "tesseract", "command"])
  }

  @Test(arguments: [
    (
      "teseract",
      "engine 'teseract' is unknown (there are local, tesseract, command); did you mean 'tesseract'?"
    ),
    (
      "Command",
      "engine 'Command' is unknown (there are local, tesseract, command); did you mean 'command'?"
    ),
    ("qwen", "engine 'qwen' is unknown (there are local, tesseract, command)"),
  ])
  func unknownNameGetsTheNearest(name: String, message: String) async {
    await #expect {
      _ = try await EngineTable.make(name: name)
    } throws: {
      $0 is EngineUsageError && "\($0)" == message
    }
  }

  @Test(arguments: [
    ("a b  c", ["a", "b", "c"]), ("  ", []), ("'a b' \"c d\"e", ["a b", "c de"]),
    (#"a\ b \"c"#, ["a b", "\"c"]), (#""a\n\"" ''"#, [#"a\n""#, ""]), (#"'a\b'"#, [#"a\b"#]),
  ])
  func commandLinesSplitAsInAShell(line: String, words: [String]) throws {
    #expect(try CommandWords.split(line) == words)
  }

  @Test(arguments: ["'a", "\"a", #"a\"#])
  func unfinishedCommandLineIsRefused(line: String) {
    #expect(throws: EngineUsageError.self) { try CommandWords.split(line) }
  }
}
