import ArgumentParser
import Foundation
import PageImaging

/// Lists on the command line: `a,b c` and `a b,c` are the same list, and what is named twice counts
/// once.
enum CommaList {
  static func items(_ arguments: [String]) -> [String] {
    var seen = Set<String>()
    return arguments.flatMap { $0.split(separator: ",") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// The values of `--dpi`.
  static func dpis(_ arguments: [String]) throws -> [Int] {
    let items = items(arguments)
    if items.isEmpty { throw ValidationError("Missing --dpi: 72, 150, 300 or 600, or a list.") }
    let range = ResamplingError.dpiRange
    return try items.map { text in
      guard let dpi = Int(text), range.contains(Double(dpi)) else {
        throw ValidationError(
          "--dpi \(text): a DPI is a whole number from \(Int(range.lowerBound)) to "
            + "\(Int(range.upperBound))."
        )
      }
      return dpi
    }
  }
}
