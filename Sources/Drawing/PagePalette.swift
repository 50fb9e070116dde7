import PageImaging

/// The colours every generated page is stored in: paper, print, shades, seal reds, pen blues.
///
/// Print gets one grey between paper and black. More of them only spread the edges of the letters
/// over more codes: at 300 DPI a page looks the same and takes a quarter more bytes.
public enum PagePalette {
  /// 0xRRGGBB by index; 0 is the paper.
  public static let colors: [UInt32] = [
    0xffffff, 0x808080, 0x000000, 0xeeeeee, 0xdddddd, 0x999999,
    0xcc2124, 0xd44347, 0xe9a0a2, 0x6b1113,
    0x172973, 0x8b94b9, 0x0c1540,
  ]
  /// Fills and rules of their own shade, kept where they stand but not offered to letters' edges.
  private static let shades = 3...5

  /// How letters meet the paper.
  public enum Edges: Sendable {
    /// Over one grey.
    case smooth
    /// Black or paper, as a copier without greys prints them.
    case hard
    /// Over many greys, and text of any grey keeps its own: practice sheets.
    case grey
  }

  /// Greys in steps of 8, and what seal paste and pen make of paper and print.
  private static let manyColors: [UInt32] = {
    let greys = (0...32).map { step -> UInt32 in UInt32(max(0, 255 - 8 * step)) * 0x010101 }
    return greys + tints(of: 0xcc2124) + tints(of: 0x172973)
  }()

  /// From paper to the ink, and from the ink to black.
  private static func tints(of ink: UInt32) -> [UInt32] {
    func between(_ a: UInt32, _ b: UInt32, _ part: UInt32) -> UInt32 {
      var mixed: UInt32 = 0
      for shift: UInt32 in [16, 8, 0] {
        let level = ((a >> shift & 255) * (8 - part) + (b >> shift & 255) * part) / 8
        mixed |= level << shift
      }
      return mixed
    }
    let light = (1...8).map { between(0xffffff, ink, UInt32($0)) }
    return light + (1...4).map { between(ink, 0, UInt32($0)) }
  }

  private static let manyColorsTable: [UInt8] = (0..<32768).map { code in
    let (r, g, b) = (expand(code >> 10), expand(code >> 5 & 31), expand(code & 31))
    let isGrey = max(r, g, b) - min(r, g, b) < 24
    var best = 0
    var least = Int.max
    for (index, color) in manyColors.enumerated() where !isGrey || index <= 32 {
      let distance = squaredDistance((r, g, b), color)
      if distance < least {
        least = distance
        best = index
      }
    }
    return UInt8(best)
  }

  private static func squaredDistance(_ a: (r: Int, g: Int, b: Int), _ color: UInt32) -> Int {
    let dr = a.r - Int(color >> 16)
    let dg = a.g - Int(color >> 8 & 255)
    let db = a.b - Int(color & 255)
    return dr * dr + dg * dg + db * db
  }

  /// The palette index of every colour of five bits a channel.
  private static func table(_ canvas: Canvas, _ edges: Edges) -> [UInt8] {
    if edges == .grey { return manyColorsTable }
    let neutrals = edges == .smooth ? [0, 1, 2] : [0, 2]
    let shades = shades.filter { canvas.shapeColors.contains(colors[$0]) }
    return (0..<32768).map { nearest(to: $0, neutrals: neutrals, shades: shades) }
  }

  private static func nearest(to code: Int, neutrals: [Int], shades: [Int]) -> UInt8 {
    if let shade = shades.first(where: { fiveBits(of: colors[$0]) == code }) {
      return UInt8(shade)
    }
    let r = expand(code >> 10)
    let g = expand(code >> 5 & 31)
    let b = expand(code & 31)
    // A grey edge must not turn pink because a seal's tint lies nearer than the one grey.
    let isGrey = max(r, g, b) - min(r, g, b) < 24
    var best = 0
    var least = Int.max
    for (index, color) in colors.enumerated()
    where !Self.shades.contains(index) && (!isGrey || neutrals.contains(index)) {
      let distance = squaredDistance((r, g, b), color)
      if distance < least {
        least = distance
        best = index
      }
    }
    return UInt8(best)
  }

  private static func fiveBits(of color: UInt32) -> Int {
    Int(color >> 19) << 10 | Int(color >> 11 & 31) << 5 | Int(color >> 3 & 31)
  }

  private static func expand(_ five: Int) -> Int { five << 3 | five >> 2 }

  /// The page with only the colours it uses: up to four of them take two bits a pixel, not four.
  public static func image(of canvas: Canvas, edges: Edges = .smooth) -> IndexedPageImage {
    let colors = edges == .grey ? manyColors : Self.colors
    var indices = indices(of: canvas, table(canvas, edges))
    var isUsed = [Bool](repeating: false, count: colors.count)
    for index in indices { isUsed[Int(index)] = true }
    let used = colors.indices.filter { isUsed[$0] }
    var place = [UInt8](repeating: 0, count: colors.count)
    for (new, old) in used.enumerated() { place[old] = UInt8(new) }
    indices.withUnsafeMutableBufferPointer { pixels in
      for position in pixels.indices { pixels[position] = place[Int(pixels[position])] }
    }
    let palette = used.map { index -> IndexedPageImage.Color in
      let color = colors[index]
      return (UInt8(color >> 16), UInt8(color >> 8 & 255), UInt8(color & 255))
    }
    return IndexedPageImage(
      width: canvas.width, height: canvas.height, indices: indices, palette: palette,
      dpi: canvas.dpi)
  }

  private static func indices(of canvas: Canvas, _ table: [UInt8]) -> [UInt8] {
    let width = canvas.width
    let height = canvas.height
    return [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      canvas.withPixels { pixels, stride in
        table.withUnsafeBufferPointer { nearest in
          for y in 0..<height {
            let row = pixels + y * stride
            let target = out.baseAddress! + y * width
            for x in 0..<width {
              let b = Int(row[4 * x]) >> 3
              let g = Int(row[4 * x + 1]) >> 3
              let r = Int(row[4 * x + 2]) >> 3
              target[x] = nearest[r << 10 | g << 5 | b]
            }
          }
        }
      }
      count = width * height
    }
  }
}
