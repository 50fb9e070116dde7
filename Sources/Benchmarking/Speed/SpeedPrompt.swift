import OCRInference
import PageImaging

/// The prompts of `medbench bench speed`.
public struct SpeedPrompt: Sendable {
  public let name: String
  public let ids: [Int32]

  /// Short, medium and long, in the words of the wards. Without a tokenizer, random ids in the numbers of the source
  /// document's example: 7, 24 and 68.
  public static func all(tokenizer: Tokenizer?, vocabulary: Int, seed: UInt64) -> [SpeedPrompt] {
    guard let tokenizer else {
      return zip(names, [7, 24, 68]).map { name, count in
        var random = SeededRandom(seed: seed, name)
        let ids = (0..<count).map { _ in Int32.random(in: 0..<Int32(vocabulary), using: &random) }
        return SpeedPrompt(name: name, ids: ids)
      }
    }
    return zip(names, texts).map { SpeedPrompt(name: $0, ids: tokenizer.encode($1)) }
  }

  private static let names = ["Short prompt", "Medium prompt", "Long prompt"]
  private static let texts = [
    "처방전의 약물명을 적으시오.",
    "다음 검사결과지에서 참고치를 벗어난 항목을 모두 찾아 수치와 단위를 함께 적고, 높은지 낮은지 표시하시오.",
    """
    The discharge summary below was written for a 63-year-old patient who was admitted with chest pain. \
    입원 중 관상동맥조영술을 시행하였고 좌전하행지에 스텐트를 삽입하였다. 퇴원 시 아스피린 100 mg과 클로피도그렐 75 mg을 \
    하루 한 번 복용하도록 하였으며 2주 후 외래에서 다시 보기로 하였다. List every drug with its dose, route and frequency, \
    and say which of them must not be stopped without asking a cardiologist.
    """,
  ]
}
