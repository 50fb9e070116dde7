import Foundation
import OCRInference
import Testing

struct ChatTemplateLoadingTests {
  private func load(_ files: [String: String]) throws -> Result<ChatTemplate, ChatTemplateError> {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    for (name, text) in files {
      try Data(text.utf8).write(to: directory.appending(path: name))
    }
    return Result { () throws(ChatTemplateError) in
      try ChatTemplate.load(directory: directory.path())
    }
  }

  private func text(_ files: [String: String]) throws -> String {
    try load(files).get().render([], addGenerationPrompt: true)
  }

  @Test func theTemplateOfItsOwnGoesFirst() throws {
    var files = [
      "tokenizer_config.json": #"{"bos_token": "<s>", "chat_template": "third"}"#,
      "chat_template.json": #"{"chat_template": "second"}"#,
      "chat_template.jinja": "first",
    ]
    #expect(try text(files) == "first")
    files["chat_template.jinja"] = nil
    #expect(try text(files) == "second")
    files["chat_template.json"] = nil
    #expect(try text(files) == "third")
  }

  @Test func ofSeveralTemplatesTheDefaultIsTaken() throws {
    let list = #"[{"name": "rag", "template": "no"}, {"name": "default", "template": "yes"}]"#
    #expect(try text(["tokenizer_config.json": #"{"chat_template": \#(list)}"#]) == "yes")
  }

  @Test(arguments: [
    ([:], "no chat template"),
    (["tokenizer_config.json": "{}"], "no chat template"),
    (["tokenizer_config.json": #"{"chat_template": 1}"#], "neither a string nor a list"),
    (["tokenizer_config.json": #"{"chat_template": [{"name": "rag"}]}"#], "'default'"),
    (["chat_template.json": "{"], "chat_template.json: is not JSON"),
    (["chat_template.jinja": "{% if %}"], "chat_template.jinja:1: "),
  ])
  func errorsNameTheFile(files: [String: String], words: String) throws {
    guard case .failure(let error) = try load(files) else {
      Issue.record("\(files) was loaded")
      return
    }
    #expect(error.description.contains(words), "\(error)")
  }
}
