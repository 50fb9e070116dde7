import Boundary

/// Why a PNG could not be read or written: one line that names the file, the place and the mend.
public struct PNGError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Reason: Equatable, Sendable {
    /// The file itself could not be read.
    case unreadable(FileReadError)
    case empty
    case notPNG
    case tooManyPixels(width: Int, height: Int, limit: Int)
    case sideTooLong(width: Int, height: Int, limit: Int)
    /// Broken at byte `offset`, in `chunk` (`IHDR`, `IDAT`, ...).
    case damaged(chunk: String, offset: Int, problem: String)
    /// Dots per inch that differ across and down the page.
    case unevenDensity(x: Double, y: Double)
    /// libpng could not write; its words.
    case unwritable(String)
  }

  /// The path or name given by the caller.
  public let name: String
  public let reason: Reason

  public init(name: String, reason: Reason) {
    self.name = name
    self.reason = reason
  }

  public var description: String {
    if case .unreadable(let error) = reason { return error.description }
    return "\(name.onOneLine): \(explanation)"
  }

  private var explanation: String {
    switch reason {
    case .unreadable(let error):
      error.description
    case .empty:
      "is empty; copy or export the page again"
    case .notPNG:
      "byte 0: is not a PNG; convert the page to PNG first"
    case .tooManyPixels(let width, let height, let limit):
      "IHDR: \(width)x\(height) pixels are more than the limit of \(limit / 1_000_000) megapixels; "
        + "save the page at a lower DPI"
    case .sideTooLong(let width, let height, let limit):
      "IHDR: \(width)x\(height) pixels have a side longer than the limit of \(limit); "
        + "save the page in pieces or at a lower DPI"
    case .damaged(let chunk, let offset, let problem):
      "byte \(offset), chunk \(chunk.onOneLine): \(problem.onOneLine); "
        + "copy or export the page again"
    case .unevenDensity(let x, let y):
      "pHYs: \(decimal(x)) DPI across but \(decimal(y)) down; save the page with square pixels, "
        + "or give its DPI with --source-dpi"
    case .unwritable(let words):
      "cannot be encoded as PNG (\(words.onOneLine)); use a smaller page"
    }
  }
}

/// One decimal, without Foundation.
func decimal(_ value: Double) -> String {
  guard value.magnitude < 1e15 else { return "\(value)" }
  let rounded = (value * 10).rounded() / 10
  return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}
