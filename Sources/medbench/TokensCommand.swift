import ArgumentParser
import Boundary
import DocProfiles
import OCRInference
import PageImaging
import Reporting

/// `medbench tokens`: what a page costs a vision-language model at each DPI.
struct TokensCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokens",
    abstract: "Show a page's size, patches and image tokens at each DPI.",
    discussion: """
      The page is resampled to each DPI, then resized and cut as Qwen2-VL does. "Expected" are the \
      tokens of the resolution tier. A page upsampled beyond its own DPI is marked.
      """)

  @Argument(help: "A page: a PNG file.", completion: .file(extensions: ["png"]))
  var page: String

  @Option(help: "DPIs, separated by commas.")
  var dpi = "72,150,300,600"

  @Option(help: "The page's own DPI, where the file does not say or is wrong.")
  var sourceDpi: Double?

  @Option(
    help: "A model's preprocessor_config.json; otherwise as published with Qwen2-VL.",
    completion: .file(extensions: ["json"]))
  var preprocessor: String?

  func validate() throws {
    _ = try CommaList.dpis([dpi])
    if let sourceDpi, !ResamplingError.dpiRange.contains(sourceDpi) {
      throw ValidationError("--source-dpi: \(sourceDpi) is not a DPI; \(TokensCommand.range)")
    }
  }

  func run() throws {
    let config = try preprocessor.map { path in try PreprocessorConfig(file: path) } ?? .qwen2VL
    let header = try PNGHeader(pngFile: page)
    let sourceDPI = try header.dpi(given: sourceDpi, name: page)
    let rows = try CommaList.dpis([dpi]).map { dpi in
      try row(dpi, header: header, sourceDPI: sourceDPI, config: config)
    }
    var table = TerminalTable([
      .right("DPI"), .right("size px"), .right("resized px"), .right("grid t x h x w"),
      .right("tokens"), .right("expected"), .left(""),
    ])
    for row in rows { table.add(row.map { StyledText($0) }) }
    print(table.rendered(coloured: TerminalStyle.isColoured()), terminator: "")
  }

  private func row(
    _ dpi: Int, header: PNGHeader, sourceDPI: Double, config: PreprocessorConfig
  ) throws -> [String] {
    do {
      let size = try PageImage.size(
        width: header.width, height: header.height, from: sourceDPI, to: dpi)
      let tokens = try ImageTokens(width: size.width, height: size.height, config: config)
      let tier = ResolutionTier.all.first { $0.dpi == dpi }
      return [
        "\(dpi)", "\(size.width)x\(size.height)", "\(tokens.width)x\(tokens.height)",
        "\(tokens.grid.t)x\(tokens.grid.h)x\(tokens.grid.w)", "\(tokens.count)",
        tier.map { "~\($0.expectedImageTokens)" } ?? "-",
        Double(dpi) > sourceDPI ? "upsampled" : "",
      ]
    } catch let error as ImageTokenError {
      throw PageTokensError(page: page, dpi: dpi, reason: error.description)
    } catch let error as ResamplingError {
      throw PageTokensError(page: page, dpi: dpi, reason: error.description)
    }
  }

  private static var range: String {
    let range = ResamplingError.dpiRange
    return "give a number in \(Int(range.lowerBound))...\(Int(range.upperBound))"
  }
}

/// A page that has no tokens at a DPI.
struct PageTokensError: Error, CustomStringConvertible {
  let page: String
  let dpi: Int
  let reason: String

  var description: String { "\(page.onOneLine): at \(dpi) DPI: \(reason)" }
}
