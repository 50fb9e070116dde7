import Datasets
import PageImaging

/// A page as the engine got it, with the truth's boxes where they lie on it.
struct PageView {
  private(set) var image: PageImage
  /// Pixels an inch.
  let dpi: Double
  /// From the master's pixels to the page's.
  private let scale: Double
  private let geometry: PageGeometry

  init(_ page: LoadedPage, dpi: Int, geometry: PageGeometry) {
    image = page.image
    self.dpi = Double(dpi)
    scale = Double(dpi) / page.sourceDPI
    self.geometry = geometry
  }

  /// The upright rectangle around a box of the master, within the page; empty for what lies beyond.
  func place(of box: PixelBox, margin inches: Double = 0) -> PixelBox {
    let pad = inches * dpi
    let (left, top) = (Double(box.x) * scale, Double(box.y) * scale)
    let (right, bottom) = (left + Double(box.width) * scale, top + Double(box.height) * scale)
    let corners = [(left, top), (right, top), (left, bottom), (right, bottom)].map {
      geometry.degraded(x: $0.0, y: $0.1)
    }
    let x = Self.pixels(corners.map { $0.x }, pad, image.width)
    let y = Self.pixels(corners.map { $0.y }, pad, image.height)
    return PixelBox(x: x.lowerBound, y: y.lowerBound, width: x.count, height: y.count)
  }

  private static func pixels(_ ends: [Double], _ pad: Double, _ side: Int) -> Range<Int> {
    let least = min(max(ends.min()! - pad, 0), Double(side))
    let most = min(max(ends.max()! + pad, 0), Double(side))
    return Int(least.rounded(.down))..<max(Int(most.rounded(.up)), Int(least.rounded(.down)))
  }

  // MARK: Hiding

  /// Covers boxes of the master with grey.
  mutating func hide(_ boxes: [PixelBox]) {
    for box in boxes {
      let place = place(of: box, margin: 0.04)
      let row = place.width * image.channels
      for y in place.y..<place.y + place.height {
        let start = (y * image.width + place.x) * image.channels
        image.samples.replaceSubrange(
          start..<start + row, with: repeatElement(Self.cover, count: row))
      }
    }
  }

  private static let cover: UInt8 = 138

  // MARK: Showing

  /// The whole page, at most so many pixels wide.
  func whole(width: Int) throws -> FramedPicture {
    try FramedPicture(image, frames: [], width: min(width, image.width))
  }

  /// The page about a box with what a reader needs to know where he is: the line it stands on and
  /// its neighbours, the box framed.
  func crop(around boxes: [PixelBox]) throws -> FramedPicture? {
    let places = boxes.map { place(of: $0, margin: 0.03) }.filter { $0.width > 0 && $0.height > 0 }
    guard let first = places.first else { return nil }
    let all = places.dropFirst().reduce(first) { $0.union($1) }
    // A passage of many lines is shown by its first ones.
    let height = min(Double(all.height), 1.6 * dpi)
    let view = (
      x: Self.window(all.x, Double(all.width), least: 4.6 * dpi, more: 0.6 * dpi, image.width),
      y: Self.window(all.y, height, least: 0.8 * dpi, more: 0.5 * dpi, image.height)
    )
    let crop = image.cropped(
      x: view.x.lowerBound, y: view.y.lowerBound, width: view.x.count, height: view.y.count)
    let frames = places.map { place in
      PixelBox(
        x: place.x - view.x.lowerBound, y: place.y - view.y.lowerBound, width: place.width,
        height: place.height)
    }
    return try FramedPicture(crop, frames: frames, width: Self.cropWidth)
  }

  private static let cropWidth = 760

  /// The pixels of one side that show `length` from `start` with a margin, as far as the page goes.
  private static func window(
    _ start: Int, _ length: Double, least: Double, more: Double, _ side: Int
  ) -> Range<Int> {
    let wanted = min(max(Int(max(length + more, least).rounded()), 1), side)
    let middle = Double(start) + length / 2
    let first = min(max(Int((middle - Double(wanted) / 2).rounded()), 0), side - wanted)
    return first..<first + wanted
  }
}
