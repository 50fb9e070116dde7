import Boundary

/// A chat template that cannot be read or rendered: one line with its name, the line and the mend.
/// Never a message's text, which may be a patient's.
public struct ChatTemplateError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Problem: Equatable, Sendable {
    case unreadable(FileReadError)
    /// The file that should hold the template does not: what is wrong with it.
    case malformedFile(String)
    /// No file of the model's directory holds a template.
    case missing
    /// Not a template in Jinja's grammar.
    case syntax(String)
    /// Jinja, but beyond what medbench renders: the construct.
    case unsupported(String)
    /// What jinja2 would refuse as well: an undefined variable used, an operator on wrong types.
    case failed(String)
    /// The template's own `raise_exception`: its text, where it is written out in the template.
    case raised(String?)
    /// Template, nesting, output or work beyond the bounds.
    case tooLarge(String)
  }

  /// The file or model the template came from.
  public let name: String
  /// From 1; nil where the problem is no line's.
  public let line: Int?
  public let problem: Problem

  public init(name: String, line: Int? = nil, problem: Problem) {
    self.name = name
    self.line = line
    self.problem = problem
  }

  public var description: String {
    if case .unreadable(let error) = problem { return error.description }
    let place = name.onOneLine + (line.map { ":\($0)" } ?? "")
    return "\(place): \(words)"
  }

  private var words: String {
    switch problem {
    case .unreadable(let error):
      error.description
    case .malformedFile(let defect):
      "\(defect); give the file as the model's publisher has it"
    case .missing:
      "no chat template (chat_template.jinja, chat_template.json or chat_template in "
        + "tokenizer_config.json); give a model that was trained for chat"
    case .syntax(let defect):
      "\(defect); correct the chat template"
    case .unsupported(let construct):
      "the chat template uses \(construct), which medbench does not render; write it without"
    case .failed(let defect):
      "\(defect); correct the chat template or what it is given"
    case .raised(let text?):
      "the chat template refuses these messages: \(text.excerptOnOneLine)"
    case .raised(nil):
      "the chat template refuses these messages, in words made from them"
    case .tooLarge(let bound):
      "\(bound); give the chat template as the model's publisher has it"
    }
  }
}
