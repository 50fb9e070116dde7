import OCRInference
import Testing

@Suite struct RandomWeightsTests {
  /// As the hub counts them: `safetensors` metadata of the published repositories.
  @Test(arguments: [
    ("qwen2.5-0.5b", 494_032_768), ("qwen2.5-1.5b", 1_543_714_304),
    ("qwen2.5-7b", 7_615_616_512), ("llama-2-7b", 6_738_415_616),
    ("tinyllama-1.1b", 1_100_048_384), ("pythia-160m", 162_322_944),
    ("pythia-2.8b", 2_775_208_960),
  ])
  func `A preset has the published number of parameters`(name: String, parameters: Int) throws {
    let preset = try #require(try ModelPreset(argument: "preset:\(name)"))
    let weights = ShapeWeights()
    _ = try ArchitectureTable.decoder(
      config: preset.config(), weights: weights, pool: ThreadPool(threads: 1))
    #expect(weights.parameters == parameters)
  }

  @Test func `An unknown preset is named with the nearest known one`() {
    let error = #expect(throws: ModelPresetError.self) {
      try ModelPreset(argument: "preset:qwen2.5-1.5")
    }
    #expect(error?.description.contains("did you mean preset:qwen2.5-1.5b?") == true)
  }

  @Test(arguments: WeightType.allCases)
  func `A seed gives the same weights again, another seed others`(type: WeightType) {
    let pool = ThreadPool(threads: 1)
    func row(_ seed: UInt64) -> [Float] {
      let matrix = OCRInference.RandomWeights(type: type, seed: seed, pool: pool)
        .matrix("a.weight", shape: [8, 64])
      return rows(of: matrix).flatMap { $0 }
    }
    #expect(row(1) == row(1))
    #expect(row(1) != row(2))
    #expect(row(1).allSatisfy { $0.isFinite && abs($0) < 0.25 })
  }

  @Test func `Rows differ from one another`() {
    let matrix = OCRInference.RandomWeights(type: .bf16, pool: ThreadPool(threads: 1))
      .matrix("a.weight", shape: [32, 64])
    #expect(Set(rows(of: matrix)).count == 32)
  }

  /// Its rows as numbers: what one-hot inputs select.
  private func rows(of matrix: WeightMatrix) -> [[Float]] {
    (0..<matrix.rows).map { index in matrix.values(row: index) }
  }
}
