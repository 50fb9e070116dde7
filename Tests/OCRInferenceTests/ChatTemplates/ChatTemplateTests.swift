import Boundary
import Foundation
import OCRInference
import Testing

/// Against jinja2, as transformers sets it up.
struct ChatTemplateTests {
  private static let directory = Bundle.module.bundleURL.appending(path: "Golden/chat-templates")

  private func golden(_ name: String) throws -> (cases: [JSONValue], now: Int) {
    let file = Self.directory.appending(path: "\(name).cases.json")
    let json = try JSONValue(parsing: Array(Data(contentsOf: file))[...])
    guard case .array(let cases)? = json["cases"], case .string(let date)? = json["now"] else {
      Issue.record("\(name): no cases")
      return ([], 0)
    }
    var parts = tm()
    let numbers = date.split { !$0.isNumber }.compactMap { Int32($0) }
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
    parts.tm_isdst = -1
    return (cases, mktime(&parts))
  }

  private func variables(_ json: JSONValue?) -> [String: JSONValue] {
    guard case .object(let members)? = json else { return [:] }
    return Dictionary(members.map { ($0.key, $0.value) }) { $1 }
  }

  private func rendered(
    _ source: String, _ variables: [String: JSONValue], prompting: Bool = false, now: Int = 0
  ) -> Result<String, ChatTemplateError> {
    Result { () throws(ChatTemplateError) in
      try ChatTemplate(source: source, name: "model").render(
        json: variables, addGenerationPrompt: prompting, now: now)
    }
  }

  @Test(arguments: [
    ("qwen2-instruct", 32), ("qwen2.5-instruct", 52), ("qwen2-vl", 72), ("llama-2-chat", 32),
    ("llama-3-instruct", 32), ("llama-3.1-instruct", 60), ("llama-3.2-instruct", 60),
  ])
  func publishedTemplatesRenderAsByJinja2(name: String, count: Int) throws {
    let source = try String(
      contentsOf: Self.directory.appending(path: "\(name).jinja"), encoding: .utf8)
    let (cases, now) = try golden(name)
    #expect(cases.count == count)
    for example in cases {
      var all = variables(example["variables"])
      all["messages"] = example["messages"]
      all["tools"] = example["tools"]
      let result = rendered(
        source, all, prompting: example["add_generation_prompt"] == .bool(true), now: now)
      expect(result, as: example)
    }
  }

  /// What jinja2 has and the published templates do not.
  private static let beyond = ["m.b is sameas m.b", "| format("]

  @Test func syntaxRendersAsByJinja2OrIsNamed() throws {
    let (cases, now) = try golden("syntax")
    #expect(cases.count > 100)
    for example in cases {
      guard case .string(let source)? = example["template"] else { continue }
      let result = rendered(source, variables(example["variables"]), now: now)
      if Self.beyond.contains(where: source.contains) {
        guard case .failure(let error) = result, case .unsupported = error.problem else {
          Issue.record("\(source) is no longer beyond medbench")
          continue
        }
      } else {
        expect(result, as: example)
      }
    }
  }

  private func expect(_ result: Result<String, ChatTemplateError>, as example: JSONValue) {
    let name = example["template"] ?? example["name"] ?? .null
    switch (result, example["output"]) {
    case (.success(let text), .string(let expected)?):
      #expect(Array(text.unicodeScalars) == Array(expected.unicodeScalars), "\(name)")
    case (.failure, nil): break
    case (.failure(let error), _): Issue.record("\(name): \(error)")
    case (.success(let text), _): Issue.record("\(name): refused by jinja2, here \(text)")
    }
  }

  @Test func partsAndStringsReachTheTemplateAsTransformersHasThem() throws {
    let template = try ChatTemplate(
      source: "{% for m in messages %}{{ m.role }}: {{ m.content }};{% endfor %}", name: "model")
    let text = try template.render(
      [
        ChatMessage(role: "system", text: "Read."),
        ChatMessage(role: "user", content: [.image, .text("It's a page")]),
      ], addGenerationPrompt: true)
    #expect(
      text == "system: Read.;user: [{'type': 'image'}, {'type': 'text', 'text': \"It's a page\"}];")
  }

  // MARK: Errors

  @Test(arguments: [
    ("a\n{% include 'x' %}", "model:2: the chat template uses the tag 'include'"),
    ("{{ x|pprint }}", "model:1: the chat template uses the filter 'pprint'"),
    ("\n\n{{ x.role }}", "model:3: 'x' is undefined"),
    ("{% if x %}", "model:1: a block is not closed by '{% endif %}'"),
    ("{% for x in [1] %}{{ x ", "a tag is not closed by '}}'"),
    ("{{ 'x", "model:1: a string is not closed by '"),
    ("{{ 1 + }}", "model:1: '}}' stands where an expression is expected"),
    ("{{ 1 // 0 }}", "model:1: a division by 0"),
    (
      "{{ raise_exception('Only once') }}",
      "model:1: the chat template refuses these messages: Only once"
    ),
  ])
  func errorsNameThePlaceAndTheConstruct(source: String, words: String) {
    guard case .failure(let error) = rendered(source, [:]) else {
      Issue.record("\(source) was rendered")
      return
    }
    #expect(error.description.contains(words), "\(error)")
  }

  @Test(arguments: [
    "{{ raise_exception(messages[0].content) }}", "{{ messages[0].content + 1 }}",
    "{{ messages[0].content.nothing.more }}", "{{ messages[0][messages[0].content].more }}",
    "{{ namespace(a=1)[messages[0].content].more }}", "{{ messages[0].content|map('x')|list }}",
    "{{ messages|map(messages[0].content)|list }}",
  ])
  func errorsTellNothingOfTheMessages(source: String) throws {
    let template = try ChatTemplate(source: source, name: "model")
    let message = ChatMessage(role: "user", text: "Kim")
    let error = #expect(throws: ChatTemplateError.self) {
      _ = try template.render([message], addGenerationPrompt: true)
    }
    #expect(error?.description.contains("Kim") == false)
  }

  // MARK: Hostile templates

  private static let hostile: [String] = [
    "{{ " + String(repeating: "(", count: 100_000),
    "{{ " + String(repeating: "[", count: 100_000),
    "{{ " + String(repeating: "-", count: 100_000) + "1 }}",
    "{{ " + String(repeating: "not ", count: 100_000) + "1 }}",
    "{{ 1" + String(repeating: " + 1", count: 100_000) + " }}",
    "{{ 1" + String(repeating: "|int", count: 100_000) + " }}",
    "{{ a" + String(repeating: ".a", count: 100_000) + " }}",
    "{{ a" + String(repeating: " if a", count: 100_000) + " }}",
    String(repeating: "{% if a %}", count: 100_000),
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% set n = namespace(x=[]) %}{% for i in range(100000) %}{% set n.x = [n.x] %}{% endfor %}",
    "{% set n = namespace(x='ab') %}{% for i in range(100) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{{ 'a' * 9999999999999 }}", "{{ [1] * 9999999999999 }}", "{{ range(99999999999) }}",
    "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
    "{% for a in range(100000) %}{{ 'a' * 10000 }}{% endfor %}",
    "{% set a = 'a' * 9999999 %}{% for i in range(100000) %}{{ (a|upper)[0] }}{% endfor %}",
    "{{ 'a'|replace('', 'b' * 9999999) }}{{ ('a' * 99999)|replace('a', 'b' * 99999) }}",
    "{% set n = namespace(x=1) %}{% set n.x = n %}",
    String(repeating: "a", count: 2 << 20),
  ]

  // By place, for a test's arguments are printed.
  @Test(arguments: hostile.indices)
  func hostileTemplateIsStopped(index: Int) {
    let source = Self.hostile[index]
    guard case .failure = rendered(source, [:]) else {
      Issue.record("\(source.prefix(60)) was rendered")
      return
    }
  }
}
