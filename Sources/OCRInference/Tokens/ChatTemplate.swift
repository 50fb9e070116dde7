import Boundary
import Glibc

/// How a model's publisher turns messages into its prompt: a Jinja template, rendered as transformers'
/// `apply_chat_template` does (jinja2's `ImmutableSandboxedEnvironment` with `trim_blocks`,
/// `lstrip_blocks`, loop controls and its own `tojson`, `raise_exception` and `strftime_now`).
///
/// What medbench knows of Jinja is what the published Qwen2, Qwen2.5, Qwen2-VL, Qwen2.5-VL, Llama 2
/// and Llama 3 templates need and what lies near; anything else is an error that names it. A hostile
/// template is stopped by `JinjaLimits`.
public struct ChatTemplate: Sendable {
  /// The file or model it came from, for errors.
  public let name: String
  private let statements: [JinjaStatement]

  public init(source: String, name: String) throws(ChatTemplateError) {
    self.name = name
    do {
      statements = try JinjaParser.statements(of: source)
    } catch {
      throw ChatTemplateError(name: name, line: error.line, problem: error.problem)
    }
  }

  /// The prompt of those messages.
  ///
  /// - Parameter variables: what else the template may ask for: `bos_token`, `eos_token`, `tools`,
  ///   `date_string`... `tools` and `documents` are none where they are not given.
  /// - Parameter now: seconds since 1970 that `strftime_now` goes by. Llama 3.2's template writes the
  ///   day into the prompt unless `date_string` is given: give it, for a run that can be repeated.
  package func render(
    _ messages: [ChatMessage], addGenerationPrompt: Bool, variables: [String: JSONValue] = [:],
    now: Int = Int(time(nil))
  ) throws(ChatTemplateError) -> String {
    var all = variables
    all["messages"] = .array(messages.map(\.json))
    return try render(json: all, addGenerationPrompt: addGenerationPrompt, now: now)
  }

  /// The same of messages as JSON (`variables["messages"]`), which may have more than role and content.
  package func render(
    json variables: [String: JSONValue], addGenerationPrompt: Bool, now: Int = Int(time(nil))
  ) throws(ChatTemplateError) -> String {
    var values: [String: JinjaValue] = ["tools": .none, "documents": .none]
    for (variable, json) in variables {
      guard let value = JinjaValue(json), value.depth <= JinjaLimits.valueDepth else {
        throw ChatTemplateError(
          name: name,
          problem: .failed("'\(variable.excerptOnOneLine)' has numbers or a depth out of bounds"))
      }
      values[variable] = value
    }
    values["add_generation_prompt"] = .bool(addGenerationPrompt)
    do {
      return try JinjaInterpreter.render(statements, variables: values, now: now)
    } catch {
      throw ChatTemplateError(name: name, line: error.line, problem: error.problem)
    }
  }
}

/// A turn of the conversation.
public struct ChatMessage: Equatable, Sendable {
  public enum Part: Equatable, Sendable {
    case text(String)
    /// Where the page's tokens come.
    case image
  }

  /// How the template is given the content: those of models that see take a list of parts, those
  /// of text models a string.
  public enum Form: Equatable, Sendable {
    case parts
    /// One text.
    case string
  }

  public let role: String
  public let content: [Part]
  public let form: Form

  public init(role: String, content: [Part]) {
    self.role = role
    self.content = content
    form = .parts
  }

  /// A message that is text alone, given to the template as a string.
  public init(role: String, text: String) {
    self.role = role
    content = [.text(text)]
    form = .string
  }

  package var json: JSONValue {
    JSONValue.object([
      JSONValue.Member(key: "role", value: .string(role)),
      JSONValue.Member(key: "content", value: contentJSON),
    ])
  }

  private var contentJSON: JSONValue {
    if form == .string, case .text(let text)? = content.first { return .string(text) }
    return .array(
      content.map { part in
        switch part {
        case .image:
          .object([JSONValue.Member(key: "type", value: .string("image"))])
        case .text(let text):
          .object([
            JSONValue.Member(key: "type", value: .string("text")),
            JSONValue.Member(key: "text", value: .string(text)),
          ])
        }
      })
  }
}
