import Boundary
import OCRInference

func readSafetensors(_ bytes: [UInt8]) {
  guard let header = try? SafetensorsHeader(parsing: bytes, fileSize: bytes.count) else { return }
  for tensor in header.tensors {
    // What is mapped lies in the file, and holds what its shape says.
    precondition(tensor.bytes.lowerBound >= 0 && tensor.bytes.upperBound <= bytes.count)
    precondition(tensor.shape.reduce(tensor.type.size, *) == tensor.bytes.count)
  }
}

func readTokenizer(_ bytes: [UInt8]) {
  guard let tokenizer = try? Tokenizer(parsing: bytes, name: "tokenizer.json") else { return }
  let ids = tokenizer.encode("Rx 5 mg, 3x/day: 하루 세 번\n<|im_end|> e\u{301}")
  _ = tokenizer.decode(ids)
  var text = StreamingText(tokenizer: tokenizer)
  for id in ids + [-1, 0, 1, .max] { _ = text.add(id) }
  _ = text.finish()
}

func readConfig(_ bytes: [UInt8]) {
  guard let config = try? ConfigFile(bytes: bytes, path: "config.json") else { return }
  for key in ["hidden_size", "num_hidden_layers", "rope_theta", "mrope_section", "model_type"] {
    _ = try? config.int(key, in: 1...1 << 20)
    _ = try? config.number(key, in: 0...1e9)
    _ = try? config.bool(key)
    _ = try? config.string(key)
    _ = try? config.object(key)?.int("hidden_size", in: 1...1 << 20)
  }
  for key in ["rope_scaling", "vision_config", "text_config"] {
    _ = try? config.object(key)?.string("rope_type")
    _ = try? config.object(key)?.number("factor", in: 0...1e9)
  }
}

private let variables: [String: JSONValue] = [
  "bos_token": .string("<s>"), "date_string": .string("26 Jul 2024"), "x": .number("7"),
]

func readTemplate(_ bytes: [UInt8]) {
  let source = String(decoding: bytes, as: UTF8.self)
  guard let template = try? ChatTemplate(source: source, name: "chat_template.jinja") else {
    return
  }
  _ = try? template.render(
    [
      ChatMessage(role: "system", text: "Read."),
      ChatMessage(role: "user", content: [.image, .text("It's\n한 쪽 ")]),
    ], addGenerationPrompt: true, variables: variables)
}
