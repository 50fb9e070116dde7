import Datasets
import DocProfiles
import Testing

@Suite struct DistributionTests {
  @Test func percentilesAreNearestRank() {
    let values = Distribution([35, 20, 15, 50, 40])
    #expect([5, 30, 40, 50, 100].map(values.percentile) == [15, 20, 20, 35, 50])
    #expect(values.minimum == 15 && values.maximum == 50 && values.mean == 160 / 5)
    #expect(values.count(in: 20...40) == 3)
    #expect(Distribution((1...100).reversed()).percentile(95) == 95)
  }

  @Test func nothingHasNoMean() {
    let none = Distribution([Int]())
    #expect(
      none.mean == nil && none.minimum == nil && none.percentile(50) == nil && none.count == 0)
  }
}

@Suite struct StatisticsTests {
  @Test func everyTypeIsCounted() throws {
    let twoPages =
      "{\"id\":\"two\",\"type\":\"prescription\",\"pages\":["
      + "{\"image\":\"pages/a.png\",\"transcript\":\"가나 12\\n다\"},"
      + "{\"image\":\"pages/a.png\",\"transcript\":\"\"}],\"fields\":["
      + "{\"name\":\"dose\",\"value\":\"1\",\"kind\":\"quantity\",\"page\":0,\"start\":3,\"end\":4},"
      + "{\"name\":\"dose\",\"value\":\"2\",\"kind\":\"quantity\",\"page\":0,\"start\":4,\"end\":5},"
      + "{\"name\":\"note\",\"value\":\"다\",\"kind\":\"free-text\",\"page\":0,\"start\":6,\"end\":7}]}"
    let folder = try TemporaryDataset(
      [document(id: "\"x\"", type: "\"x-ray\"", fields: ""), document(), twoPages]
        .joined(separator: "\n"))
    let dataset = try Dataset(directory: folder.directory)
    let statistics = try dataset.statistics(dpi: [150, 300]) { picture, dpi in
      #expect(picture == PagePicture(width: 40, height: 30, dpi: 300))
      return dpi
    }
    #expect(statistics.map(\.type.rawValue) == ["prescription", "diagnosis", "x-ray"])
    #expect(statistics.map { $0.profile == nil } == [false, false, true])

    let prescription = statistics[0]
    #expect(prescription.documents == 1 && prescription.pages == 2 && prescription.blankPages == 1)
    #expect(prescription.charactersPerPage == Distribution([0, 7]))
    #expect(prescription.linesPerPage == Distribution([0, 2]))
    #expect(
      prescription.fields.map { "\($0.name) \($0.count) \($0.documents) \($0.isCritical)" } == [
        "drug_name 0 0 true", "dose 2 1 true", "frequency 0 0 true", "route 0 0 true",
        "note 1 1 false",
      ])
    #expect(prescription.imageTokens.map(\.dpi) == [150, 300])
    #expect(prescription.imageTokens[1].perPage == Distribution([300, 300]))
    #expect(prescription.imageTokens[1].perDocument == Distribution([600]))
  }

  @Test func tokensAreEstimatedByCharacter() {
    #expect(TokenEstimate.tokens(of: "") == 0)
    #expect(TokenEstimate.tokens(of: "타이레놀 500") == 4 * 3 / 4 + 3)
    #expect(TokenEstimate.tokens(of: "tablet\n") == (6 + 4 + 3) / 4)
  }

  @Test func aPictureWithoutDPIIsAnError() throws {
    let folder = try TemporaryDataset(document(image: "\"pages/none.png\""))
    let dataset = try Dataset(directory: folder.directory)
    #expect(throws: DatasetError.self) { try dataset.statistics(dpi: [72]) { _, _ in 0 } }
    #expect(try dataset.statistics(dpi: []) { _, _ in 0 }[0].imageTokens.isEmpty)
  }
}
