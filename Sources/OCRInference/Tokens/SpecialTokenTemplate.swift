import Boundary

/// The ids around a text that special tokens were asked for: the `post_processor` of a
/// `tokenizer.json`.
struct SpecialTokenTemplate: Sendable {
  private(set) var before: [Int32] = []
  private(set) var after: [Int32] = []

  init() {}

  init(_ component: Component) throws(TokenizerDefect) {
    for part in try component.flattened(under: "processors") {
      switch try part.type() {
      // Speaks of offsets only.
      case "ByteLevel": continue
      case "TemplateProcessing": try wrap(part)
      default:
        throw part["type"].unsupported(
          supporting: "ByteLevel, TemplateProcessing or a Sequence of them")
      }
    }
  }

  private mutating func wrap(_ part: Component) throws(TokenizerDefect) {
    var before: [Int32] = []
    var after: [Int32] = []
    var sequences = 0
    for piece in try part["single"].elements() {
      if piece.has("Sequence") {
        sequences += 1
        continue
      }
      let name = try piece["SpecialToken"]["id"].string()
      let ids = try part["special_tokens"][name]["ids"].elements()
      for id in ids {
        let id = Int32(try id.naturalNumber(below: Vocabulary.limit))
        if sequences == 0 { before.append(id) } else { after.append(id) }
      }
    }
    guard sequences == 1 else { throw part["single"].defect("has not exactly one Sequence") }
    self.before = before + self.before
    self.after += after
  }
}
