import DocProfiles
import Scoring
import Testing

@Suite struct ReadPlaceTests {
  private let fields = [
    ReferenceField(name: "drug_name", kind: .drugName, value: "암로디핀정", row: 1, span: 0..<5),
    ReferenceField(name: "dose", kind: .quantity, value: "5mg", row: 1, span: 6..<9),
  ]
  private let critical = [
    CriticalField("drug_name", "약물명", .drugName),
    CriticalField("dose", "용량", .quantity),
  ]

  private func places(_ reading: String) -> [ReadPlace] {
    readPlaces(
      PagePrediction(text: reading),
      against: PageReference(text: "암로디핀정 5mg 1일 1회", fields: fields), criticalFields: critical)
  }

  @Test func textSaysWhereAValueStands() {
    let read = places("암로디핀정 50mg 1일 1회")
    #expect(read.map(\.text) == ["암로디핀정", "50mg"])
    #expect(read[1].clusters == 6..<10)
  }

  @Test func whatWasLeftOutIsEmpty() {
    #expect(places("암로디핀정 1일 1회")[1].text == "")
  }

  @Test func jsonGivesValuesWithoutPlaces() {
    let read = places(#"[{"drug_name": "암로디핀정", "dose": "10mg"}]"#)
    #expect(read.map(\.text) == ["암로디핀정", "10mg"])
    #expect(read.allSatisfy { $0.clusters == nil })
  }

  @Test func unaccountedIsWhatTheTruthDoesNotHave() {
    #expect(unaccounted(truth: "가 나", reading: "가 5 나").filter { $0 }.count == 2)
    #expect(unaccounted(truth: "가나", reading: "가나") == [false, false])
  }
}
