import OCRInference
import PageImaging

/// The tiny checkpoints that see, and the pages beside them.
enum SightModel {
  static func page(_ name: String) throws -> PageImage {
    try PageImage(pngFile: "\(TinyModel.directory)/pages/\(name).png")
  }

  /// - Parameter types: its matrices become the first of them, those the next.
  static func named(
    _ name: String, policy: WeightPolicy = .asStored, as types: [WeightType] = [],
    threads: Int = 2
  ) throws -> VisionLanguageModel {
    try at("\(TinyModel.directory)/\(name)", policy: policy, as: types, threads: threads)
  }

  static func at(
    _ path: String, policy: WeightPolicy = .asStored, as types: [WeightType] = [],
    threads: Int = 2
  ) throws -> VisionLanguageModel {
    let directory = try ModelDirectory(path)
    let pool = ThreadPool(threads: threads)
    let checkpoint = try Checkpoint(directory, policy: policy, pool: pool)
    let weights = types.reduce(checkpoint as any WeightSource) {
      ConvertedWeights(source: $0, type: $1, pool: pool)
    }
    return try VisionLanguageModel(
      config: ConfigFile(file: directory.path(of: .config)),
      processor: ImageProcessor(file: directory.path(of: .preprocessorConfig)),
      weights: weights, pool: pool)
  }
}

extension VisionLanguageModel {
  func pixels(_ page: PageImage) throws -> PixelValues {
    try PixelValues(page, processor: processor)
  }

  func encode(_ pages: [PageImage]) throws -> (pixels: [PixelValues], features: FloatMatrix) {
    let pixels = try pages.map { try self.pixels($0) }
    return (pixels, try tower.encode(pixels, pool: decoder.pool))
  }

  /// - Parameter ids: with one image token a page.
  func prompt(ids: [Int32], pages: [PageImage]) throws -> EmbeddedPrompt {
    guard !pages.isEmpty else { return EmbeddedPrompt(text: ids) }
    let (pixels, features) = try encode(pages)
    return try prompt(ids: ids, images: pixels, features: features)
  }

  /// Ids in which the run of an image's tokens is one token, as chat templates write it.
  func collapsed(_ ids: [Int32]) -> [Int32] {
    ids.indices.filter { $0 == 0 || ids[$0] != imageToken || ids[$0 - 1] != imageToken }
      .map { ids[$0] }
  }

  /// Greedy ids and their logits: the prompt's last row, then a row for each id fed back.
  /// - Parameter fed: the ids that are fed back instead of the greedy ones.
  func greedy(
    _ prompt: EmbeddedPrompt, steps: Int, cacheType: WeightType = .f32, feeding fed: [Int32]? = nil
  ) throws -> (ids: [Int32], logits: [Float]) {
    let count = prompt.count
    let cache = try ContiguousCache(
      type: cacheType, shape: decoder.shape, capacity: count + steps)
    let workspace = decoder.makeWorkspace(rows: count)
    let hidden = FloatMatrix(rows: count, columns: decoder.shape.hidden)
    let row = FloatMatrix(rows: 1, columns: decoder.shape.vocabulary)
    var (ids, logits): ([Int32], [Float]) = ([], [])

    decoder.embed(prompt.ids, into: hidden, at: 0)
    for image in prompt.images {
      hidden.row(image.start).update(
        from: image.features.pointer, count: image.features.rows * hidden.columns)
    }
    var (rows, positions) = (count, prompt.positions)
    for step in 0..<steps {
      decoder.forward(
        hidden, rows: rows, positions: positions,
        segments: [ForwardSegment(cache: cache, rows: 0..<rows)], outputs: [rows - 1],
        workspace: workspace)
      decoder.logits(hidden, row: 0, rows: 1, into: row)
      let values = row.values(row: 0)
      logits += values
      ids.append(Int32(values.indices.max { values[$0] < values[$1] }!))
      decoder.embed([fed?[step] ?? ids[step]], into: hidden, at: 0)
      (rows, positions) = (1, [RotaryPosition(prompt.nextPosition + Int32(step))])
    }
    return (ids, logits)
  }
}

extension FloatMatrix {
  var allValues: [Float] { (0..<rows).flatMap { values(row: $0) } }
}
