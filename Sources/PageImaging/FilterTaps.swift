/// For every output position along one axis, the input positions it is a weighted sum of.
///
/// Weights are fixed-point as in Pillow's 8-bit path, sums are rounded and clipped to 0...255, so
/// results are the same on every machine.
struct FilterTaps {
  /// 32 bits less 8 for the sample and 2 for overshoot: Pillow's PRECISION_BITS.
  static let precision: Int32 = 32 - 8 - 2

  /// `[output]`: first input position.
  private(set) var starts: [Int] = []
  /// `[output]`: how many input positions.
  private(set) var counts: [Int] = []
  /// `[output, stride]`, rows padded with zeros.
  private(set) var weights: [Int32] = []
  let stride: Int

  private init(stride: Int, outputs: Int) {
    self.stride = stride
    starts.reserveCapacity(outputs)
    counts.reserveCapacity(outputs)
    weights.reserveCapacity(outputs * stride)
  }

  /// Normalised to a sum of 1, then rounded half away from zero.
  private mutating func append(start: Int, _ row: [Double]) {
    let sum = row.reduce(0, +)
    starts.append(start)
    counts.append(row.count)
    let one = Double(1 << FilterTaps.precision)
    for weight in row {
      let normalised = sum == 0 ? weight : weight / sum
      weights.append(Int32(normalised * one + (normalised < 0 ? -0.5 : 0.5)))
    }
    weights.append(contentsOf: repeatElement(0, count: stride - row.count))
  }

  /// Keys' cubic with a = -0.5, its support widened by the scale when reducing: Pillow's
  /// `precompute_coeffs` with `bicubic_filter`, the operations in its order.
  static func bicubic(from inputs: Int, to outputs: Int) -> FilterTaps {
    let scale = Double(inputs) / Double(outputs)
    let filterScale = max(scale, 1)
    let support = 2 * filterScale
    var taps = FilterTaps(stride: Int(support.rounded(.up)) * 2 + 1, outputs: outputs)
    for output in 0..<outputs {
      let center = (Double(output) + 0.5) * scale
      let start = max(0, Int(center - support + 0.5))
      let end = min(inputs, Int(center + support + 0.5))
      let inverse = 1 / filterScale
      taps.append(
        start: start,
        (0..<end - start).map { keys((Double($0 + start) - center + 0.5) * inverse) })
    }
    return taps
  }

  private static func keys(_ distance: Double) -> Double {
    let a = -0.5
    let x = distance.magnitude
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
    return 0
  }

  /// The same symmetric kernel everywhere; at the edges the weights that fall inside are scaled up.
  /// - Parameter kernel: odd count, centre in the middle.
  static func convolution(_ kernel: [Double], count: Int) -> FilterTaps {
    let radius = kernel.count / 2
    var taps = FilterTaps(stride: kernel.count, outputs: count)
    for output in 0..<count {
      let start = max(0, output - radius)
      let end = min(count, output + radius + 1)
      let first = start - output + radius
      taps.append(start: start, Array(kernel[first..<first + end - start]))
    }
    return taps
  }

  // MARK: Passes

  /// One pass along rows: `[height, width, channels]` to `[height, outputs, channels]`.
  func appliedAcross(_ samples: [UInt8], width: Int, height: Int, channels: Int) -> [UInt8] {
    let count = height * starts.count * channels
    return [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
      samples.withUnsafeBufferPointer { input in
        for row in 0..<height {
          let source = input.baseAddress! + row * width * channels
          let target = output.baseAddress! + row * starts.count * channels
          channels == 1 ? greyRow(source, target) : rgbRow(source, target)
        }
      }
      initialized = count
    }
  }

  private func greyRow(_ source: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>) {
    weights.withUnsafeBufferPointer { weights in
      starts.withUnsafeBufferPointer { starts in
        counts.withUnsafeBufferPointer { counts in
          for output in 0..<starts.count {
            let pixels = source + starts[output]
            let row = weights.baseAddress! + output * stride
            var sum: Int32 = 1 << (FilterTaps.precision - 1)
            for tap in 0..<counts[output] { sum &+= Int32(pixels[tap]) &* row[tap] }
            target[output] = FilterTaps.clipped(sum)
          }
        }
      }
    }
  }

  private func rgbRow(_ source: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>) {
    weights.withUnsafeBufferPointer { weights in
      starts.withUnsafeBufferPointer { starts in
        counts.withUnsafeBufferPointer { counts in
          for output in 0..<starts.count {
            let pixels = source + 3 * starts[output]
            let row = weights.baseAddress! + output * stride
            var red: Int32 = 1 << (FilterTaps.precision - 1)
            var green = red
            var blue = red
            for tap in 0..<counts[output] {
              let weight = row[tap]
              red &+= Int32(pixels[3 * tap]) &* weight
              green &+= Int32(pixels[3 * tap + 1]) &* weight
              blue &+= Int32(pixels[3 * tap + 2]) &* weight
            }
            target[3 * output] = FilterTaps.clipped(red)
            target[3 * output + 1] = FilterTaps.clipped(green)
            target[3 * output + 2] = FilterTaps.clipped(blue)
          }
        }
      }
    }
  }

  /// One pass down columns: `[inputs, rowBytes]` to `[outputs, rowBytes]`.
  func appliedDown(_ samples: [UInt8], rowBytes: Int) -> [UInt8] {
    let count = starts.count * rowBytes
    var sums = [Int32](repeating: 0, count: rowBytes)
    return [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
      samples.withUnsafeBufferPointer { input in
        sums.withUnsafeMutableBufferPointer { sums in
          for row in 0..<starts.count {
            sums.update(repeating: 1 << (FilterTaps.precision - 1))
            for tap in 0..<counts[row] {
              let source = input.baseAddress! + (starts[row] + tap) * rowBytes
              let weight = weights[row * stride + tap]
              for column in 0..<rowBytes { sums[column] &+= Int32(source[column]) &* weight }
            }
            let target = output.baseAddress! + row * rowBytes
            for column in 0..<rowBytes { target[column] = FilterTaps.clipped(sums[column]) }
          }
        }
      }
      initialized = count
    }
  }

  @inline(__always)
  private static func clipped(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(max(sum >> precision, 0), 255))
  }
}
