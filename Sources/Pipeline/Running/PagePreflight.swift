import Datasets
import OCRInference
import PageImaging

extension RunPlan {
  /// Looks at every page before the first is read, so that a bad one is told at once and not after
  /// an hour: its file, its checksum, its DPI, its size at each set DPI. A page without a checksum
  /// is decoded whole.
  ///
  /// - Throws: what reading that page in the run would throw, with the page's file.
  public func checkPages(of dataset: Dataset, sourceDPI: Double?) throws {
    var seen: [String: (PNGHeader, Double)] = [:]
    for group in groups {
      for document in group.documents {
        for index in document.pages.indices {
          let name = dataset.pageName(document, page: index)
          let key = "\(document.id)/\(index)"
          let (header, pageDPI) =
            try seen[key] ?? Self.opened(document, index, of: dataset, sourceDPI: sourceDPI)
          seen[key] = (header, pageDPI)
          do {
            let size = try PageImage.size(
              width: header.width, height: header.height, from: pageDPI, to: group.dpi)
            _ = try ImageTokens(width: size.width, height: size.height)
          } catch {
            throw RunError.unusablePage(name, dpi: group.dpi, reason: "\(error)")
          }
        }
      }
    }
  }

  private static func opened(
    _ document: DatasetDocument, _ index: Int, of dataset: Dataset, sourceDPI: Double?
  ) throws -> (PNGHeader, Double) {
    let bytes = try dataset.pageBytes(document, page: index)
    let name = dataset.pageName(document, page: index)
    let header = try PNGHeader(png: bytes, name: name)
    if document.pages[index].sha256 == nil {
      _ = try PageImage(png: bytes, name: name, sourceDPI: sourceDPI)
    }
    return (header, try header.dpi(given: sourceDPI, name: name))
  }
}
