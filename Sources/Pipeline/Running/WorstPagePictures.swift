import Boundary
import Datasets
import Foundation
import PageImaging

/// Pictures of the pages that a report shows, kept beside the record so that a report can be
/// rendered again without the dataset.
enum WorstPagePictures {
  /// In pixels: enough to read a printed line on, small enough to embed.
  private static let width = 800

  static func keep(
    of groups: [GroupRecord], plan: RunPlan, reading: PageReading, in directory: String
  ) throws {
    for (group, planned) in zip(groups, plan.groups) {
      for page in group.worstPages() {
        let (document, index) = planned.place(of: page)
        let loaded = try reading.load(document, page: index, dpi: group.dpi)
        try write(
          loaded.image, to: directory + "/pictures/" + page.pictureName(dpi: group.dpi))
      }
    }
  }

  private static func write(_ image: PageImage, to path: String) throws {
    let scale = min(1, Double(width) / Double(image.width))
    let picture = try image.resampled(
      width: max(1, Int((Double(image.width) * scale).rounded())),
      height: max(1, Int((Double(image.height) * scale).rounded())))
    try PrivateDirectory.make((path as NSString).deletingLastPathComponent)
    try AtomicFile.write(picture.inSixteenGreys().pngData(), to: path, permissions: 0o600)
  }
}

extension RunPlan.Group {
  /// The document and page that a record was read from.
  fileprivate func place(of page: PageRecord) -> (DatasetDocument, Int) {
    for document in documents {
      for index in document.pages.indices where PageReading.id(document, page: index) == page.id {
        return (document, index)
      }
    }
    preconditionFailure("a record of no page of its group: \(page.id)")
  }
}

extension PageImage {
  /// In sixteen greys: what a reader needs of a scan, in a fifth of the bytes.
  fileprivate func inSixteenGreys() -> IndexedPageImage {
    let indices = (0..<width * height).map { pixel -> UInt8 in
      guard color == .rgb else { return samples[pixel] >> 4 }
      // ITU-R BT.601 luma, in parts of 256.
      let (red, green, blue) = (
        Int(samples[3 * pixel]), Int(samples[3 * pixel + 1]), Int(samples[3 * pixel + 2])
      )
      return UInt8((77 * red + 150 * green + 29 * blue) >> 12)
    }
    let greys = (0..<16).map { UInt8($0 * 17) }
    return IndexedPageImage(
      width: width, height: height, indices: indices, palette: greys.map { ($0, $0, $0) })
  }
}
