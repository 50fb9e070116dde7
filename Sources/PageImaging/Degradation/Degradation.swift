/// How a clean master is made to look like a page that reached a hospital.
///
/// Applied at the set DPI, after resampling. Sizes are in inches, so that one master serves every
/// DPI; what is drawn depends on seed, page and degradation alone. The same page gives the same
/// bytes on every machine: pixels are made with integers, or with Double operations that IEEE 754
/// rounds exactly (no sine, exponential or logarithm).
public enum Degradation: String, CaseIterable, Sendable, Codable {
  /// The master as it is.
  case clean
  /// A decent office scanner: slight skew, blur and noise, now and then a stain or a stamp.
  case scan
  /// A one-bit fax of about 204 x 196 dots an inch with lost lines. The page becomes grey.
  case fax
  /// A telephone's camera: perspective, shade, colour cast. The page becomes colour.
  case photo

  /// - Parameter dpi: of `page`; sizes are scaled by it.
  public func applied(to page: PageImage, dpi: Int, seed: UInt64, pageID: String) -> PageImage {
    let draws = DegradationDraws(degradation: self, dpi: Double(dpi), seed: seed, pageID: pageID)
    var degraded =
      switch self {
      case .clean: page
      case .scan: page.scanned(draws)
      case .fax: page.faxed(draws)
      case .photo: page.photographed(draws)
      }
    degraded.dpi = page.dpi
    return degraded
  }
}

/// What one degradation of one page draws from: a stream of random numbers for each organ, so that
/// a page has the same skew at 72 DPI and at 300 although its noise differs.
struct DegradationDraws {
  let degradation: Degradation
  /// Pixels an inch of the page in hand.
  let dpi: Double
  let seed: UInt64
  let pageID: String

  func random(_ organ: String) -> SeededRandom {
    SeededRandom(seed: seed, "degradation", degradation.rawValue, pageID, organ)
  }

  func pixels(inches: Double) -> Double { inches * dpi }
}

extension SeededRandom {
  /// A number of things: 0, 1, ... up to `most`, all alike.
  mutating func count(upTo most: Int) -> Int { Int(uniform() * Double(most + 1)) }
}
