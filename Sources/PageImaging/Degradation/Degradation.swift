/// How a clean master is made to look like a page that reached a hospital.
///
/// Applied at the set DPI, after resampling. Sizes are in inches, so one master serves every DPI;
/// what is drawn depends on seed, page and degradation alone, so every machine makes the same bytes.
public enum Degradation: String, CaseIterable, Sendable, Codable {
  /// The master as it is.
  case clean
  /// A decent office scanner.
  case scan
  /// A one-bit fax.
  case fax
  /// A telephone's camera; the page becomes colour.
  case photo

  /// - Parameter dpi: of `page`; sizes are scaled by it.
  public func applied(to page: PageImage, dpi: Int, seed: UInt64, pageID: String) -> PageImage {
    page
  }
}
