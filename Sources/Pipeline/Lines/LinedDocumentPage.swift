import Datasets
import OCRInference
import PageImaging

/// A page of a dataset, cut into strips by the code that inference uses, and what is truly on them.
public struct LinedDocumentPage: Sendable {
  /// `prescription-0001/1`
  public let id: String
  public let condition: PageCondition
  public let strips: [Strip]
  public let truth: StripTruth
  public let loss: PageLoss
  let lined: LinedPage

  /// - Parameters:
  ///   - master: of `truth`'s page, `dpi` set.
  ///   - characters: `TruthCharacter.all(of:on:)` of the two.
  init(
    id: String, _ page: PageTruth, master: PageImage, characters: [TruthCharacter],
    condition: PageCondition, seed: UInt64, settings: LineSettings
  ) throws {
    self.id = id
    self.condition = condition
    let image = try LoadedPage(
      master, setDPI: condition.dpi, degradation: condition.degradation, seed: seed, pageID: id
    ).image
    let geometry = condition.degradation.geometry(
      width: image.width, height: image.height, dpi: condition.dpi, seed: seed, pageID: id)
    let scale = (
      x: Double(image.width) / Double(master.width),
      y: Double(image.height) / Double(master.height)
    )
    let lined = LinedPage(image, dpi: condition.dpi)
    self.lined = lined
    strips = try lined.strips(settings.config, factor: settings.factor)
    truth = StripTruth(characters, strips: strips, level: lined.picture) { x, y in
      let seen = geometry.degraded(x: x * scale.x, y: y * scale.y)
      return lined.leveled(x: seen.x, y: seen.y)
    }
    loss = PageLoss(truth, strips: strips, transcript: page.transcript, lines: page.lines.count)
  }
}

/// How strips are made of lines.
public struct LineSettings: Sendable, Equatable {
  public var config: LineModelConfig
  /// Widths are multiples of it.
  public var factor: Int

  public init(config: LineModelConfig = LineModelConfig(), factor: Int = 32) {
    self.config = config
    self.factor = factor
  }
}
