/// A page as JPEG stores it: luma at full size, two chroma planes at half (4:2:0, JFIF's YCbCr).
struct ColorPlanes {
  let width: Int
  let height: Int
  private(set) var luma: PageImage
  private(set) var blue: PageImage
  private(set) var red: PageImage

  private var chromaWidth: Int { (width + 1) / 2 }

  /// The page under `light`; a grey page takes on the light's colour.
  init(_ page: PageImage, lit light: CameraLight) {
    width = page.width
    height = page.height
    let (width, height, channels) = (page.width, page.height, page.channels)
    let chroma = (width: (width + 1) / 2, height: (height + 1) / 2)
    var luma = [UInt8](repeating: 0, count: width * height)
    // Sums of up to four neighbours, and how many.
    var blueSums = [Int32](repeating: 0, count: chroma.width * chroma.height)
    var redSums = blueSums
    let gains = light.gains.map { Int32($0 * 256) }
    for row in 0..<height {
      let y = (Double(row) + 0.5) / Double(height)
      let left = light.level(x: 0, y: y)
      let step = (light.level(x: 1, y: y) - left) / width
      page.samples.withUnsafeBufferPointer { source in
        luma.withUnsafeMutableBufferPointer { luma in
          var level = left
          for column in 0..<width {
            let pixel = (row * width + column) * channels
            let shade = Int32(truncatingIfNeeded: level >> 32)
            level &+= step
            let r = (((Int32(source[pixel]) * gains[0]) >> 8) * shade) >> 8
            let g = (((Int32(source[pixel + channels / 2]) * gains[1]) >> 8) * shade) >> 8
            let b = (((Int32(source[pixel + channels - 1]) * gains[2]) >> 8) * shade) >> 8
            luma[row * width + column] = UInt8(
              truncatingIfNeeded: (19595 * r + 38470 * g + 7471 * b + 32768) >> 16)
            let half = (row >> 1) * chroma.width + column >> 1
            blueSums[half] &+= (-11059 * r - 21709 * g + 32768 * b) >> 8
            redSums[half] &+= (32768 * r - 27439 * g - 5329 * b) >> 8
          }
        }
      }
    }
    self.luma = PageImage(width: width, height: height, color: .grey, samples: luma)
    func plane(_ sums: [Int32]) -> PageImage {
      var samples = [UInt8](repeating: 0, count: sums.count)
      for y in 0..<chroma.height {
        let rows: Int32 = 2 * y + 1 < height ? 2 : 1
        for x in 0..<chroma.width {
          let pixels = rows * (2 * x + 1 < width ? 2 : 1)
          let mean = (sums[y * chroma.width + x] / pixels + 128) >> 8
          samples[y * chroma.width + x] = UInt8(clamping: mean + 128)
        }
      }
      return PageImage(
        width: chroma.width, height: chroma.height, color: .grey, samples: samples)
    }
    blue = plane(blueSums)
    red = plane(redSums)
  }

  /// Noise of the sensor; of colour, half as strong and twice as coarse.
  mutating func addNoise(sigma: Double, _ draws: DegradationDraws) {
    luma.addNoise(sigma: sigma, draws, stream: "luma noise")
    blue.addNoise(sigma: sigma / 2, draws, stream: "blue noise")
    red.addNoise(sigma: sigma / 2, draws, stream: "red noise")
  }

  mutating func compress(quality: Int) {
    luma = luma.compressed(quality: quality)
    blue = blue.compressed(quality: quality, table: .chroma)
    red = red.compressed(quality: quality, table: .chroma)
  }

  var page: PageImage {
    let count = width * height * 3
    let samples = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      luma.samples.withUnsafeBufferPointer { luma in
        blue.samples.withUnsafeBufferPointer { blue in
          red.samples.withUnsafeBufferPointer { red in
            for row in 0..<height {
              let half = (row >> 1) * chromaWidth
              for column in 0..<width {
                let y = Int32(luma[row * width + column]) << 16 + 32768
                let cb = Int32(blue[half + column >> 1]) - 128
                let cr = Int32(red[half + column >> 1]) - 128
                let pixel = (row * width + column) * 3
                target[pixel] = UInt8(clamping: (y + 91881 * cr) >> 16)
                target[pixel + 1] = UInt8(clamping: (y - 22554 * cb - 46802 * cr) >> 16)
                target[pixel + 2] = UInt8(clamping: (y + 116130 * cb) >> 16)
              }
            }
          }
        }
      }
      initialized = count
    }
    return PageImage(width: width, height: height, color: .rgb, samples: samples)
  }
}
