import Foundation
import Testing

/// Compares what is rendered with a file under `Golden/`. `MEDBENCH_RECORD=1` writes the file
/// anew: look at the difference before committing it.
func expectGolden(
  _ rendered: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  if ProcessInfo.processInfo.environment["MEDBENCH_RECORD"] == "1" {
    let source = URL(filePath: #filePath).deletingLastPathComponent()
    try rendered.write(
      to: source.appending(path: "Golden/\(name)"), atomically: true, encoding: .utf8)
    return
  }
  let url = Bundle.module.bundleURL.appending(path: "Golden/\(name)")
  let golden = try String(contentsOf: url, encoding: .utf8)
  guard rendered != golden else { return }
  let lines = zip(rendered.split(separator: "\n"), golden.split(separator: "\n"))
  let first = lines.first { $0 != $1 }
  Issue.record(
    "\(name): \(first?.0 ?? "one is longer") | golden: \(first?.1 ?? "")",
    sourceLocation: sourceLocation)
}
