import Datasets
import Foundation

/// Where a dataset is found: a path as given, else beneath the checkout that the launcher names.
enum DatasetLocation {
  static let shipped = "datasets"

  static func open(_ path: String) throws -> Dataset {
    try Dataset(directory: URL(filePath: resolved(path)))
  }

  static func resolved(_ path: String) -> String {
    if FileManager.default.fileExists(atPath: path) { return path }
    guard !path.hasPrefix("/"), let home = ProcessInfo.processInfo.environment["MEDBENCH_HOME"]
    else { return path }
    let beneath = home + "/" + path
    return FileManager.default.fileExists(atPath: beneath) ? beneath : path
  }
}
