import Foundation
import PageImaging

/// The pages a reader of the report should look at first, and their pictures, kept beside the
/// record so that a report can be rendered again without the dataset.
public enum WorstPages {
  public static let countPerGroup = 3

  /// The worst pages of a group: by CER, then by fields not read right, then in reading order.
  /// Pages without an error are no worst pages.
  public static func of(_ group: GroupRecord) -> [PageRecord] {
    let flawed = group.documents.flatMap(\.pages).filter { $0.severity > (0, 0) }
    let ranked = flawed.enumerated().sorted { a, b in
      a.element.severity == b.element.severity
        ? a.offset < b.offset : a.element.severity > b.element.severity
    }
    return ranked.prefix(countPerGroup).map(\.element)
  }

  /// `pictures/prescription-0001-1@300.png`
  public static func picturePath(of page: PageRecord, dpi: Int) -> String {
    "pictures/\(page.id.replacing("/", with: "-"))@\(dpi).png"
  }

  /// A picture's width in pixels: enough to read a printed line on, small enough to embed.
  private static let pictureWidth = 900

  static func keepPictures(
    of groups: [GroupRecord], plan: RunPlan, reading: PageReading, in directory: String
  ) throws {
    for (group, planned) in zip(groups, plan.groups) {
      for page in of(group) {
        let loaded = try reading.load(planned.truth(of: page), id: page.id, dpi: group.dpi)
        let scale = min(1, Double(pictureWidth) / Double(loaded.image.width))
        let picture = loaded.image.resampled(
          width: Int((Double(loaded.image.width) * scale).rounded()),
          height: max(1, Int((Double(loaded.image.height) * scale).rounded())))
        let path = directory + "/" + picturePath(of: page, dpi: group.dpi)
        try FileManager.default.createDirectory(
          atPath: directory + "/pictures", withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
        try AtomicFile.write(picture.pngData(), to: path, permissions: 0o600)
      }
    }
  }
}

extension PageRecord {
  /// CER (bounded for a blank page: any output is as bad as can be), then fields not right.
  fileprivate var severity: (Double, Int) {
    let rate = score.characters.rate ?? (score.blank.map { $0.passed ? 0 : 1 } ?? 0)
    return (rate, score.fields.count { $0.judgement != .correct })
  }
}
