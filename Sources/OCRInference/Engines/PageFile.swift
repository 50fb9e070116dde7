import Foundation
import PageImaging

/// A page as a file for another program, in a directory of its own that only this user may enter:
/// pages are patient data. Gone when `withPageFile` returns, however it does.
enum PageFile {
  enum Format: String {
    /// What any program reads; keeps the DPI.
    case png
    /// Samples behind a short header: nothing to compress or decompress. Has no DPI.
    case pnm
  }

  static func withPageFile<Result>(
    _ page: EnginePage, as format: Format, do work: (_ path: String) async throws -> Result
  ) async throws -> Result {
    var template = Array(
      (NSTemporaryDirectory() as NSString)
        .appendingPathComponent("medbench-page-XXXXXX").utf8CString)
    // mkdtemp makes the directory with mode 0700.
    guard let made = mkdtemp(&template) else {
      throw PageFileError(
        directory: NSTemporaryDirectory(), reason: String(cString: strerror(errno)))
    }
    let directory = String(cString: made)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let path = "\(directory)/page.\(format.rawValue)"
    do {
      try Data(try bytes(of: page, as: format)).write(to: URL(fileURLWithPath: path))
    } catch {
      throw PageFileError(directory: directory, reason: "\(error)")
    }
    return try await work(path)
  }

  private static func bytes(of page: EnginePage, as format: Format) throws -> [UInt8] {
    var image = page.image
    image.dpi = Double(page.dpi)
    switch format {
    case .png: return try image.pngData(compression: .fast)
    case .pnm:
      let magic = image.color == .grey ? "P5" : "P6"
      return Array("\(magic)\n\(image.width) \(image.height)\n255\n".utf8) + image.samples
    }
  }
}

/// The page could not be written for the engine: a full or read-only temporary directory.
public struct PageFileError: Error, CustomStringConvertible {
  var directory: String
  var reason: String

  public var description: String {
    "\(directory): cannot write the page for the engine (\(reason)); free space there or set TMPDIR"
  }
}
