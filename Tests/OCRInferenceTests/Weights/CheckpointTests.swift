import Foundation
import OCRInference
import Testing

@Suite struct CheckpointTests {
  @Test(arguments: ["F32", "F16", "BF16"])
  func weightsAreGivenAsStored(type: String) throws {
    let tensors = [
      TestTensor("model.norm.weight", type, shape: [3], values: [1.5, -2, 0]),
      TestTensor("lm_head.weight", type, shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
    ]
    // Padding that leaves the data at an odd address and at an aligned one.
    for padding in 0..<4 {
      try withModel(["model.safetensors": safetensors(tensors, padding: padding)]) {
        let checkpoint = try Checkpoint($0)
        let matrix = try checkpoint.matrix("lm_head.weight", shape: [2, 3])
        #expect((matrix.rows, matrix.columns) == (2, 3))
        #expect(matrix.type.rawValue == type.lowercased())
        #expect(matrix.values(row: 0) + matrix.values(row: 1) == [1, 2, 3, 4, 5, 6])
        #expect(try checkpoint.vector("model.norm.weight", count: 3) == [1.5, -2, 0])
        #expect(checkpoint.byteCount == 9 * (type == "F32" ? 4 : 2))
      }
    }
  }

  /// The patch embedding of Qwen2-VL is a convolution [out, 3, 2, 14, 14] that covers its input
  /// once: a matrix.
  @Test func aConvolutionIsAMatrixOfItsFlattenedRest() throws {
    let tensor = TestTensor(
      "visual.patch_embed.proj.weight", shape: [2, 1, 2, 1], values: [1, 2, 3, 4])
    try withModel(["model.safetensors": safetensors([tensor])]) {
      let matrix = try Checkpoint($0).matrix(tensor.name, shape: [2, 1, 2, 1])
      #expect((matrix.rows, matrix.columns) == (2, 2))
    }
  }

  // MARK: Names

  @Test(arguments: [
    ("model.language_model.layers.0.mlp.up_proj.weight", "model.layers.0.mlp.up_proj.weight"),
    ("model.visual.merger.ln_q.weight", "visual.merger.ln_q.weight"),
    ("visual.merger.ln_q.weight", "visual.merger.ln_q.weight"),
    ("language_model.model.norm.weight", "model.norm.weight"),
    ("language_model.norm.weight", "model.norm.weight"),
    ("language_model.lm_head.weight", "lm_head.weight"),
    ("model.layers.1.input_layernorm.weight", "model.layers.1.input_layernorm.weight"),
    ("lm_head.weight", "lm_head.weight"),
    ("gpt_neox.final_layer_norm.bias", "gpt_neox.final_layer_norm.bias"),
    ("embed_out.weight", "embed_out.weight"),
  ])
  func storedNamesBecomeCanonical(stored: String, canonical: String) throws {
    let tensor = TestTensor(stored, shape: [1], values: [1])
    try withModel(["model.safetensors": safetensors([tensor])]) {
      let names = try Checkpoint($0).names
      #expect(names == [canonical])
    }
  }

  @Test(arguments: [
    (["embed_tokens.weight", "layers.0.mlp.up_proj.weight", "norm.weight"], "model."),
    (["embed_in.weight", "final_layer_norm.bias", "layers.0.attention.dense.bias"], "gpt_neox."),
  ])
  func aBareBackboneGetsItsPrefix(stored: [String], prefix: String) throws {
    let tensors = stored.map { TestTensor($0, shape: [1], values: [1]) }
    try withModel(["model.safetensors": safetensors(tensors)]) {
      let names = try Checkpoint($0).names
      #expect(names == stored.map { prefix + $0 })
    }
  }

  @Test func twoNamesOfOneWeightAreRefused() throws {
    let tensors = ["model.language_model.norm.weight", "model.norm.weight"].map {
      TestTensor($0, shape: [1], values: [1])
    }
    try expect(.sameTensor(tensors[0].name, tensors[1].name), of: safetensors(tensors))
  }

  // MARK: What a model asks for

  @Test func aMissingTensorIsNamedWithItsNeighbour() throws {
    try expect(
      .missing(tensor: "model.norm.wieght", shape: [1], nearest: "model.norm.weight"), of: oneNorm
    ) { _ = try $0.vector("model.norm.wieght", count: 1) }
  }

  @Test func aMisshapenTensorIsNamedWithBothShapes() throws {
    try expect(
      .misshapen(tensor: "model.norm.weight", expected: [1, 1], found: [1]), of: oneNorm
    ) { _ = try $0.matrix("model.norm.weight", shape: [1, 1]) }
  }

  @Test(arguments: [
    TensorType.f64, .f8e4m3, .f8e5m2, .i64, .i32, .i16, .i8, .u64, .u32, .u16, .u8, .bool,
  ])
  func aTypeThatNoKernelReadsIsRefusedWhenAskedFor(type: TensorType) throws {
    let data = [UInt8](repeating: 0, count: type.size)
    let bytes = safetensors([TestTensor("a", type.rawValue, shape: [1, 1], data: data)])
    try expect(.unusableType(tensor: "a", type), of: bytes) {
      _ = try $0.matrix("a", shape: [1, 1])
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func aVectorThatIsNotFiniteIsRefused(value: Float) throws {
    for type in ["F32", "F16", "BF16"] {
      let bytes = safetensors([TestTensor("a", type, shape: [3], values: [0, value, 0])])
      try expect(.notFinite(tensor: "a"), of: bytes) { _ = try $0.vector("a", count: 3) }
    }
  }

  @Test func tensorsLeftOverAreRefusedUnlessHarmless() throws {
    let names = [
      "model.norm.weight", "model.layers.0.self_attn.rotary_emb.inv_freq", "lm_head.weight",
      "gpt_neox.layers.0.attention.bias", "model.extra.bias",
    ]
    let bytes = safetensors(names.map { TestTensor($0, shape: [1], values: [1]) })
    try expect(.unused(tensors: ["model.extra.bias"]), of: bytes) {
      #expect(try $0.vector("model.norm.weight", count: 1) == [1])
      #expect($0.unusedTensors() == ["model.extra.bias"])
      try $0.refuseUnusedTensors()
    }
  }

  // MARK: Files

  @Test func aDirectoryTellsWhichFilesItHas() throws {
    try withModel(["config.json": Array("{}".utf8)]) {
      #expect($0.existing(.config) == $0.path + "/config.json")
      #expect($0.existing(.chatTemplateJinja) == nil)
    }
  }

  @Test func aDirectoryWithoutWeightsIsRefused() throws {
    try withModel([:]) { model in
      #expect(throws: WeightError(path: model.path, problem: .noWeights)) { try Checkpoint(model) }
    }
  }

  @Test func aPathThatIsNoDirectoryIsRefused() throws {
    try withModel(["config.json": Array("{}".utf8)]) { model in
      let file = model.path(of: .config)
      #expect(throws: WeightError(path: file, problem: .notADirectory)) {
        try ModelDirectory(file)
      }
      #expect(throws: WeightError(path: file + "x", problem: .unreadable(.missing))) {
        try ModelDirectory(file + "x")
      }
    }
  }

  @Test func aTruncatedFileIsRefusedWhenItIsOpened() throws {
    try withModel(["model.safetensors": Array(oneNorm.dropLast())]) { model in
      let error = #expect(throws: WeightError.self) { try Checkpoint(model) }
      #expect(error?.problem == .offsets(tensor: "model.norm.weight", 0, 4, dataBytes: 3))
      #expect(
        error?.description == model.path + "/model.safetensors: tensor “model.norm.weight” has "
          + "data_offsets [0, 4], expected in order and within 0...3; "
          + "download or export the file again")
    }
  }

  /// The hub's cache is made of symbolic links.
  @Test func aLinkIsFollowed() throws {
    try withModel(["blob": oneNorm]) { model in
      try FileManager.default.createSymbolicLink(
        atPath: model.path(of: .weights), withDestinationPath: "blob")
      let norm = try Checkpoint(model).vector("model.norm.weight", count: 1)
      #expect(norm == [2])
    }
  }

  // MARK: Shards

  @Test func shardsAreOneModel() throws {
    let index =
      #"{"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"s/2.safetensors"}}"#
    let files = [
      "model.safetensors.index.json": Array(index.utf8),
      "1.safetensors": safetensors([
        TestTensor("a", shape: [1], values: [1]), TestTensor("b", shape: [1], values: [9]),
      ]),
      "s/2.safetensors": safetensors([TestTensor("b", shape: [1], values: [2])]),
    ]
    try withModel(files) {
      let checkpoint = try Checkpoint($0)
      #expect(try checkpoint.vector("a", count: 1) == [1])
      #expect(try checkpoint.vector("b", count: 1) == [2])
    }
  }

  @Test(
    arguments: [
      ("{", .indexSyntax(offset: 1)),
      ("{}", .indexShape("an object “weight_map” from tensors to shards")),
      (#"{"weight_map":{"a":1}}"#, .indexShape("a “weight_map” of printable ASCII names")),
      (#"{"weight_map":{"a":"../b"}}"#, .shardOutside("../b")),
      (#"{"weight_map":{"a":"/etc/passwd"}}"#, .shardOutside("/etc/passwd")),
      (#"{"weight_map":{"a":"x/./b"}}"#, .shardOutside("x/./b")),
      (#"{"weight_map":{"a":""}}"#, .shardOutside("")),
      (#"{"weight_map":{"a":"1.safetensors","a":"1.safetensors"}}"#, .repeated(tensor: "a")),
      (
        #"{"weight_map":{"a":"1.safetensors"}}"#,
        .shardLacks(tensor: "a", shard: "1.safetensors")
      ),
    ] as [(String, WeightProblem)])
  func anIndexThatLiesIsRefused(index: String, problem: WeightProblem) throws {
    let files = [
      "model.safetensors.index.json": Array(index.utf8),
      "1.safetensors": safetensors([TestTensor("z", shape: [1], values: [1])]),
    ]
    try withModel(files) { model in
      let path = model.path(of: .weightIndex)
      #expect(throws: WeightError(path: path, problem: problem)) { try Checkpoint(model) }
    }
  }

  @Test func aMissingShardIsNamed() throws {
    let index = #"{"weight_map":{"a":"gone.safetensors"}}"#
    try withModel(["model.safetensors.index.json": Array(index.utf8)]) { model in
      let error = WeightError(
        path: model.path + "/gone.safetensors", problem: .unreadable(.missing))
      #expect(throws: error) { try Checkpoint(model) }
    }
  }

  // MARK: Expectations

  private let oneNorm = safetensors([TestTensor("model.norm.weight", shape: [1], values: [2])])

  private func expect(
    _ problem: WeightProblem, of bytes: [UInt8],
    when body: (Checkpoint) throws -> Void = { _ in }
  ) throws {
    try withModel(["model.safetensors": bytes]) { model in
      let path = model.path(of: .weights)
      #expect(throws: WeightError(path: path, problem: problem)) { try body(Checkpoint(model)) }
    }
  }
}
