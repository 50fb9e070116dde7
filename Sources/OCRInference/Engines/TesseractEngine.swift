import Foundation
import Synchronization

/// Tesseract through its command line: one process a page, its text in one piece at the end.
public struct TesseractEngine: OCREngine {
  public let identity: EngineIdentity
  private let program: String
  private let languages: String
  private let pageSegmentationMode: Int

  /// A single column of text of variable sizes. Of the modes that read whole pages only this one
  /// kept a form's rows together on all pages tried (docs/engines.md has the figures).
  public static let defaultPageSegmentationMode = 4
  public static let defaultLanguages = "kor+eng"

  /// Looks for the program and its languages, and asks for its version.
  /// - Throws: `EngineUnavailable` naming the Debian package that is missing; `EngineUsageError`
  ///   for a page segmentation mode that reads no page or a malformed language list.
  public static func make(
    languages: String = defaultLanguages,
    pageSegmentationMode: Int = defaultPageSegmentationMode
  ) async throws -> TesseractEngine {
    // 0 finds orientation only and 2 segments only: neither prints text.
    guard (1...13).contains(pageSegmentationMode), pageSegmentationMode != 2 else {
      throw EngineUsageError(
        description: "tesseract: page segmentation mode \(pageSegmentationMode) reads no text; "
          + "give 1 or 3 to 13 (default \(defaultPageSegmentationMode))")
    }
    guard let program = ProgramPath.find("tesseract") else {
      throw EngineUnavailable(
        description: "tesseract: the program is not in PATH; "
          + "install the Debian package tesseract-ocr")
    }
    let installed = try await lines(of: program, "--list-langs")
    for language in try codes(in: languages) where !installed.contains(language) {
      let package = "tesseract-ocr-\(language.lowercased().replacing("_", with: "-"))"
      throw EngineUnavailable(
        description: "tesseract: no data for language '\(language)'; "
          + "install the Debian package \(package)")
    }
    let banner = try await lines(of: program, "--version").first ?? ""
    let version = banner.split(separator: " ").dropFirst().first.map(String.init) ?? "unknown"
    return TesseractEngine(
      identity: EngineIdentity(
        engine: "tesseract", model: languages, version: version, streamsTokens: false),
      program: program, languages: languages, pageSegmentationMode: pageSegmentationMode)
  }

  public func read(_ page: EnginePage) -> AsyncThrowingStream<TextChunk, any Error> {
    chunkStream { yield in
      try await PageFile.withPageFile(page, as: .pnm) { path in
        let text = try await text(of: path, dpi: page.dpi)
        yield(TextChunk(text: text))
      }
    }
  }

  private func text(of path: String, dpi: Int) async throws -> String {
    let child = ChildProcess(
      program: program,
      arguments: [
        path, "stdout", "-l", languages, "--psm", "\(pageSegmentationMode)", "--dpi", "\(dpi)",
      ],
      // One page, one core: with more threads than free cores Tesseract gets slower, not faster.
      environment: ["OMP_THREAD_LIMIT": "1"])
    let output = Mutex(BoundedOutput())
    let diagnostics = try await child.run { bytes in try output.withLock { try $0.append(bytes) } }
    guard let text = String(validating: output.withLock { $0.bytes }, as: UTF8.self) else {
      throw EngineFailure.unreadableOutput(reason: "not UTF-8", diagnostics: diagnostics)
    }
    return Self.joiningColumns(text)
  }

  /// Runs of spaces as one. The Korean data sets `preserve_interword_spaces`, without which
  /// Tesseract puts a space between any two syllables; its price is that a gap between columns is
  /// printed as that many spaces. They measure the gap and read nothing.
  static func joiningColumns(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar != " " || scalars.last != " " {
      scalars.append(scalar)
    }
    return String(scalars)
  }

  private static func codes(in languages: String) throws -> [String] {
    let codes = languages.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    for code in codes where code.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) == nil {
      throw EngineUsageError(
        description: "tesseract: '\(languages)' is no list of languages; write kor+eng")
    }
    return codes
  }

  /// What the program prints about itself.
  private static func lines(of program: String, _ option: String) async throws -> [String] {
    let output = Mutex(BoundedOutput())
    do {
      _ = try await ChildProcess(program: program, arguments: [option]).run { bytes in
        try output.withLock { try $0.append(bytes) }
      }
    } catch {
      throw EngineUnavailable(
        description: "\(program): `tesseract \(option)` fails; "
          + "install the Debian package tesseract-ocr again")
    }
    return String(decoding: output.withLock { $0.bytes }, as: UTF8.self)
      .split(whereSeparator: \.isNewline).map(String.init)
  }
}
