extension PageImage {
  /// The pixels of a rectangle that lies within the page.
  public func cropped(x: Int, y: Int, width newWidth: Int, height newHeight: Int) -> PageImage {
    precondition(
      x >= 0 && y >= 0 && newWidth > 0 && newHeight > 0 && x + newWidth <= width
        && y + newHeight <= height, "a crop beyond the page")
    let cropped = [UInt8](unsafeUninitializedCapacity: newWidth * newHeight * channels) {
      target, count in
      samples.withUnsafeBufferPointer { source in
        let row = newWidth * channels
        for line in 0..<newHeight {
          let start = ((y + line) * width + x) * channels
          target.baseAddress!.advanced(by: line * row)
            .initialize(from: source.baseAddress! + start, count: row)
        }
      }
      count = newWidth * newHeight * channels
    }
    return PageImage(width: newWidth, height: newHeight, color: color, samples: cropped, dpi: dpi)
  }
}
