import PageImaging

extension Canvas {
  /// The sheet in its own colours, 8-bit RGB: pictures that are no page of a dataset.
  public var pageImage: PageImage {
    let samples = [UInt8](unsafeUninitializedCapacity: width * height * 3) { out, count in
      withPixels { pixels, stride in
        for y in 0..<height {
          let row = pixels + y * stride
          for x in 0..<width {
            let place = (y * width + x) * 3
            // cairo keeps blue first.
            for channel in 0..<3 { out[place + channel] = row[4 * x + 2 - channel] }
          }
        }
      }
      count = width * height * 3
    }
    return PageImage(width: width, height: height, color: .rgb, samples: samples, dpi: dpi)
  }
}
