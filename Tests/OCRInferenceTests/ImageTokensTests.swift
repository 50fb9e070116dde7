import Foundation
import OCRInference
import PageImaging
import Testing

struct ImageTokensTests {
  struct Golden: Decodable {
    let cases: [[Int]]
  }

  private func config(_ json: String) throws -> PreprocessorConfig {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(json.utf8).write(to: file)
    return try PreprocessorConfig(file: file.path())
  }

  @Test func sizesAreThoseOfTransformers() throws {
    let file = Bundle.module.bundleURL.appending(path: "Golden/smart_resize.json")
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    #expect(golden.cases.count > 1000)
    for row in golden.cases {
      let config = PreprocessorConfig(
        patchSize: row[0] / 2, mergeSize: 2, minPixels: row[1], maxPixels: row[2])
      let size = try SmartResize.size(width: row[3], height: row[4], config: config)
      #expect([size.width, size.height] == Array(row[5...]), "\(row)")
    }
  }

  @Test func tokensOfAnA4Page() throws {
    // DPI, size, grid (h, w), tokens: what Qwen2-VL's processor says for these sizes.
    for (width, height, h, w, tokens) in [
      (595, 842, 60, 42, 630), (1240, 1754, 126, 88, 2772), (2480, 3508, 250, 178, 11125),
      (4960, 7016, 304, 214, 16264),
    ] {
      let image = try ImageTokens(width: width, height: height)
      #expect(image.grid.t == 1 && image.grid.h == h && image.grid.w == w)
      #expect(image.count == tokens && image.width == 14 * w && image.height == 14 * h)
    }
  }

  @Test func sidesAreMultiplesOfTheFactorAndPixelsWithinBounds() throws {
    var random = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      let width = 1 + Int(random.next() % 9000)
      let height = 1 + Int(random.next() % 9000)
      guard Double(max(width, height)) / Double(min(width, height)) <= 200 else { continue }
      let size = try SmartResize.size(width: width, height: height)
      #expect(size.width % 28 == 0 && size.height % 28 == 0)
      #expect((3136...12_845_056).contains(size.width * size.height), "\(width)x\(height)")
    }
  }

  @Test func sideBelowAPatchIsRaisedNeverZero() throws {
    let size = try SmartResize.size(width: 400, height: 10)
    #expect(size.width == 392 && size.height == 28)
    let point = try SmartResize.size(width: 1, height: 1)
    #expect(point.width == 56 && point.height == 56)
  }

  @Test func sliverIsATypedError() throws {
    #expect(try SmartResize.size(width: 5600, height: 28).width == 5600)
    let error = #expect(throws: ImageTokenError.self) {
      try SmartResize.size(width: 5601, height: 28)
    }
    #expect(
      error?.description
        == "5601x28 pixels: one side is more than 200 times the other; crop the page")
  }

  @Test func configIsReadInItsOldAndItsNewForm() throws {
    #expect(try config("{}") == .qwen2VL)
    let old = try config(
      #"{"patch_size": 16, "merge_size": 4, "min_pixels": 10000, "max_pixels": 90000, "x": []}"#)
    #expect(old.factor == 64 && old.minPixels == 10000 && old.maxPixels == 90000)
    let new = try config(#"{"size": {"shortest_edge": 65536, "longest_edge": 16777216}}"#)
    #expect(new.minPixels == 65536 && new.maxPixels == 16_777_216 && new.patchSize == 14)
    // As in transformers, the old keys go before the new.
    let both = try config(#"{"max_pixels": 70000, "size": {"longest_edge": 60000}}"#)
    #expect(both.maxPixels == 70000)
  }

  @Test func configThatCannotBeUsedNamesTheKeyAndTheMend() throws {
    let mend = "; give the preprocessor_config.json of a Qwen2-VL model"
    for (json, defect) in [
      (#"{"patch_size": 0}"#, "patch_size: is not a whole number in 1...1024"),
      (#"{"merge_size": -2}"#, "merge_size: is not a whole number in 1...64"),
      (#"{"max_pixels": 99999999999}"#, "max_pixels: is not a whole number in 1...1000000000"),
      (#"{"min_pixels": 9, "max_pixels": 8}"#, "min_pixels: 9 is more than max_pixels, 8"),
      (#"{"patch_size": "14"}"#, "patch_size: is not of the right type"),
      (#"{"patch_size": 14.5}"#, "patch_size: is not a whole number in 1...1024"),
      (#"{"max_pixels": 1e300}"#, "max_pixels: is not a whole number in 1...1000000000"),
      (#"{"size": 3}"#, "size: is not of the right type"),
      ("[1]", "the file: is not of the right type"),
      ("{", "is not JSON"), ("", "is not JSON"),
      (String(repeating: "[", count: 100_000), "is not JSON"),
    ] {
      let error = #expect(throws: PreprocessorConfigError.self) { try config(json) }
      #expect(error?.description.hasSuffix(".json: \(defect)\(mend)") == true, "\(error!)")
    }
    let large = #expect(throws: PreprocessorConfigError.self) {
      try config(String(repeating: " ", count: 2 << 20))
    }
    #expect(large?.description.contains("more than the limit of 1048576") == true)
    #expect(throws: PreprocessorConfigError.self) { try PreprocessorConfig(file: "/dev/zero") }
  }
}
