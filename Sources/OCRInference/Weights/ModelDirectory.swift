import Glibc

/// A model as Hugging Face publishes it: a directory with files of fixed names.
public struct ModelDirectory: Sendable, Hashable {
  public let path: String

  /// - Throws: where there is no directory at `path`.
  public init(_ path: String) throws(WeightError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw WeightError(
        path: path, problem: .unreadable(errno == ENOENT ? .missing : .failed(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw WeightError(path: path, problem: .notADirectory)
    }
    self.path = path
  }

  public enum File: String, Sendable, CaseIterable {
    case config = "config.json"
    case generationConfig = "generation_config.json"
    case preprocessorConfig = "preprocessor_config.json"
    case tokenizer = "tokenizer.json"
    case tokenizerConfig = "tokenizer_config.json"
    case chatTemplateJSON = "chat_template.json"
    case chatTemplateJinja = "chat_template.jinja"
    /// Ours: how medbench feeds the model, such as `"input": "line"`.
    case medbench = "medbench.json"
    case weights = "model.safetensors"
    case weightIndex = "model.safetensors.index.json"
  }

  /// Where a file is or would be.
  public func path(of file: File) -> String { path(of: file.rawValue) }

  /// The same where it is there; nil where not.
  public func existing(_ file: File) -> String? {
    access(path(of: file), F_OK) == 0 ? path(of: file) : nil
  }

  func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }
}
