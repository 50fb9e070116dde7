import PageImaging

/// Takes red seals off a coloured page, so that the print under them reads on (colour drop-out).
///
/// A seal is a connected piece of red larger than a letter: its ring or frame. Red letters elsewhere stay.
enum SealRemoval {
  /// Whitens what is red within the seals of `page` on its grey form.
  static func clean(_ grey: inout GreyPlane, of page: PageImage, dpi: Int) {
    guard page.color == .rgb else { return }
    let red = redMask(of: page)
    guard red.contains(1) else { return }
    for piece in Components(of: red, width: page.width, height: page.height).pieces {
      let box = piece.box
      let (least, most) = (dpi * 27 / 100, dpi * 8 / 5)
      guard min(box.width, box.height) >= least, max(box.width, box.height) <= most else {
        continue
      }
      for y in box.top..<box.bottom {
        for i in y * page.width + box.left..<y * page.width + box.right where red[i] == 1 {
          grey.levels[i] = max(grey.levels[i], page.samples[3 * i])
        }
      }
    }
  }

  /// 1 where red leads green and blue clearly, print under it not counted.
  private static func redMask(of page: PageImage) -> [UInt8] {
    let count = page.width * page.height
    return [UInt8](unsafeUninitializedCapacity: count) { mask, initialized in
      page.samples.withUnsafeBufferPointer { rgb in
        for i in 0..<count {
          let (red, green, blue) = (Int(rgb[3 * i]), Int(rgb[3 * i + 1]), Int(rgb[3 * i + 2]))
          mask[i] = red - max(green, blue) >= 40 ? 1 : 0
        }
      }
      initialized = count
    }
  }
}
