import CPango

extension Canvas {
  /// A straight rule; `weight` in points.
  public func rule(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), weight: Double,
    _ ink: Ink = .black, dash: [Double] = []
  ) {
    cairo_set_dash(context, dash, Int32(dash.count), 0)
    cairo_move_to(context, start.x, start.y)
    cairo_line_to(context, end.x, end.y)
    stroke(weight, ink)
    cairo_set_dash(context, [], 0, 0)
  }

  public func box(_ rect: PageRect, weight: Double, _ ink: Ink = .black, corner: Double = 0) {
    trace(rect, corner: corner)
    stroke(weight, ink)
  }

  public func fill(_ rect: PageRect, _ ink: Ink, corner: Double = 0) {
    trace(rect, corner: corner)
    useForShape(ink)
    cairo_fill(context)
  }

  public func circle(x: Double, y: Double, radius: Double, weight: Double, _ ink: Ink) {
    cairo_new_sub_path(context)
    cairo_arc(context, x, y, radius, 0, 2 * .pi)
    stroke(weight, ink)
  }

  public func polyline(_ points: [(x: Double, y: Double)], weight: Double, _ ink: Ink) {
    for (index, point) in points.enumerated() {
      if index == 0 {
        cairo_move_to(context, point.x, point.y)
      } else {
        cairo_line_to(context, point.x, point.y)
      }
    }
    stroke(weight, ink)
  }

  /// The area within corners, closed.
  public func fill(polygon corners: [(x: Double, y: Double)], _ ink: Ink) {
    for corner in corners { cairo_line_to(context, corner.x, corner.y) }
    cairo_close_path(context)
    useForShape(ink)
    cairo_fill(context)
  }

  /// Rectangles of one ink at once, as a barcode has them.
  public func fill(_ rects: [PageRect], _ ink: Ink) {
    for rect in rects { cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height) }
    useForShape(ink)
    cairo_fill(context)
  }

  /// Draws turned by `degrees` clockwise about a point.
  public func rotated(
    degrees: Double, aroundX x: Double, y: Double, _ draw: () throws -> Void
  ) rethrows {
    cairo_save(context)
    defer { cairo_restore(context) }
    cairo_translate(context, x, y)
    cairo_rotate(context, degrees * .pi / 180)
    cairo_translate(context, -x, -y)
    try draw()
  }

  private func trace(_ rect: PageRect, corner: Double) {
    guard corner > 0 else {
      cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
      return
    }
    cairo_new_sub_path(context)
    cairo_arc(context, rect.right - corner, rect.y + corner, corner, -.pi / 2, 0)
    cairo_arc(context, rect.right - corner, rect.bottom - corner, corner, 0, .pi / 2)
    cairo_arc(context, rect.x + corner, rect.bottom - corner, corner, .pi / 2, .pi)
    cairo_arc(context, rect.x + corner, rect.y + corner, corner, .pi, 3 * .pi / 2)
    cairo_close_path(context)
  }

  private func stroke(_ weight: Double, _ ink: Ink) {
    useForShape(ink)
    cairo_set_line_width(context, weight * 25.4 / 72)
    cairo_stroke(context)
  }
}
