import ArgumentParser
import Datasets
import Foundation

/// `medbench dataset validate DIR`: everything that is wrong in a dataset.
struct DatasetValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Name every defect of a dataset with its file and line.",
    discussion: """
      Reads the JSONL files and every picture. Prints a defect a line, then a summary. Exits with 65 \
      where there is an error, with 0 where there are only warnings.
      """)

  @Argument(help: "The dataset: a directory of JSONL and PNG files.", completion: .directory)
  var directory: String

  @Option(help: "The DPI of pages whose PNG does not say it.")
  var sourceDpi: Double?

  @OptionGroup var options: ProfileOptions

  func run() throws {
    let folder = URL(fileURLWithPath: directory, isDirectory: true)
    let defects = DatasetValidation.defects(
      in: folder, profiles: try options.profileSet(), sourceDPI: sourceDpi)
    for defect in defects { print(defect) }
    let errors = defects.count { $0.severity == .error }
    let warnings = defects.count - errors
    print("\(directory): " + summary(errors: errors, warnings: warnings, of: folder))
    if errors > 0 { throw ExitCode(65) }
  }

  private func summary(errors: Int, warnings: Int, of folder: URL) -> String {
    let found = options.word(
      "오류 \(errors)건, 경고 \(warnings)건",
      "\(errors) \(errors == 1 ? "error" : "errors"), "
        + "\(warnings) \(warnings == 1 ? "warning" : "warnings")")
    guard errors == 0, let dataset = try? Dataset(directory: folder) else { return found }
    let pages = dataset.documents.reduce(0) { $0 + $1.pages.count }
    return options.word(
      "문서 \(dataset.documents.count)건, \(pages)쪽: \(found)",
      "\(dataset.documents.count) documents, \(pages) pages: \(found)")
  }
}
