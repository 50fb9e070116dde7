import ArgumentParser
import Reporting

extension Language: ExpressibleByArgument {}

/// `medbench report DIR`: renders a finished run again from its `results.json`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Render a finished run's reports again.",
    discussion: """
      Reads results.json of a results directory and writes the asked forms of report: the terminal's \
      to standard output, the others into the directory. With --redact they go, with results.json and \
      pictures, into its directory 'redacted', which may leave the ward. The exit code says whether \
      rendering worked, not whether the run passed.

      Example:
        medbench report results/tesseract_kor-eng_20260314_015926 --redact --language ko
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case terminal, junit, csv, html

    var file: ResultsDirectory.File? {
      switch self {
      case .terminal: nil
      case .junit: .junit
      case .csv: .csv
      case .html: .html
      }
    }
  }

  @Argument(help: "The results directory.", completion: .directory)
  var directory: String

  @Option(help: "Language of the report: ko or en (default: the locale's).")
  var language: Language?

  @Option(
    help: ArgumentHelp(
      "Forms of report, separated by commas: terminal, junit, csv, html.",
      valueName: "list"),
    transform: Self.formats)
  var format: [Format] = Format.allCases

  @Flag(
    help: """
      Hide names, resident registration numbers, telephone numbers, addresses and patient numbers, \
      and write into DIR/redacted.
      """)
  var redact = false

  func run() throws {
    let results = ResultsDirectory(directory)
    var record = try results.read()
    let language = language ?? .current()
    let files = format.compactMap(\.file)
    if redact, record.configuration.redacted != true {
      try results.writeRedacted(record, language: language, files: files)
      record = record.redacted()
    } else {
      try results.write(record, language: language, files: files)
    }
    if format.contains(.terminal) {
      let report = TerminalReport(
        record, language: language, coloured: TerminalStyle.isColoured())
      print(report.rendered(), terminator: "")
    }
  }

  static func formats(_ list: String) throws -> [Format] {
    try CommaList.items([list]).map { name in
      guard let format = Format(rawValue: name) else {
        throw ValidationError(
          "'\(name)' is no form of report; use \(Format.allCases.map(\.rawValue).joined(separator: ", "))."
        )
      }
      return format
    }
  }
}
