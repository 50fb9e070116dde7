import Datasets
import Foundation
import PageImaging

/// Pictures of the pages that a report shows, kept beside the record so that a report can be
/// rendered again without the dataset.
enum WorstPagePictures {
  /// In pixels: enough to read a printed line on, small enough to embed.
  private static let width = 900

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
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try AtomicFile.write(picture.pngData(), to: path, permissions: 0o600)
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
