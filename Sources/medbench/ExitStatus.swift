import ArgumentParser
import Benchmarking
import Boundary
import Datasets
import DocProfiles
import Drawing
import Foundation
import History
import OCRInference
import PageImaging
import Pipeline
import Reporting
import Scoring
import Synthesis

/// How the process ends, in the numbers of sysexits(3): 0 PASS, 1 FAIL, 2 INCONCLUSIVE, and these.
enum ExitStatus {
  static let usage: Int32 = 64
  static let badData: Int32 = 65
  static let missingComponent: Int32 = 69
  static let internalError: Int32 = 70
  /// As a shell shows a process that SIGINT ended.
  static let interrupted: Int32 = 130

  /// Ends the process: help and usage as argument-parser prints them, any other error as one line.
  static func leave(with error: any Error) -> Never {
    let status = status(of: error) ?? parserStatus(of: error)
    guard let status else { Medbench.exit(withError: error) }
    FileHandle.standardError.write(Data("medbench: \(error)\n".utf8))
    exit(status)
  }

  /// nil for help, version, usage and exit codes, which argument-parser ends by itself. What is left
  /// is an error nobody expected, and must not look like FAIL.
  private static func parserStatus(of error: any Error) -> Int32? {
    error is ExitCode || Medbench.exitCode(for: error) != .failure ? nil : internalError
  }

  /// nil for errors that are none of medbench's own.
  private static func status(of error: any Error) -> Int32? {
    switch error {
    case is UnknownDocumentType, is EngineUsageError, is UnknownExplainKind, is MarginError,
      is ModelPresetError, is BenchUsageError, is PrefillSweepError:
      usage
    case is GateError, is BenchResultsError, is UnverifiableRun, is ChangedBaseline: badData
    case let error as HistoryError: historyStatus(of: error)
    case is DatasetError, is ProfileFileError, is PNGError, is PageLoadingError,
      is ResamplingError, is FileReadError, is ImageTokenError, is PreprocessorConfigError,
      is PageTokensError, is WeightError, is ConfigError, is TokenizerError, is ChatTemplateError,
      is PromptError, is LinesError, is InputFileError:
      badData
    // A choice that the model does not allow; no memory for it is another matter.
    case OCRInference.GenerationError.cache(.headDimension), CacheError.headDimension: usage
    case is EngineUnavailable, is MissingFont: missingComponent
    case is CacheError, is OCRInference.GenerationError, is FileWriteError, is PageFileError,
      is LayoutError, is UndrawableCharacter:
      internalError
    case is Interruption: interrupted
    case let error as ModelLocationError: locationStatus(of: error)
    case let error as ResultsError: resultsStatus(of: error)
    case let error as RunError: runStatus(of: error)
    case let error as Synthesis.GenerationError: generationStatus(of: error)
    default: nil
    }
  }

  private static func locationStatus(of error: ModelLocationError) -> Int32 {
    switch error {
    case .malformedName, .malformedEndpoint: usage
    default: missingComponent
    }
  }

  private static func resultsStatus(of error: ResultsError) -> Int32 {
    switch error {
    case .unwritable, .unencodable: internalError
    case .unreadable, .corrupt, .otherVersion: badData
    }
  }

  private static func historyStatus(of error: HistoryError) -> Int32 {
    switch error {
    case .badBaselineName: usage
    case .busy, .unwritable: internalError
    case .missing, .notAFile, .foreign, .corrupt, .newer, .noRun, .noBaseline: badData
    }
  }

  private static func generationStatus(of error: Synthesis.GenerationError) -> Int32 {
    switch error {
    case .noDrawing, .noFigures, .notEmpty, .notADirectory: usage
    case .unwritable: internalError
    }
  }

  private static func runStatus(of error: RunError) -> Int32 {
    switch error {
    case .noProfile, .unknownDegradation: usage
    case .unwritable: internalError
    case .noDocuments, .nothingToResume, .journalCorrupt, .stillRunning, .workingDirectoryGone,
      .unusablePage, .datasetChanged, .engineChanged, .versionChanged, .scorerChanged:
      badData
    }
  }
}
