import PageImaging

/// Takes red seals off a coloured page, so that the print under them reads on (colour drop-out).
///
/// A seal is a connected piece of red larger than a letter: its ring or frame. Red letters elsewhere stay.
enum SealRemoval {
  /// Whitens what is red within the seals of `page` on its grey form.
  static func clean(_ grey: inout GreyPlane, of page: PageImage, dpi: Int, threads: Int = 1) {
    guard page.color == .rgb else { return }
    let red = redMask(of: page, threads: threads)
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
  private static func redMask(of page: PageImage, threads: Int) -> [UInt8] {
    page.samples.withUnsafeBufferPointer { rgb in
      [UInt8].filled(count: page.width * page.height) { mask in
        RowBands.each(of: page.height, threads: threads) { rows in
          for i in rows.lowerBound * page.width..<rows.upperBound * page.width {
            let (red, green) = (Int(rgb[3 &* i]), Int(rgb[3 &* i &+ 1]))
            mask[i] = red &- max(green, Int(rgb[3 &* i &+ 2])) >= 40 ? 1 : 0
          }
        }
      }
    }
  }
}
