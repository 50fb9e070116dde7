import Boundary

extension ChatTemplate {
  /// The template of a model's directory: `chat_template.jinja`, else `chat_template.json`, else
  /// `chat_template` of `tokenizer_config.json`. Where that is a list, the one named `default`.
  public static func load(directory: String) throws(ChatTemplateError) -> ChatTemplate {
    let jinja = directory + "/chat_template.jinja"
    if let bytes = try bytes(of: jinja, limit: JinjaLimits.source) {
      guard let source = String(validating: bytes, as: UTF8.self) else {
        throw ChatTemplateError(name: jinja, problem: .malformedFile("is not UTF-8"))
      }
      return try ChatTemplate(source: source, name: jinja)
    }
    for file in ["chat_template.json", "tokenizer_config.json"] {
      let path = directory + "/" + file
      // A tokenizer_config.json lists the added tokens: some hundred kilobytes.
      guard let bytes = try bytes(of: path, limit: 16 << 20) else { continue }
      if let source = try source(in: bytes, of: path) {
        return try ChatTemplate(source: source, name: path)
      }
    }
    throw ChatTemplateError(name: directory, problem: .missing)
  }

  private static func bytes(of path: String, limit: Int) throws(ChatTemplateError) -> [UInt8]? {
    do {
      return try RegularFile.bytes(of: path, limit: limit)
    } catch  where error.reason == .missing {
      return nil
    } catch {
      throw ChatTemplateError(name: path, problem: .unreadable(error))
    }
  }

  /// The `chat_template` of a JSON file; nil where it has none.
  package static func source(
    in bytes: [UInt8], of path: String
  ) throws(ChatTemplateError) -> String? {
    func malformed(_ defect: String) -> ChatTemplateError {
      ChatTemplateError(name: path, problem: .malformedFile(defect))
    }
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes[...])
    } catch {
      throw malformed("is not JSON (byte \(error.offset))")
    }
    guard case .object = json else { throw malformed("is no JSON object") }
    switch json["chat_template"] {
    case nil, .null?: return nil
    case .string(let source)?: return source
    case .array(let choices)?:
      for choice in choices where choice["name"] == .string("default") {
        guard case .string(let source)? = choice["template"] else { break }
        return source
      }
      throw malformed("chat_template: is a list without a template named 'default'")
    default: throw malformed("chat_template: is neither a string nor a list")
    }
  }
}
