import Datasets
import Foundation

/// Where a dataset is found: where it was said to be, or the shipped one beside the launcher.
enum DatasetLocation {
  /// How a run's record names the shipped dataset; no path of that name is ever looked for.
  static let shipped = "shipped dataset"

  static func open(_ place: String) throws -> Dataset {
    try Dataset(directory: URL(filePath: place == shipped ? shippedPath : place))
  }

  /// Beneath the checkout that the launcher names, else beneath the current directory.
  private static var shippedPath: String {
    (ProcessInfo.processInfo.environment["MEDBENCH_HOME"].map { $0 + "/" } ?? "") + "datasets"
  }
}
