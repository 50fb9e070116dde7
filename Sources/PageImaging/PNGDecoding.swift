import CPNG

extension PageImage {
  /// Reads a PNG file of any colour type, depth and interlace.
  ///
  /// Grey files, and palettes of greys, become `.grey` pages, all others `.rgb`. Samples are taken
  /// as sRGB whatever gamma or profile the file names. Levels follow Pillow:
  /// - 1, 2 and 4 bits are spread over 0...255 (x255, x85, x17);
  /// - transparency is laid over white in sRGB levels: (v*a + 255*(255-a))/255, rounded;
  /// - 16 bits are laid over white as they are, then rounded to v/257: within one level of Pillow,
  ///   which takes the upper byte, or two where there is transparency.
  ///
  /// - Parameters:
  ///   - limits: checked against file size and header before pixel memory is taken.
  ///   - sourceDPI: the DPI to take in place of what pHYs says.
  public init(
    pngFile path: String, limits: PNGLimits = .default, sourceDPI: Double? = nil
  ) throws(PNGError) {
    let bytes = try PNGDatastream.file(path, limits: limits)
    try self.init(png: bytes, name: path, limits: limits, sourceDPI: sourceDPI)
  }

  /// Reads a PNG from memory; `name` stands for it in errors.
  public init(
    png bytes: [UInt8], name: String, limits: PNGLimits = .default, sourceDPI: Double? = nil
  ) throws(PNGError) {
    let datastream = try PNGDatastream(bytes, name: name, limits: limits)
    let density = datastream.header.density
    if sourceDPI == nil, let density, !density.isEven {
      throw PNGError(name: name, reason: .unevenDensity(x: density.x, y: density.y))
    }
    let samples = try datastream.samples(name: name, original: bytes)
    self.init(
      width: datastream.header.width, height: datastream.header.height,
      color: datastream.isGrey ? .grey : .rgb, samples: samples, dpi: sourceDPI ?? density?.x)
  }
}

extension PNGDatastream {
  var isGrey: Bool {
    switch header.colorType {
    case .grey, .greyAlpha: true
    case .palette: hasGreyPalette
    case .rgb, .rgba: false
    }
  }

  /// `[height, width, channels]`, with one channel where `isGrey`.
  ///
  /// The format asked of libpng always has the file's own channels, because its conversions
  /// between colour, grey and alpha work in linear light (red would become 126 instead of 54).
  fileprivate func samples(name: String, original: [UInt8]) throws(PNGError) -> [UInt8] {
    let isColorFile = header.colorType != .grey && header.colorType != .greyAlpha
    let colors = isColorFile ? 3 : 1
    let format = UInt32(
      (isColorFile ? PNG_FORMAT_FLAG_COLOR : 0) | (hasTransparency ? PNG_FORMAT_FLAG_ALPHA : 0))
    let count = header.width * header.height * (colors + (hasTransparency ? 1 : 0))
    func decoded<Sample: FixedWidthInteger>(_ format: UInt32) throws(PNGError) -> [Sample] {
      try self.decoded(format: format, count: count, name: name, original: original)
    }

    if header.bitDepth == 16 {
      // libpng's own reduction to 8 bits is wrong for interlaced files (pnggroup/libpng#853).
      let samples: [UInt16] = try decoded(format | UInt32(PNG_FORMAT_FLAG_LINEAR))
      return hasTransparency ? overWhite(samples, channels: colors) : upperLevels(samples)
    }
    var samples: [UInt8] = try decoded(format)
    if hasTransparency { samples = overWhite(samples, channels: colors) }
    return isColorFile && isGrey ? firstChannel(samples) : samples
  }

  private func decoded<Sample: FixedWidthInteger>(
    format: UInt32, count: Int, name: String, original: [UInt8]
  ) throws(PNGError) -> [Sample] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    let samples: [Sample]? = pixelChunks.withUnsafeBytes { source in
      guard png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0 else {
        return nil
      }
      image.format = format
      var isRead = false
      let samples = [Sample](unsafeUninitializedCapacity: count) { buffer, initialized in
        isRead = png_image_finish_read(&image, nil, buffer.baseAddress, 0, nil) != 0
        initialized = isRead ? count : 0
      }
      return isRead ? samples : nil
    }
    guard let samples else {
      throw PNGError(name: name, reason: damage(of: original, words: image.text))
    }
    return samples
  }

  /// Finds the chunk that libpng stumbled over: the first whose checksum does not match, else the
  /// pixels as a whole.
  private func damage(of bytes: [UInt8], words: String) -> PNGError.Reason {
    var pixels = 8
    for chunk in PNGChunks(bytes) where chunk.isCritical || chunk.type == PNGChunks.trns {
      let stored = bytes.bigEndian(at: chunk.data.upperBound)
      if PNGChecksum.crc32(bytes[chunk.offset + 4..<chunk.data.upperBound]) != stored {
        return .damaged(
          chunk: chunk.name, offset: chunk.offset, problem: "the checksum does not match")
      }
      if chunk.type == PNGChunks.idat, pixels == 8 { pixels = chunk.offset }
    }
    return .damaged(chunk: "IDAT", offset: pixels, problem: "the pixels cannot be read (\(words))")
  }

  private func firstChannel(_ pixels: [UInt8]) -> [UInt8] {
    let count = pixels.count / 3
    return [UInt8](unsafeUninitializedCapacity: count) { grey, initialized in
      pixels.withUnsafeBufferPointer { source in
        for index in 0..<count { grey[index] = source[3 * index] }
      }
      initialized = count
    }
  }

  private func upperLevels(_ samples: [UInt16]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: samples.count) { levels, initialized in
      samples.withUnsafeBufferPointer { source in
        for index in 0..<source.count { levels[index] = level(UInt32(source[index])) }
      }
      initialized = samples.count
    }
  }

  /// Drops the alpha that follows `channels` samples of each pixel.
  private func overWhite(_ pixels: [UInt8], channels: Int) -> [UInt8] {
    let count = header.width * header.height
    return [UInt8](unsafeUninitializedCapacity: count * channels) { opaque, initialized in
      pixels.withUnsafeBufferPointer { source in
        for index in 0..<count {
          let pixel = index * (channels + 1)
          let alpha = UInt32(source[pixel + channels])
          for channel in 0..<channels {
            let sum = UInt32(source[pixel + channel]) * alpha + 255 * (255 - alpha) + 128
            opaque[index * channels + channel] = UInt8(truncatingIfNeeded: (sum >> 8 &+ sum) >> 8)
          }
        }
      }
      initialized = count * channels
    }
  }

  /// The same for 16 bits, where libpng has multiplied the samples by their alpha already.
  private func overWhite(_ pixels: [UInt16], channels: Int) -> [UInt8] {
    let count = header.width * header.height
    return [UInt8](unsafeUninitializedCapacity: count * channels) { opaque, initialized in
      pixels.withUnsafeBufferPointer { source in
        for index in 0..<count {
          let pixel = index * (channels + 1)
          let white = 65535 - UInt32(source[pixel + channels])
          for channel in 0..<channels {
            opaque[index * channels + channel] = level(
              min(UInt32(source[pixel + channel]) + white, 65535))
          }
        }
      }
      initialized = count * channels
    }
  }
}

/// 0...65535 to 0...255, rounded.
@inline(__always)
private func level(_ sample: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: (sample + 128) / 257) }

extension png_image {
  /// libpng's words for its last warning or error.
  var text: String {
    withUnsafeBytes(of: message) { buffer in
      String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
