import Foundation
import OCRInference
import Testing

/// A checkpoint's matrices in another floating-point type, rounded at load.
@Suite struct RoundedCheckpointTests {
  /// Values whose nearest neighbours in each type are known: 1 + 2⁻⁸ lies between two bfloat16 and goes to the even one,
  /// 1 + 3·2⁻⁸ to the upper even one, and float16 has both.
  private static let values: [Float] = [
    1 + 0x1p-8, 1 + 3 * 0x1p-8, -0.1, 0, 0x1p-24, 300,
  ]

  private func matrix(
    _ stored: String, _ type: WeightType, _ values: [Float] = values
  ) throws -> WeightMatrix {
    let file = safetensors([TestTensor("w.weight", stored, shape: [2, 3], values: values)])
    return try withModel(["model.safetensors": file]) { model in
      try Checkpoint(model, policy: .rounded(type)).matrix("w.weight", shape: [2, 3])
    }
  }

  private func values(_ matrix: WeightMatrix) -> [Float] {
    (0..<2).flatMap { matrix.values(row: $0) }
  }

  @Test func floatsAreRoundedToTheNearestAndTiesToEven() throws {
    let brain = try matrix("F32", .bf16)
    #expect(brain.type == .bf16 && brain.byteCount == 12)
    #expect(values(brain) == [1, 1 + 0x1p-6, -0.10009765625, 0, 0x1p-24, 300])
    let half = try matrix("F32", .f16)
    #expect(half.type == .f16)
    #expect(values(half) == Self.values.map { Float(Float16($0)) })
  }

  @Test func wideningLosesNothing() throws {
    let wide = try matrix("BF16", .f32)
    #expect(wide.type == .f32 && wide.byteCount == 24)
    #expect(
      values(wide)
        == Self.values.map { Float(bitPattern: $0.bitPattern & 0xffff_0000) })
  }

  @Test func whatIsStoredSoStaysInItsFile() throws {
    #expect(try matrix("F16", .f16).type == .f16)
    #expect(try values(matrix("F32", .f32)) == Self.values)
  }

  /// 70,000 is no float16; to run on with infinity would be to measure another model.
  @Test func aWeightThatTheTypeCannotHoldIsRefused() throws {
    do {
      _ = try matrix("F32", .f16, [1, 2, 3, 4, 5, 70_000])
      Issue.record("infinity was taken for a weight")
    } catch let error as WeightError {
      #expect(error.problem == .outOfRange(tensor: "w.weight", .f16))
      #expect(error.description.contains("cannot express"))
    }
  }

  @Test func everyRowOfALongMatrixIsRounded() throws {
    let numbers = (0..<200 * 32).map { Float($0) / 64 }
    let file = safetensors([TestTensor("w.weight", shape: [200, 32], values: numbers)])
    try withModel(["model.safetensors": file]) { model in
      let matrix = try Checkpoint(model, policy: .rounded(.f16))
        .matrix("w.weight", shape: [200, 32])
      for row in [0, 63, 64, 127, 128, 199] {
        #expect(
          matrix.values(row: row) == (0..<32).map { Float(Float16(numbers[row * 32 + $0])) })
      }
    }
  }
}
