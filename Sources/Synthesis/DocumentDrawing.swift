import DocProfiles
import Drawing
import PageImaging

/// How a document type is made: what stands on it, then where it stands.
struct DocumentDrawing: Sendable {
  var type: DocumentType
  /// - Parameter counterfactual: with figures that no habit would guess.
  var pages:
    @Sendable (Split, _ counterfactual: Bool, Typesetter, DocumentRandom) throws -> [ComposedPage]
  /// Whether the type has figures to change.
  var hasCounterfactuals: Bool

  static let all: [DocumentDrawing] = [
    .init(.prescription, PrescriptionContent.draw, PrescriptionLayout.pages),
    .init(.labResult, LabResultContent.draw, LabResultLayout.pages),
    .init(.diagnosis, DiagnosisContent.draw, DiagnosisLayout.pages),
    .init(.dischargeSummary, DischargeSummaryContent.draw, DischargeSummaryLayout.pages),
    .init(.medicalRecord, MedicalRecordContent.draw, MedicalRecordLayout.pages),
  ]

  /// Not one of `all`: nobody is judged on practice sheets.
  static let practice = DocumentDrawing(
    .practice, { PracticeText(split: $0, random: $1) }, PracticeSheet.pages)

  static func of(_ type: DocumentType) -> DocumentDrawing? {
    (all + [practice]).first { $0.type == type }
  }

  private init<Content>(
    _ type: DocumentType,
    _ draw: @escaping @Sendable (Split, inout SeededRandom) -> Content,
    _ layout:
      @escaping @Sendable (Content, Typesetter, inout SeededRandom) throws -> [ComposedPage]
  ) {
    self.type = type
    hasCounterfactuals = Content.self is any CounterfactualContent.Type
    pages = { split, counterfactual, typesetter, random in
      var words = random.words
      var look = random.look
      var content = draw(split, &words)
      if counterfactual, var changed = content as? any CounterfactualContent {
        var figures = random.figures
        changed.changeFigures(&figures)
        content = changed as! Content
      }
      return try layout(content, typesetter, &look)
    }
  }
}

/// A document's streams: a change of its look leaves its words alone.
struct DocumentRandom: Sendable {
  var words: SeededRandom
  var look: SeededRandom
  var print: SeededRandom
  var figures: SeededRandom

  /// - Parameter number: from 1.
  init(seed: UInt64, split: Split, type: DocumentType, number: Int) {
    words = SeededRandom(seed: seed, "words", split.rawValue, type.rawValue, "\(number)")
    look = SeededRandom(seed: seed, "look", split.rawValue, type.rawValue, "\(number)")
    print = SeededRandom(seed: seed, "print", split.rawValue, type.rawValue, "\(number)")
    figures = SeededRandom(seed: seed, "figures", split.rawValue, type.rawValue, "\(number)")
  }
}
