import Boundary
import PageImaging

/// From a page to its prompts: what is done before the decoder's turn, whoever decodes.
extension LocalEngine {
  // MARK: A whole page

  func prompt(
    for page: EnginePage, template: ChatTemplate, variables: [String: JSONValue],
    record: inout InferenceRecord
  ) throws -> EmbeddedPrompt {
    try refuseTooManyTokens(model.model.processor.grid(of: page.image))
    let pixels = try timed(&record.stages.imagePreparation) {
      try PixelValues(page.image, processor: model.model.processor)
    }
    let features = try timed(&record.stages.visionEncoding) {
      try model.model.tower.encode([pixels], pool: pool)
    }
    let text = try template.render(
      [ChatMessage(role: "user", content: [.image, .text(page.prompt)])],
      addGenerationPrompt: true, variables: variables)
    record.imageTokens = pixels.tokens
    return try model.model.prompt(
      ids: model.tokenizer.encode(text), images: [pixels], features: features,
      // A page that is read again is computed again: a warm-up must not make it look fast.
      salt: pagesRead.add(1, ordering: .relaxed).newValue)
  }

  /// Before the page is cut and the tower works for minutes on what the decoder will refuse, or either takes memory
  /// that is not there.
  private func refuseTooManyTokens(_ grid: ImageTokens.Grid) throws {
    let patches = grid.t * grid.h * grid.w
    let tokens = patches / model.model.shape.unit
    let context = model.model.decoder.shape.contextLength
    guard tokens < context else {
      throw GenerationError.promptTooLong(tokens: tokens, context: context)
    }
    let needed = model.model.tower.workingBytes(patches: patches)
    let available = MachineMemory.available
    guard needed < available else {
      throw EngineFailure.unreadableOutput(
        reason: "\(tokens) image tokens need \(needed >> 20) MiB of memory and "
          + "\(available >> 20) MiB are free; lower --dpi or the model's max_pixels",
        diagnostics: "")
    }
  }

  // MARK: Line by line

  func strips(
    of page: EnginePage, config: LineModelConfig, record: inout InferenceRecord
  ) throws -> [Strip] {
    try timed(&record.stages.lineFinding) {
      try LinedPage(page.image, dpi: page.dpi, threads: pool.threads)
        .strips(config, factor: model.model.processor.tokens.factor)
    }
  }

  /// Strips that are encoded together: at most `count`, and no more patches than a large page has, so that large
  /// strips do not take memory that is not there.
  func batches(of strips: [Strip], count: Int) throws -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var (first, patches) = (0, 0)
    for (index, strip) in strips.enumerated() {
      let grid = try model.model.processor.grid(of: strip.image)
      try refuseTooManyTokens(grid)
      let own = grid.t * grid.h * grid.w
      if index > first, index - first == count || patches + own > Self.patchesAtOnce {
        batches.append(first..<index)
        (first, patches) = (index, 0)
      }
      patches += own
    }
    if first < strips.count { batches.append(first..<strips.count) }
    return batches
  }

  /// A page of 4,096 image tokens; sixty-four lines of print are 7,168 patches of 16 pixels.
  private static let patchesAtOnce = 16_384

  /// A prompt a strip, all encoded in one pass of the tower.
  func prompts(
    for strips: ArraySlice<Strip>, ids: [Int32], record: inout InferenceRecord
  ) throws -> [EmbeddedPrompt] {
    let images = try timed(&record.stages.imagePreparation) {
      try strips.map { try PixelValues($0.image, processor: model.model.processor) }
    }
    let features = try timed(&record.stages.visionEncoding) {
      try model.model.tower.encode(images, pool: pool)
    }
    var row = 0
    let prompts = try images.map { image in
      defer { row += image.tokens }
      return try model.model.prompt(
        ids: ids, images: [image], features: features.slice(row..<row + image.tokens))
    }
    record.imageTokens += row
    return prompts
  }

  private func timed<Result>(
    _ stage: inout Double, _ work: () throws -> Result
  ) rethrows -> Result {
    let start = ContinuousClock.now
    defer { stage += (ContinuousClock.now - start).milliseconds }
    return try work()
  }
}
