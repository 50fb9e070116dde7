extension PageImage {
  /// Blurred by a bell of standard deviation `sigma` pixels: the kernel (w, 1-2w, w), convolved with
  /// itself until its variance is sigma². No exponential, so the same on every machine.
  package func blurred(sigma: Double) -> PageImage {
    let variance = sigma * sigma
    guard variance > 0.01 else { return self }
    let times = Int((variance / 0.4).rounded(.up))
    let weight = variance / Double(2 * times)
    var kernel = [1.0]
    for _ in 0..<times {
      var wider = [Double](repeating: 0, count: kernel.count + 2)
      for (index, value) in kernel.enumerated() {
        wider[index] += weight * value
        wider[index + 1] += (1 - 2 * weight) * value
        wider[index + 2] += weight * value
      }
      kernel = wider
    }
    var page = self
    page.samples = FilterTaps.convolution(kernel, count: width)
      .appliedAcross(page.samples, width: width, height: height, channels: channels)
    page.samples = FilterTaps.convolution(kernel, count: height)
      .appliedDown(page.samples, rowBytes: width * channels)
    return page
  }
}
