/// How a printed text was set: found by drawing it in every family and laying it over the print.
public struct PrintMatch: Sendable {
  public var style: TextStyle
  /// Where the text starts, in pixels of the plane that was matched.
  public var x: Double
  public var baseline: Double
  /// How far the print is softened beyond drawing (`InkPlane.softened`).
  public var softness: Int
  /// `InkPlane.overlap` of print and drawing.
  public var overlap: Double
}

extension Typesetter {
  /// Families a page may be set in: those of the documents, then those without Hangul.
  public static let matchedFaces: [Typeface] =
    (FontFamily.documents + FontFamily.latin).flatMap { family in
      family.weights.filter { $0 == .regular || $0 == .bold || $0 == .light }
        .map { Typeface(family, weight: $0) }
    }

  /// The face, size, width and place in which `text` comes nearest to the print; nil where no face
  /// gives ink of the print's proportions. Families that are not installed are passed over.
  ///
  /// - Parameters:
  ///   - print: the text's ink with some paper around it.
  ///   - box: the ink's extent in the plane.
  ///   - faces: tried in order.
  public func match(
    _ text: String, to print: InkPlane, box: (x: Int, y: Int, width: Int, height: Int),
    faces: [Typeface] = Typesetter.matchedFaces
  ) -> PrintMatch? {
    var best: [PrintMatch] = []
    for face in faces {
      guard let style = style(of: text, face, width: box.width, height: box.height),
        let match = placed(text, style, on: print, box: box, steps: [0.5], softness: 0)
      else { continue }
      best.append(match)
      best.sort { $0.overlap > $1.overlap }
      best = Array(best.prefix(3))
    }
    // The ends of a box are whole pixels: the size is not known to the per cent.
    let refined = best.flatMap { match in
      [0.985, 1, 1.015].compactMap { scale in
        placed(
          text, match.style.sized(match.style.size * scale), on: print, box: box,
          steps: [0, 0.25, 0.5, 0.75], softness: 0)
      }
    }
    guard let sharp = refined.max(by: { $0.overlap < $1.overlap }) else { return nil }
    return softened(sharp, text, on: print)
  }

  /// The size that gives ink of this height, and the condensing that gives it this width.
  private func style(of text: String, _ face: Typeface, width: Int, height: Int) -> TextStyle? {
    let probe = TextStyle(face, fallbacks: Self.matchFallbacks, size: 20)
    guard let ink = try? set(text, probe).ink, ink.width > 0, ink.height > 0 else { return nil }
    let perPixel = 25.4 / dpi
    // A box runs from the first pixel with ink to the last: half a pixel too far at either end.
    let byWidth = (Double(width) - 0.8) * perPixel / ink.width
    let byHeight = (Double(height) - 0.8) * perPixel / ink.height
    let ratio = byWidth / byHeight
    guard (0.55...1.4).contains(ratio) else { return nil }
    // Rounding alone makes a pixel or two.
    let slack = max(0.03, 1.6 / Double(height))
    if (1 - slack...1 + slack).contains(ratio) { return probe.sized(probe.size * byWidth) }
    var style = probe.sized(probe.size * byHeight)
    style.condensed = ratio
    return style
  }

  /// What may draw a character that the matched face lacks.
  public static let matchFallbacks = [Typeface(.notoSans), Typeface(.dejaVuSans)]

  /// Best over whole pixels and the given parts of one.
  private func placed(
    _ text: String, _ style: TextStyle, on print: InkPlane,
    box: (x: Int, y: Int, width: Int, height: Int), steps: [Double], softness: Int
  ) -> PrintMatch? {
    guard let set = try? set(text, style), let ink = set.ink else { return nil }
    let pixels = dpi / 25.4
    var best: PrintMatch?
    for part in steps {
      for rise in steps {
        let x = Double(box.x) + part - ink.x * pixels
        let baseline = Double(box.y) + rise - ink.y * pixels
        let drawn = inked(
          set, width: print.width, height: print.height, x: x, baseline: baseline)
        for (dx, dy) in [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)] {
          let overlap = print.overlap(with: drawn, movedBy: dx, dy)
          if overlap > best?.overlap ?? 0 {
            best = PrintMatch(
              style: style, x: x + Double(dx), baseline: baseline + Double(dy),
              softness: softness, overlap: overlap)
          }
        }
      }
    }
    return best
  }

  private func softened(_ match: PrintMatch, _ text: String, on print: InkPlane) -> PrintMatch {
    guard let set = try? set(text, match.style) else { return match }
    let drawn = inked(
      set, width: print.width, height: print.height, x: match.x, baseline: match.baseline)
    var best = match
    for passes in [1, 2, 4, 7] {
      let overlap = print.overlap(with: drawn.softened(passes: passes))
      if overlap > best.overlap {
        best.overlap = overlap
        best.softness = passes
      }
    }
    return best
  }
}
