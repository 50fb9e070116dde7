import CPango

/// How a run of text looks.
public struct TextStyle: Sendable {
  public var face: Typeface
  /// Draw, first come first served, what `face` lacks; what they all lack is an error.
  public var fallbacks: [Typeface]
  /// In points.
  public var size: Double
  public var ink: Ink
  /// Width of the letters as a fraction of their natural width (장평).
  public var condensed = 1.0

  public init(_ face: Typeface, fallbacks: [Typeface] = [], size: Double, ink: Ink = .black) {
    self.face = face
    self.fallbacks = fallbacks
    self.size = size
    self.ink = ink
  }

  public func sized(_ size: Double) -> TextStyle {
    var copy = self
    copy.size = size
    return copy
  }

  public func inked(_ ink: Ink) -> TextStyle {
    var copy = self
    copy.ink = ink
    return copy
  }

  public var bold: TextStyle {
    var copy = self
    copy.face = Typeface(face.family, bold: true)
    return copy
  }
}

/// One line of text, shaped and measured, ready to be drawn.
public struct SetText {
  struct Segment {
    var layout: PangoLine
    /// From the start of the text, millimetres.
    var offset: Double
    /// Above the baseline, millimetres.
    var rise: Double
  }

  public var text: String
  public var style: TextStyle
  /// Advance, millimetres.
  public var width: Double
  /// Ink, millimetres, from the text's start on its baseline; nil for white space.
  public var ink: PageRect?
  var segments: [Segment]
}

extension SetText {
  /// Where each code point stands, millimetres from the text's start, one more than there are code
  /// points: the `i`th has its advance from `edges[i]` to `edges[i + 1]`. Code points that one
  /// glyph draws share its width evenly, as pango's cursor does.
  public var edges: [Double] {
    var edges = exclusively { segments.flatMap { $0.starts(style) } }
    edges.append(width)
    // Letters that a font draws over their neighbours have no advance to fall back by.
    for index in edges.indices.dropFirst() { edges[index] = max(edges[index], edges[index - 1]) }
    return edges
  }
}

extension SetText.Segment {
  fileprivate func starts(_ style: TextStyle) -> [Double] {
    var starts: [Double] = []
    let cursor = pango_layout_get_iter(layout.pointer)
    defer { pango_layout_iter_free(cursor) }
    repeat {
      var cell = PangoRectangle()
      pango_layout_iter_get_char_extents(cursor, &cell)
      starts.append(offset + Double(cell.x) * layout.millimetresPerUnit * style.condensed)
    } while pango_layout_iter_next_char(cursor) != 0
    return starts
  }
}

/// A PangoLayout, freed with its last owner.
final class PangoLine {
  let pointer: OpaquePointer
  /// Of pango's units, before the letters are condensed.
  let millimetresPerUnit: Double

  init(owning pointer: OpaquePointer, dpi: Double) {
    self.pointer = pointer
    millimetresPerUnit = 25.4 / dpi / Double(PANGO_SCALE)
  }

  deinit { exclusively { g_object_unref(UnsafeMutableRawPointer(pointer)) } }
}

/// Shapes text with pango, letting no character come from another font than the style names.
///
/// Not for sharing between threads: give each its own.
public final class Typesetter {
  public let dpi: Double
  private let map: UnsafeMutablePointer<PangoFontMap>
  private let context: OpaquePointer
  private let printFamilies: [FontFamily]
  private var coverages: [Typeface: FaceCoverage] = [:]

  /// - Parameters:
  ///   - families: looked for at once; others at their first use.
  ///   - printFamilies: what text asked for in a family of `FontFamily.print` is set in instead.
  ///     What they lack comes from the style's fallbacks as ever.
  /// - Throws: `MissingFont` for the first of `families` that is not installed.
  public init(
    dpi: Double = 300, families: [FontFamily] = FontFamily.documents,
    printFamilies: [FontFamily] = FontFamily.print
  ) throws {
    precondition(!printFamilies.isEmpty)
    self.dpi = dpi
    self.printFamilies = printFamilies
    (map, context) = exclusively {
      let map = pango_cairo_font_map_new()!
      return (map, Self.context(of: map))
    }
    for family in families + printFamilies {
      _ = try coverage(of: Typeface(family))
      if family.hasBold { _ = try coverage(of: Typeface(family, bold: true)) }
    }
  }

  private static func context(of map: UnsafeMutablePointer<PangoFontMap>) -> OpaquePointer {
    let context: OpaquePointer = pango_font_map_create_context(map)
    pango_context_set_language(context, pango_language_from_string("ko"))
    let options = cairo_font_options_create()
    defer { cairo_font_options_destroy(options) }
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    pango_cairo_context_set_font_options(context, options)
    return context
  }

  deinit {
    coverages = [:]
    exclusively {
      g_object_unref(UnsafeMutableRawPointer(context))
      g_object_unref(UnsafeMutableRawPointer(map))
    }
  }

  /// Whether `face` itself draws the character with ink (or it is a space it has).
  public func draws(_ scalar: Unicode.Scalar, in face: Typeface) throws -> Bool {
    try coverage(of: face).covers(scalar)
  }

  /// Shapes one line.
  /// - Throws: `UndrawableCharacter`, `MissingFont`.
  public func set(_ text: String, _ style: TextStyle) throws -> SetText {
    try exclusively { try shape(text, style) }
  }

  private func shape(_ text: String, _ style: TextStyle) throws -> SetText {
    var set = SetText(text: text, style: style, width: 0, ink: nil, segments: [])
    for run in try runs(of: text, style) {
      let size = run.isRaised ? style.size * Superscript.size : style.size
      let rise = run.isRaised ? style.size * 25.4 / 72 * Superscript.rise : 0
      let line = layout(run.text, face: run.face, size: size)
      var ink = PangoRectangle()
      var logical = PangoRectangle()
      pango_layout_get_extents(line.pointer, &ink, &logical)
      precondition(
        pango_layout_get_unknown_glyphs_count(line.pointer) == 0, "coverage said it was drawn")
      let scale = line.millimetresPerUnit
      let baseline = Double(pango_layout_get_baseline(line.pointer))
      if ink.width > 0, ink.height > 0 {
        let box = PageRect(
          x: set.width + Double(ink.x) * scale * style.condensed,
          y: (Double(ink.y) - baseline) * scale - rise,
          width: Double(ink.width) * scale * style.condensed, height: Double(ink.height) * scale)
        set.ink = set.ink?.union(box) ?? box
      }
      set.segments.append(.init(layout: line, offset: set.width, rise: rise))
      set.width += Double(logical.width) * scale * style.condensed
    }
    return set
  }

  private struct Run {
    var face: Typeface
    var isRaised: Bool
    var text: String
  }

  /// Consecutive stretches by how they are drawn; spaces stay with what precedes them.
  private func runs(of text: String, _ style: TextStyle) throws -> [Run] {
    var runs: [Run] = []
    let faces = [shown(style.face)] + style.fallbacks
    for scalar in text.unicodeScalars {
      let raised = Superscript.digit(of: scalar)
      let shown = raised ?? scalar
      let face: Typeface
      if scalar == " ", let last = runs.last {
        face = last.face
      } else if let able = try faces.first(where: {
        try draws(shown, in: $0)
      }) {
        face = able
      } else {
        throw UndrawableCharacter(scalar: scalar, family: style.face.family)
      }
      if let last = runs.last, last.face == face, last.isRaised == (raised != nil) {
        runs[runs.count - 1].text.unicodeScalars.append(shown)
      } else {
        runs.append(Run(face: face, isRaised: raised != nil, text: String(Character(shown))))
      }
    }
    return runs
  }

  /// The typeface that stands in for `face`.
  private func shown(_ face: Typeface) -> Typeface {
    guard let place = FontFamily.print.firstIndex(of: face.family) else { return face }
    return Typeface(printFamilies[place % printFamilies.count], weight: face.weight)
  }

  private func layout(_ text: String, face: Typeface, size: Double) -> PangoLine {
    let layout: OpaquePointer = pango_layout_new(context)
    let description = self.description(of: face, pixels: size * dpi / 72)
    defer { pango_font_description_free(description) }
    pango_layout_set_font_description(layout, description)
    pango_layout_set_single_paragraph_mode(layout, 1)
    let attributes = pango_attr_list_new()
    pango_attr_list_insert(attributes, pango_attr_fallback_new(0))
    pango_layout_set_attributes(layout, attributes)
    pango_attr_list_unref(attributes)
    pango_layout_set_text(layout, text, -1)
    return PangoLine(owning: layout, dpi: dpi)
  }

  private func description(of face: Typeface, pixels: Double) -> OpaquePointer {
    let description: OpaquePointer = pango_font_description_new()
    pango_font_description_set_family(description, face.family.rawValue)
    pango_font_description_set_weight(
      description, PangoWeight(rawValue: UInt32(face.weight.rawValue)))
    pango_font_description_set_absolute_size(description, (pixels * Double(PANGO_SCALE)).rounded())
    return description
  }

  private func coverage(of face: Typeface) throws -> FaceCoverage {
    if let known = coverages[face] { return known }
    let coverage = try exclusively { try load(face) }
    coverages[face] = coverage
    return coverage
  }

  private func load(_ face: Typeface) throws -> FaceCoverage {
    let description = self.description(of: face, pixels: 64)
    defer { pango_font_description_free(description) }
    // fontconfig answers a family it lacks with another one.
    guard let font = pango_font_map_load_font(map, context, description) else {
      throw MissingFont(family: face.family)
    }
    let coverage = FaceCoverage(owning: font)
    // Some families call their only weight medium.
    let isWeight = face.family.weights.count == 1 || coverage.weight == face.weight.rawValue
    guard coverage.familyName == face.family.rawValue, isWeight else {
      throw MissingFont(family: face.family)
    }
    return coverage
  }
}
