import Datasets
import PageImaging

extension RunPlan {
  /// Looks at every page before the first is read, so that a bad one is told at once and not after
  /// an hour: its file, its checksum, its DPI. A page without a checksum is decoded whole.
  ///
  /// - Throws: what reading that page in the run would throw.
  public func checkPages(of dataset: Dataset, sourceDPI: Double?) throws {
    var seen = Set<String>()
    for document in groups.flatMap(\.documents) where seen.insert(document.id).inserted {
      for index in document.pages.indices {
        let bytes = try dataset.pageBytes(document, page: index)
        let name = dataset.pageName(document, page: index)
        if document.pages[index].sha256 == nil {
          _ = try PageImage(png: bytes, name: name, sourceDPI: sourceDPI)
        } else {
          _ = try PNGHeader(png: bytes, name: name).dpi(given: sourceDPI, name: name)
        }
      }
    }
  }
}
