import Foundation
import OCRInference
import Testing

@Suite struct ConfidencesTests {
  @Test func twoDigitsACharacterThereAndBack() throws {
    let confidences = Confidences([0, 0.4999, 0.5, 0.976, 0.99, 1] as [Float])
    #expect(confidences.hundredths == [0, 49, 50, 97, 99, 99])
    let json = try JSONEncoder().encode(confidences)
    #expect(String(decoding: json, as: UTF8.self) == "\"004950979999\"")
    #expect(try JSONDecoder().decode(Confidences.self, from: json) == confidences)
  }

  @Test func roundingNeverLiftsAnyAboveTheHalf() {
    #expect(Confidences([0.499999, 0.5, 0] as [Float]).lowCount == 2)
    #expect(Confidences(hundredths: [40, 60]).mean == 0.5)
    #expect(Confidences(hundredths: []).mean == nil)
  }

  @Test(arguments: ["9", "9x", "-1", "９９", "1.", "99 9"])
  func whatIsNoPairsOfDigitsIsRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Confidences.self, from: JSONEncoder().encode(text))
    }
  }
}
