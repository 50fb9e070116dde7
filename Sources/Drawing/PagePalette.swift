/// The sixteen colours every generated page is stored in: paper and print greys, seal reds, pen
/// blues. Four bits a pixel keep a page of text at 300 DPI near a hundred kilobytes.
public enum PagePalette {
  /// 0xRRGGBB by index; 0 is the paper.
  public static let colors: [UInt32] = [
    0xffffff, 0xeeeeee, 0xdddddd, 0xbbbbbb, 0x999999, 0x777777, 0x555555, 0x333333, 0x000000,
    0xcc2124, 0xd95a5c, 0xe69395, 0xf2c9c9,
    0x172973, 0x6570a2, 0xb3b8d0,
  ]

  /// The nearest palette colour to every colour of five bits a channel.
  private static let nearest: [UInt8] = (0..<32768).map { code in
    let r = expand(code >> 10)
    let g = expand(code >> 5 & 31)
    let b = expand(code & 31)
    var best = 0
    var least = Int.max
    for (index, color) in colors.enumerated() {
      let dr = r - Int(color >> 16)
      let dg = g - Int(color >> 8 & 255)
      let db = b - Int(color & 255)
      let distance = dr * dr + dg * dg + db * db
      if distance < least {
        least = distance
        best = index
      }
    }
    return UInt8(best)
  }

  private static func expand(_ five: Int) -> Int { five << 3 | five >> 2 }

  /// One index a pixel, rows from the top.
  public static func indices(of canvas: Canvas) -> [UInt8] {
    let width = canvas.width
    let height = canvas.height
    return [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      canvas.withPixels { pixels, stride in
        nearest.withUnsafeBufferPointer { nearest in
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
