import OCRInference
import Synchronization
import Testing

/// The vision towers against transformers, on tiny random checkpoints.
@Suite struct VisionTowerTests {
  static let models = ["qwen2.5-vl-tiny", "qwen2-vl-tiny"]
  static let pages = ["square", "tall", "tiny"]

  @Test("Features are the reference's in f32", arguments: models, pages)
  func features(model name: String, page: String) throws {
    let golden = try GoldenTensors(name)
    let model = try SightModel.named(name, as: [.f32])
    let features = try model.encode([SightModel.page(page)]).features.allValues
    #expect(try relativeError(features, golden.floats("vision.\(page).features")) < 1e-5)
  }

  @Test(
    "So are the embedded patches and every block, in window order",
    arguments: [
      ("qwen2.5-vl-tiny", "square"), ("qwen2.5-vl-tiny", "tall"), ("qwen2.5-vl-tiny", "tiny"),
      ("qwen2-vl-tiny", "square"),
    ])
  func blocks(model name: String, page: String) throws {
    let golden = try GoldenTensors(name)
    let model = try SightModel.named(name, as: [.f32])
    let seen = Mutex<[Int?: [Float]]>([:])
    let observe: @Sendable (Int?, FloatMatrix) -> Void = { block, x in
      seen.withLock { $0[block] = x.allValues }
    }
    var embedded = try golden.floats("vision.\(page).patch_embed")
    let pixels = [try model.pixels(SightModel.page(page))]
    switch model.tower {
    case var tower as Qwen25VisionTower:
      tower.observeBlock = observe
      _ = try tower.encode(pixels, pool: model.decoder.pool)
      let token = 4 * model.shape.hidden
      embedded = try golden.ids("vision.\(page).window_index").flatMap {
        embedded[Int($0) * token..<Int($0 + 1) * token]
      }
    case var tower as Qwen2VisionTower:
      tower.observeBlock = observe
      _ = try tower.encode(pixels, pool: model.decoder.pool)
    default: Issue.record("another tower")
    }
    #expect(relativeError(seen.withLock { $0[nil] } ?? [], embedded) < 1e-5)
    #expect(model.shape.depth == (name == "qwen2-vl-tiny" ? 2 : 4))
    for block in 0..<model.shape.depth {
      let found = seen.withLock { $0[block] } ?? []
      let expected = try golden.floats("vision.\(page).blocks.\(block)")
      #expect(relativeError(found, expected) < 1e-5, "block \(block)")
    }
  }

  @Test("Windows are window_index and cu_window_seqlens", arguments: pages)
  func windows(page: String) throws {
    let golden = try GoldenTensors("qwen2.5-vl-tiny")
    let model = try SightModel.named("qwen2.5-vl-tiny")
    let tower = try #require(model.tower as? Qwen25VisionTower)
    let order = WindowOrder(
      grid: try model.pixels(SightModel.page(page)).grid, mergeSize: 2,
      window: tower.configuration.window, unit: 4)
    #expect(try order.order.map(Int32.init) == golden.ids("vision.\(page).window_index"))
    #expect(try order.bounds == golden.ids("vision.\(page).cu_window_seqlens"))
  }

  /// Each side rounds elsewhere. With weights in f16 our activations stay float32.
  @Test(
    "In narrow types features are nearer to float32 than the reference's own",
    arguments: [WeightType.bf16, .f16])
  func narrow(type: WeightType) throws {
    let golden = try GoldenTensors("qwen2.5-vl-tiny")
    let exact = try golden.floats("vision.square.features")
    let reference = try golden.floats("vision.square.\(type.rawValue).features")
    let features = try SightModel.named("qwen2.5-vl-tiny", as: [type])
      .encode([SightModel.page("square")]).features.allValues
    #expect(relativeError(features, exact) < relativeError(reference, exact))
    #expect(relativeError(features, reference) < (type == .bf16 ? 0.01 : 0.001))
  }

  @Test("Qwen2-VL in bf16 is near to float32")
  func narrowQwen2() throws {
    let exact = try GoldenTensors("qwen2-vl-tiny").floats("vision.square.features")
    let features = try SightModel.named("qwen2-vl-tiny").encode([SightModel.page("square")])
    #expect(relativeError(features.features.allValues, exact) < 0.01)
  }

  /// In f32: with weights in bf16 the number of rows decides which kernel rounds where.
  @Test("Images encoded together are as each by itself", arguments: models)
  func together(model name: String) throws {
    let model = try SightModel.named(name, as: [.f32])
    let pages = try Self.pages.map(SightModel.page)
    let alone = try pages.flatMap { try model.encode([$0]).features.allValues }
    #expect(relativeError(try model.encode(pages).features.allValues, alone) < 1e-5)
  }

  @Test("Any number of threads gives the same features", arguments: models)
  func threads(model name: String) throws {
    let features = try [1, 2].map { threads in
      try SightModel.named(name, threads: threads).encode([SightModel.page("tall")])
        .features.allValues
    }
    #expect(features[0] == features[1])
  }

  @Test("A cancelled task ends between blocks", arguments: models)
  func cancelled(model name: String) async throws {
    let model = try SightModel.named(name)
    let page = try SightModel.page("tall")
    await #expect(throws: CancellationError.self) {
      try await Task {
        withUnsafeCurrentTask { $0?.cancel() }
        _ = try model.encode([page])
      }.value
    }
  }
}
