import Boundary

/// What a PNG says of itself before its pixels: cheap to read, safe on hostile files.
public struct PNGHeader: Sendable, Equatable {
  public enum ColorType: UInt8, Sendable {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgba = 6
  }

  public let width: Int
  public let height: Int
  /// Bits a sample, or an index: 1, 2, 4, 8 or 16.
  public let bitDepth: Int
  public let colorType: ColorType
  public let isInterlaced: Bool
  /// The pHYs chunk in dots per inch; nil where there is none or it names no unit.
  public let density: PhysicalDensity?

  /// Reads the file at `path` without decoding its pixels. The chunks are walked to the end, so a
  /// file that is cut off is found.
  public init(pngFile path: String, limits: PNGLimits = .default) throws(PNGError) {
    try self.init(png: try PNGDatastream.file(path, limits: limits), name: path, limits: limits)
  }

  /// The same of a file in memory; `name` stands for it in errors.
  public init(png: [UInt8], name: String, limits: PNGLimits = .default) throws(PNGError) {
    self = try PNGDatastream(png, name: name, limits: limits).header
  }
}

extension PNGHeader {
  /// Dots per inch: `given` where it is not nil, else what pHYs says.
  /// - Parameter name: stands for the file in errors.
  public func dpi(given: Double? = nil, name: String) throws(PageLoadingError) -> Double {
    if let given { return given }
    guard let density else { throw .resampling(path: name, .unknownDPI) }
    guard density.isEven else {
      throw .png(PNGError(name: name, reason: .unevenDensity(x: density.x, y: density.y)))
    }
    return density.x
  }
}

/// A PNG datastream that was walked once: its header, and the chunks that make its pixels.
struct PNGDatastream {
  let header: PNGHeader
  /// PLTE entries that differ between red, green and blue make a colour page.
  let hasGreyPalette: Bool
  let hasTransparency: Bool
  /// Signature, IHDR, PLTE, tRNS, IDAT and IEND alone.
  ///
  /// libpng sees nothing else: compressed text and profiles cannot be bombs, and gAMA, cHRM, sRGB
  /// and iCCP cannot change levels. Samples are taken as sRGB, as Pillow takes them.
  let pixelChunks: [UInt8]

  init(_ bytes: [UInt8], name: String, limits: PNGLimits) throws(PNGError) {
    func damaged(_ chunk: String, _ offset: Int, _ problem: String) -> PNGError {
      PNGError(name: name, reason: .damaged(chunk: chunk, offset: offset, problem: problem))
    }
    guard !bytes.isEmpty else { throw PNGError(name: name, reason: .empty) }
    guard bytes.starts(with: PNGChunks.signature) else {
      throw PNGError(name: name, reason: .notPNG)
    }

    var chunks = PNGChunks(bytes)
    guard let first = chunks.next(), first.type == PNGChunks.ihdr, first.data.count == 13 else {
      throw damaged("IHDR", 8, "the header is missing or cut off")
    }
    let header = try PNGDatastream.header(bytes, first, name: name, limits: limits)

    var pixels = Array(bytes[..<first.whole.upperBound])
    var density: PhysicalDensity?
    var isGreyPalette = false
    var transparency = header.colorType == .greyAlpha || header.colorType == .rgba
    var hasPixels = false
    while let chunk = chunks.next() {
      switch chunk.type {
      case PNGChunks.phys where !hasPixels:
        density = try PhysicalDensity(bytes, chunk, name: name)
        continue
      case PNGChunks.plte:
        isGreyPalette = PNGDatastream.isGrey(bytes[chunk.data])
      case PNGChunks.trns:
        transparency = true
      case PNGChunks.idat:
        hasPixels = true
      case PNGChunks.iend:
        break
      default:
        guard !chunk.isCritical else {
          throw damaged(chunk.name, chunk.offset, "is not a chunk that PNG defines")
        }
        continue
      }
      pixels.append(contentsOf: bytes[chunk.whole])
    }
    guard chunks.isComplete else {
      throw damaged(
        PNGDatastream.nameOfChunk(in: bytes, at: chunks.offset), chunks.offset,
        "the file ends early, after \(bytes.count) bytes")
    }
    guard hasPixels else { throw damaged("IEND", chunks.offset - 12, "there are no pixels") }

    self.header = PNGHeader(header, density: density)
    hasGreyPalette = isGreyPalette && header.colorType == .palette
    hasTransparency = transparency
    pixelChunks = pixels
  }

  static func file(_ path: String, limits: PNGLimits) throws(PNGError) -> [UInt8] {
    do {
      return try RegularFile.bytes(of: path, limit: limits.fileBytes)
    } catch {
      throw PNGError(name: path, reason: .unreadable(error))
    }
  }

  private static func header(
    _ bytes: [UInt8], _ chunk: PNGChunks.Chunk, name: String, limits: PNGLimits
  ) throws(PNGError) -> PNGHeader {
    let start = chunk.data.lowerBound
    func damaged(_ field: Int, _ problem: String) -> PNGError {
      PNGError(
        name: name, reason: .damaged(chunk: "IHDR", offset: start + field, problem: problem))
    }
    guard
      PNGChecksum.crc32(bytes[start - 4..<chunk.data.upperBound])
        == bytes.bigEndian(at: chunk.data.upperBound)
    else { throw damaged(13, "the checksum does not match") }
    let width = Int(bytes.bigEndian(at: start))
    let height = Int(bytes.bigEndian(at: start + 4))
    guard (1...0x7fff_ffff).contains(width), (1...0x7fff_ffff).contains(height) else {
      throw damaged(0, "\(width)x\(height) pixels are not a page")
    }
    guard width * height <= limits.pixels else {
      throw PNGError(
        name: name, reason: .tooManyPixels(width: width, height: height, limit: limits.pixels))
    }
    guard max(width, height) <= limits.side else {
      throw PNGError(
        name: name, reason: .sideTooLong(width: width, height: height, limit: limits.side))
    }
    guard let type = PNGHeader.ColorType(rawValue: bytes[start + 9]) else {
      throw damaged(9, "colour type \(bytes[start + 9]) is not one that PNG defines")
    }
    let depth = Int(bytes[start + 8])
    guard type.bitDepths.contains(depth) else {
      throw damaged(8, "\(depth) bits do not go with colour type \(type.rawValue)")
    }
    return PNGHeader(
      width: width, height: height, bitDepth: depth, colorType: type,
      isInterlaced: bytes[start + 12] != 0, density: nil)
  }

  private static func isGrey(_ palette: ArraySlice<UInt8>) -> Bool {
    var first = palette.startIndex
    while first + 2 < palette.endIndex {
      let red = palette[first]
      guard palette[first + 1] == red, palette[first + 2] == red else { return false }
      first += 3
    }
    return true
  }

  private static func nameOfChunk(in bytes: [UInt8], at offset: Int) -> String {
    bytes.count - offset >= 8 ? PNGChunks.name(of: bytes.bigEndian(at: offset + 4)) : "IEND"
  }
}

extension PNGHeader.ColorType {
  /// The depths that go with the type (PNG specification, table 12).
  var bitDepths: [Int] {
    switch self {
    case .grey: [1, 2, 4, 8, 16]
    case .palette: [1, 2, 4, 8]
    case .rgb, .greyAlpha, .rgba: [8, 16]
    }
  }
}

extension PNGHeader {
  fileprivate init(
    width: Int, height: Int, bitDepth: Int, colorType: ColorType, isInterlaced: Bool,
    density: PhysicalDensity?
  ) {
    self.width = width
    self.height = height
    self.bitDepth = bitDepth
    self.colorType = colorType
    self.isInterlaced = isInterlaced
    self.density = density
  }

  fileprivate init(_ header: PNGHeader, density: PhysicalDensity?) {
    self.init(
      width: header.width, height: header.height, bitDepth: header.bitDepth,
      colorType: header.colorType, isInterlaced: header.isInterlaced, density: density)
  }
}
