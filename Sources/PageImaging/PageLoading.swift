import Boundary

/// A page as an engine gets it: read, brought to the set DPI, degraded.
public struct LoadedPage: Sendable {
  /// At the set DPI, `dpi` set to it.
  public let image: PageImage
  /// The DPI of the file, by its pHYs or as given.
  public let sourceDPI: Double
  /// Whether the set DPI is above the file's, so that pixels were invented.
  public let isUpsampled: Bool

  /// - Parameters:
  ///   - path: a PNG file.
  ///   - setDPI: what the page is resampled to, within `ResamplingError.dpiRange`.
  ///   - sourceDPI: in place of what pHYs says; needed where it says nothing.
  ///   - seed: with `pageID`, decides what the degradation draws.
  public init(
    path: String, setDPI: Int, sourceDPI: Double? = nil, degradation: Degradation = .scan,
    seed: UInt64, pageID: String, limits: PNGLimits = .default
  ) throws(PageLoadingError) {
    let master: PageImage
    do {
      master = try PageImage(pngFile: path, limits: limits, sourceDPI: sourceDPI)
    } catch {
      throw .png(error)
    }
    do {
      try self.init(master, setDPI: setDPI, degradation: degradation, seed: seed, pageID: pageID)
    } catch {
      throw .resampling(path: path, error)
    }
  }

  /// The same from a page in memory whose `dpi` is set.
  public init(
    _ master: PageImage, setDPI: Int, degradation: Degradation, seed: UInt64, pageID: String
  ) throws(ResamplingError) {
    let resampled = try master.resampled(toDPI: setDPI)
    image = degradation.applied(to: resampled, dpi: setDPI, seed: seed, pageID: pageID)
    sourceDPI = master.dpi!
    isUpsampled = Double(setDPI) > sourceDPI
  }
}

/// Why a page could not be brought before an engine.
public enum PageLoadingError: Error, Equatable, Sendable, CustomStringConvertible {
  case png(PNGError)
  case resampling(path: String, ResamplingError)

  public var description: String {
    switch self {
    case .png(let error): error.description
    case .resampling(let path, let error): "\(path.onOneLine): \(error)"
    }
  }
}
