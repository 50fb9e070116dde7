import PageImaging

extension PageImage {
  /// A white page with strips one below the other.
  static func stacked(_ strips: [PageImage], gap: Int = 20, margin: Int = 40) -> PageImage {
    let width = (strips.map(\.width).max() ?? 0) + 2 * margin
    let height = strips.reduce(2 * margin) { $0 + $1.height + gap }
    var page = PageImage(width: width, height: height, color: .grey, filledWith: 255)
    var top = margin
    for strip in strips {
      for y in 0..<strip.height {
        for x in 0..<strip.width {
          page.samples[(top + y) * width + margin + x] =
            strip.samples[(y * strip.width + x) * strip.channels]
        }
      }
      top += strip.height + gap
    }
    return page
  }
}
