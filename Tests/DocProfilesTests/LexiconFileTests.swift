import DocProfiles
import Foundation
import Testing

private let base = Lexicon(drugs: ["가정"], tests: ["Na"], diagnoses: ["위염"])

@Suite struct LexiconFileTests {
  @Test func `lines name a kind, or a drug alone`() throws {
    let text = "kind\tname\n# ward\n\ndrug\t나정\n  다정  \nTests\tFree T4\r\ntest\tK\n"
    let lexicon = try LexiconFile.lexicon(lines: text, file: "w.tsv", extending: base)
    // What the file does not have stays.
    #expect(lexicon == Lexicon(drugs: ["나정", "다정"], tests: ["Free T4", "K"], diagnoses: ["위염"]))
  }

  @Test func `YAML has a list of each kind`() throws {
    let lexicon = try LexiconFile.lexicon(
      yaml: "diagnoses:\n  - 폐렴\n  - \"협심증\"\ndrugs: [나정]\n", file: "w.yaml", extending: base)
    #expect(lexicon == Lexicon(drugs: ["나정"], tests: ["Na"], diagnoses: ["폐렴", "협심증"]))
  }

  @Test func `mistakes are named with their line and mend`() {
    for (text, message) in [
      ("drug\t가정\ndrgu\t나정", "w:2: unknown kind \"drgu\"; did you mean \"drug\"?"),
      ("x\ty", "w:1: unknown kind \"x\"; use one of: drug, test, diagnosis"),
      ("drug\ta\tb", "w:1: 3 columns; write a kind, a tab and a name"),
      ("가정\ntest\t ", "w:2: no name after the tab; write a kind, a tab and a name"),
      ("\n#\n", "w: names nothing; write a kind, a tab and a name a line"),
      (
        String(repeating: "가", count: 67),
        "w:1: a name of more than 200 bytes; write a kind, a tab and a name"
      ),
    ] {
      let error = #expect(throws: ProfileFileError.self) {
        try LexiconFile.lexicon(lines: text, file: "w")
      }
      #expect(error?.description == message)
    }
    for (yaml, message) in [
      (
        "drug: [가정]",
        "w:1:1: unknown key \"drug\"; did you mean \"drugs\"?"
      ),
      (
        "drugs: 가정",
        "w:1:8: \"drugs\" must be a list with at least one entry, found text; write [one, two]"
      ),
      ("drugs: [가정, \"\"]", "w:1:8: \"drugs\" holds an empty name; remove it"),
      ("drugs: [[가정]]", "w:1:8: \"drugs\" holds a list of 1; list names alone"),
    ] {
      let error = #expect(throws: ProfileFileError.self) {
        try LexiconFile.lexicon(yaml: yaml, file: "w")
      }
      #expect(error?.description == message)
    }
  }

  @Test func `a file is YAML by its name`() throws {
    let directory = FileManager.default.temporaryDirectory
    let yaml = directory.appendingPathComponent("lexicon-\(UUID().uuidString).yml")
    let tsv = directory.appendingPathComponent("lexicon-\(UUID().uuidString).tsv")
    defer { for file in [yaml, tsv] { try? FileManager.default.removeItem(at: file) } }
    try Data("drugs: [나정]\n".utf8).write(to: yaml)
    try Data("drug\t나정\n".utf8).write(to: tsv)
    let wanted = Lexicon(drugs: ["나정"])
    #expect(try LexiconFile.lexicon(at: yaml) == wanted)
    #expect(try LexiconFile.lexicon(at: tsv) == wanted)
    let error = #expect(throws: ProfileFileError.self) {
      try LexiconFile.lexicon(at: directory.appendingPathComponent("no-such-lexicon"))
    }
    #expect(error?.problem == "no such lexicon file")
    #expect(error?.mend == "check the path given to --lexicon")
  }
}
