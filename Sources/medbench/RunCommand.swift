import ArgumentParser
import Datasets
import DocProfiles
import Foundation
import History
import OCRInference
import PageImaging
import Pipeline
import Reporting
import Scoring
import Synthesis

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Read documents with an engine and judge what it read.",
    discussion: """
      Examples:
        medbench run --doc-type prescription --dpi 300
        medbench run --doc-type all --dpi 72,150,300 --limit 10
        medbench run --doc-type lab-result --dpi 300 --degradation fax --language ko
        medbench run --doc-type prescription --dpi 300 --limit 5 --quantize q8_0
        medbench run --doc-type prescription --dpi 300 --limit 5 --engine tesseract
        medbench run --doc-type prescription --dpi 300 --limit 5 --probes
        medbench run --doc-type diagnosis --dpi 300 --confidence 0.95 --redact
        medbench run --doc-type prescription --dpi 300 --limit 5 \\
          --engine command --command "python3 tools/engines/example_engine.py"

      Exits 0 when every verdict is PASS, 1 when one is FAIL, and with --confidence 2 when none is FAIL
      but one is INCONCLUSIVE.
      """)

  @OptionGroup var what: RunOptions

  @Flag(help: "Probe the engine with changed pages as well (docs/probes.md).")
  var probes = false

  @OptionGroup var probing: ProbeOptions

  @Option(help: "Go on with a killed run in this results directory.")
  var resume: String?

  @Option(help: "Directory that gets a directory of this run.")
  var output = "results"

  @Option(
    help: "Record the finished run in this history (`medbench history`).", completion: .file())
  var history: String?

  @Option(help: "Language of the reports, ko or en; by default the locale's.")
  var language: Language?

  func validate() throws {
    if resume != nil {
      guard what == (try RunOptions.parse([])), !probes else {
        throw ValidationError(
          "--resume takes everything else from the run it resumes; leave the other options out.")
      }
    } else {
      try what.validateComplete()
    }
    if !probes, !probing.kinds.isEmpty || (probing.keep != nil && resume == nil) {
      throw ValidationError("--kinds and --keep are for probes; add --probes.")
    }
  }

  func run() async throws {
    // Opened first: a history that cannot be written is told before an hour of reading.
    let store = try history.map { path in
      try HistoryStore(URL(filePath: path).standardizedFileURL.path, creating: true)
    }
    if let resume, let record = try finishedRecord(of: resume) {
      try store?.add(RecordedRun(finishedIn: resume))
      return try show(record, in: resume)
    }
    let opened = try await open()
    let directory = opened.run.directory
    do {
      let keep = probing.keep
      let record = try await Interruption.cancelling { try await opened.completed(keep: keep) }
      try finish(record, in: directory, run: opened.run, store: store)
    } catch is CancellationError {
      throw Interruption(directory: directory)
    }
  }

  private func open() async throws -> OpenedRun {
    if let resume { return try await OpenedRun(resuming: resume) }
    var (configuration, dataset, engine) = try await what.opened()
    if probes { configuration.probes = try probing.request() }
    let harms = try (configuration.harm ?? .builtIn).scorer()
    try RunPlan(configuration: configuration, dataset: dataset)
      .checkPages(of: dataset, sourceDPI: configuration.sourceDPI)
    let directory = try await newDirectory(for: engine.identity)
    do {
      return OpenedRun(
        run: try Run(
          startingIn: directory, configuration: configuration, dataset: dataset, engine: engine,
          scorer: PageScorer(harms: harms)),
        probing: try OpenedRun.probing(configuration, dataset, engine, harms))
    } catch {
      // A run that could not even begin leaves nothing behind.
      try? FileManager.default.removeItem(atPath: directory)
      throw error
    }
  }

  /// A directory that no other run has: two runs begun in one second wait for each other.
  private func newDirectory(for engine: EngineIdentity) async throws -> String {
    while true {
      let name = ResultsDirectory.name(for: engine, startedAt: Date().ISO8601Format())
      let directory = ResultsDirectory(output + "/" + name)
      if !FileManager.default.fileExists(atPath: directory.path) {
        try directory.create()
        return directory.path
      }
      try await Task.sleep(for: .seconds(1))
    }
  }

  private func finish(
    _ record: RunRecord, in directory: String, run: Run, store: HistoryStore?
  ) throws {
    let language = language ?? .current()
    try ResultsDirectory(directory).write(record, language: language)
    try run.discardJournal()
    try store?.add(RecordedRun(finishedIn: directory))
    try show(record, in: directory)
  }

  /// nil where the run is not finished: its journal is still there.
  private func finishedRecord(of directory: String) throws -> RunRecord? {
    let results = ResultsDirectory(directory)
    guard FileManager.default.fileExists(atPath: results.path(of: .json)),
      !FileManager.default.fileExists(atPath: directory + "/" + RunJournal.fileName)
    else { return nil }
    return try results.read()
  }

  private func show(_ record: RunRecord, in directory: String) throws {
    let report = TerminalReport(
      record, language: language ?? .current(), coloured: TerminalStyle.isColoured())
    print(report.rendered(), terminator: "")
    print("\n\(directory)/report.html")
    try ExitStatus.leave(for: record.outcome)
  }
}

/// A run with its engine and dataset open.
struct OpenedRun: Sendable {
  var run: Run
  /// nil where no probes were asked for.
  var probing: ProbeRun?

  init(run: Run, probing: ProbeRun?) {
    self.run = run
    self.probing = probing
  }

  static func probing(
    _ configuration: RunConfiguration, _ dataset: Dataset, _ engine: any OCREngine,
    _ harms: HarmScorer
  ) throws -> ProbeRun? {
    try configuration.probes.map { request in
      try ProbeRun(
        configuration, request: request, dataset: dataset, engine: engine, source: TwinMaker(),
        harms: harms)
    }
  }

  init(resuming directory: String) async throws {
    let directory = URL(filePath: directory).path
    let begun = try Run.beginning(of: directory)
    // Relative paths of the dataset and the engine's command mean what they meant.
    guard FileManager.default.changeCurrentDirectoryPath(begun.workingDirectory) else {
      throw RunError.workingDirectoryGone(begun.workingDirectory)
    }
    let configuration = begun.configuration
    let dataset = try DatasetLocation.open(configuration.dataset)
    let engine = try await EngineTable.make(configuration.engine)
    let harms = try (configuration.harm ?? .builtIn).scorer()
    run = try Run(
      resumingIn: directory, dataset: dataset, engine: engine, scorer: PageScorer(harms: harms))
    probing = try Self.probing(configuration, dataset, engine, harms)
  }

  /// - Parameter keep: where twins go; nil keeps none.
  func completed(keep: String?) async throws -> RunRecord {
    let record = try await read()
    guard let probing else { return record }
    return record.adding(
      try await probing.completed(
        known: record.readings, pictures: ResultsDirectory(run.directory).pictures, keep: keep))
  }

  private func read() async throws -> RunRecord {
    var run = run
    let bar = ProgressBar()
    defer { bar.finish() }
    return try await run.complete { bar.show($0) }
  }
}
