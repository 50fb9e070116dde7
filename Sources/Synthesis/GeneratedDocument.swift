import Boundary
import Datasets
import DocProfiles
import Drawing
import PageImaging

/// A document with its pages' PNG bytes, before anything is written.
public struct GeneratedDocument: Sendable {
  public var truth: DatasetDocument
  /// One a page, 300 DPI with pHYs.
  public var images: [[UInt8]]

  /// Draws document `number` (from 1) of a type; the same arguments on the same fonts give the same
  /// bytes, whatever else is generated.
  ///
  /// - Parameters:
  ///   - extents: whether the truth says where every character stands (`LineTruth.runs`).
  ///   - counterfactual: whether its figures are drawn without regard to what is usual.
  /// - Throws: `GenerationError` for a type that has no drawing, `MissingFont`.
  public static func draw(
    _ type: DocumentType, number: Int, split: Split, seed: UInt64, typesetter: Typesetter,
    extents: Bool = false, counterfactual: Bool = false
  ) throws -> GeneratedDocument {
    let id = identifier(type, number)
    let pages = try composedPages(
      type, number: number, split: split, seed: seed, typesetter: typesetter,
      counterfactual: counterfactual)
    var random = DocumentRandom(seed: seed, split: split, type: type, number: number)
    let edges: PagePalette.Edges = random.print.uniform() < 0.6 ? .hard : .smooth
    var images: [[UInt8]] = []
    var truths: [PageTruth] = []
    var fields: [FieldTruth] = []
    for (index, page) in pages.enumerated() {
      // Practice sheets are many and are thrown away.
      let bytes = try PagePalette.image(of: page.canvas, edges: page.edges ?? edges)
        .pngData(compression: type == .practice ? .fast : .small)
      images.append(bytes)
      truths.append(
        PageTruth(
          image: "\(type.rawValue)/\(id)-\(index + 1).png",
          sha256: Checksum.sha256(of: bytes), transcript: page.transcript,
          lines: extents ? page.lines : page.lines.map(\.withoutRuns)))
      fields += page.fields.map { field in
        var field = field
        field.page = index
        return field
      }
    }
    return GeneratedDocument(
      truth: DatasetDocument(id: id, type: type, pages: truths, fields: fields), images: images)
  }

  /// The drawn pages themselves, with every run of text on them.
  public static func composedPages(
    _ type: DocumentType, number: Int, split: Split, seed: UInt64, typesetter: Typesetter,
    counterfactual: Bool = false
  ) throws -> [ComposedPage] {
    guard let drawing = DocumentDrawing.of(type) else {
      throw GenerationError.noDrawing(type)
    }
    let random = DocumentRandom(seed: seed, split: split, type: type, number: number)
    return try drawing.pages(split, counterfactual, typesetter, random)
  }

  private static func identifier(_ type: DocumentType, _ number: Int) -> String {
    let digits = String(number)
    return "\(type.rawValue)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension LineTruth {
  fileprivate var withoutRuns: LineTruth { LineTruth(start: start, end: end, box: box) }
}
