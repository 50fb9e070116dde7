import CPango

/// Which characters a loaded font draws with ink.
///
/// A font's character map is not to be believed: NanumSquareRound lists all 11,172 syllables and
/// leaves most of their outlines empty, so the glyph's extents decide.
final class FaceCoverage {
  private let font: UnsafeMutablePointer<PangoFont>
  private var known: [Unicode.Scalar: Bool] = [:]

  init(owning font: UnsafeMutablePointer<PangoFont>) { self.font = font }

  deinit { exclusively { g_object_unref(UnsafeMutableRawPointer(font)) } }

  var familyName: String {
    let description = pango_font_describe(font)
    defer { pango_font_description_free(description) }
    return pango_font_description_get_family(description).map { String(cString: $0) } ?? ""
  }

  /// As in CSS.
  var weight: Int {
    let description = pango_font_describe(font)
    defer { pango_font_description_free(description) }
    return Int(pango_font_description_get_weight(description).rawValue)
  }

  func covers(_ scalar: Unicode.Scalar) -> Bool {
    if let answer = known[scalar] { return answer }
    let answer = exclusively { measure(scalar) }
    known[scalar] = answer
    return answer
  }

  private func measure(_ scalar: Unicode.Scalar) -> Bool {
    guard let shaper = pango_font_get_hb_font(font) else { return false }
    var glyph: hb_codepoint_t = 0
    guard hb_font_get_nominal_glyph(shaper, scalar.value, &glyph) != 0, glyph != 0 else {
      return false
    }
    if scalar == " " { return true }
    var extents = hb_glyph_extents_t()
    guard hb_font_get_glyph_extents(shaper, glyph, &extents) != 0 else { return false }
    return extents.width != 0 && extents.height != 0
  }
}
