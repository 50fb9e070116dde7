import CPango
import Foundation
import PageImaging

/// A sheet of white paper to draw on, in millimetres from its top left corner.
public final class Canvas {
  public let size: PageSize
  public let dpi: Double
  /// Pixels.
  public let width: Int
  public let height: Int
  /// Every text drawn so far, in order; seals are pictures and do not count.
  public private(set) var drawnTexts: [String] = []
  /// Colours that shapes were drawn in, 0xRRGGBB.
  private(set) var shapeColors: Set<UInt32> = []
  let context: OpaquePointer
  private let surface: OpaquePointer

  public init(size: PageSize, dpi: Double = 300) {
    self.size = size
    self.dpi = dpi
    width = Int((size.width / 25.4 * dpi).rounded())
    height = Int((size.height / 25.4 * dpi).rounded())
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    context = cairo_create(surface)
    cairo_set_antialias(context, CAIRO_ANTIALIAS_GRAY)
    cairo_scale(context, dpi / 25.4, dpi / 25.4)
    // Painted and not filled: a page is no whole number of pixels, and its last row would darken.
    use(.white)
    cairo_paint(context)
  }

  deinit {
    exclusively {
      cairo_destroy(context)
      cairo_surface_destroy(surface)
    }
  }

  /// Draws a set line with its start at `x` on `baseline`.
  /// - Returns: the ink's rectangle, nil where the text is white space.
  @discardableResult
  public func draw(_ text: SetText, x: Double, baseline: Double) -> PageRect? {
    drawnTexts.append(text.text)
    exclusively { paint(text, x: x, baseline: baseline) }
    guard var ink = text.ink else { return nil }
    ink.x += x
    ink.y += baseline
    return ink
  }

  func paint(_ text: SetText, x: Double, baseline: Double) {
    use(text.style.ink)
    let points = dpi / 25.4
    for segment in text.segments {
      cairo_save(context)
      cairo_translate(context, x + segment.offset, baseline - segment.rise)
      // Pango lays out in pixels.
      cairo_scale(context, text.style.condensed / points, 1 / points)
      let line = pango_layout_get_line_readonly(segment.layout.pointer, 0)
      cairo_move_to(context, 0, 0)
      pango_cairo_show_layout_line(context, line)
      cairo_restore(context)
    }
  }

  func useForShape(_ ink: Ink) {
    func byte(_ level: Double) -> UInt32 { UInt32((level * 255).rounded()) }
    shapeColors.insert(byte(ink.red) << 16 | byte(ink.green) << 8 | byte(ink.blue))
    use(ink)
  }

  func use(_ ink: Ink) {
    cairo_set_source_rgba(context, ink.red, ink.green, ink.blue, ink.opacity)
  }

  /// Reads the finished page: BGRX bytes a pixel, rows of `stride` bytes.
  func withPixels<R>(_ body: (UnsafePointer<UInt8>, _ stride: Int) -> R) -> R {
    cairo_surface_flush(surface)
    return body(
      UnsafePointer(cairo_image_surface_get_data(surface)),
      Int(cairo_image_surface_get_stride(surface)))
  }
}
