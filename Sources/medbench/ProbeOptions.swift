import ArgumentParser
import Boundary
import Datasets
import Foundation
import OCRInference
import Pipeline
import Synthesis

/// Which probes, and where their twins go.
struct ProbeOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Probes, separated by commas: \(ProbeKind.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "kinds"))
  var kinds: [String] = []

  @Option(help: "Write every twin with its truth to this new directory.", completion: .directory)
  var keep: String?

  func validate() throws { _ = try request() }

  func request() throws -> ProbeRequest {
    let names = CommaList.items(kinds)
    if names.isEmpty || names == ["all"] { return ProbeRequest() }
    return ProbeRequest(
      kinds: try names.map { name in
        guard let kind = ProbeKind(rawValue: name) else {
          let known = ProbeKind.allCases.map(\.rawValue)
          let guess = known.nearest(to: name).map { "; did you mean '\($0)'?" } ?? ""
          throw ValidationError(
            "--kinds \(name): unknown probe (there are \(known.joined(separator: ", ")))\(guess)")
        }
        return kind
      })
  }
}

extension ProbeRun {
  /// Runs the probes with a bar, keeping the twins where they are asked for.
  func completed(
    known: [RunPlan.Place: Transcript] = [:], pictures: String, keep: String?
  ) async throws -> [ProbeRecord] {
    var folder = try keep.map { try TwinFolder($0) }
    let bar = ProgressBar()
    defer { bar.finish() }
    do {
      let records = try await complete(
        known: known, pictures: pictures, keep: { try folder?.add($0) },
        progress: { done, group in
          bar.show(
            done, of: documentCount, "documents probed  \(group.profile.type) \(group.dpi) DPI")
        })
      try folder?.publish()
      return records
    } catch {
      folder?.discard()
      throw error
    }
  }
}
