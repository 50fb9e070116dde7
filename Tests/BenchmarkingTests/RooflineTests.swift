import Benchmarking
import DocProfiles
import Foundation
import OCRInference
import Testing

@Suite struct RooflineTests {
  private let a100 = HardwareCeiling.published.first { $0.name == "a100_80gb" }!
  private let seven = ModelTraffic(name: "7B", parametersB: 7, bytesPerParameter: 2)

  @Test func `Counting the weights twice gives the source document's figures`() {
    let roofline = Roofline(hardware: a100, model: seven, trafficFactor: 2)
    #expect(roofline.decode(batch: 32).tokensPerSecond.rounded() == 2286)
    #expect(a100.ridgePoint == 156)
    // Its prose: AI = n / b for a prompt of n tokens, 64 at 128 and 256 at 512.
    #expect(roofline.prefill(tokens: 128).intensity == 64)
    #expect(roofline.prefill(tokens: 128).bound == .memory)
    #expect(roofline.prefill(tokens: 512).intensity == 256)
    #expect(roofline.prefill(tokens: 512).bound == .compute)
    #expect(roofline.decode(batch: 1).intensity == 0.5)
  }

  @Test
  func `Reading the weights once doubles what memory allows and leaves what arithmetic allows`() {
    let once = Roofline(hardware: a100, model: seven)
    let twice = Roofline(hardware: a100, model: seven, trafficFactor: 2)
    #expect(
      once.decode(batch: 32).tokensPerSecond == 2 * twice.decode(batch: 32).tokensPerSecond)
    let (a, b) = (once.prefill(tokens: 2048), twice.prefill(tokens: 2048))
    #expect(a.milliseconds == b.milliseconds && a.flops == a100.peak)
  }

  @Test func `Cached keys and values add to the bytes of each sequence`() {
    var model = seven
    model.cacheBytesPerPosition = 131_072
    let bare = Roofline(hardware: a100, model: model)
    let deep = Roofline(hardware: a100, model: model, cachedPositions: 4096)
    // 14 GB of weights and 8 * 0.537 GB of cache, at 2 TB/s.
    let seconds = (14e9 + 8 * 131_072.0 * 4096) / 2e12
    #expect(abs(deep.decode(batch: 8).milliseconds - seconds * 1000) < 1e-9)
    #expect(deep.decode(batch: 8).milliseconds > bare.decode(batch: 8).milliseconds)
    #expect(bare.fits(batch: 1) && !deep.fits(batch: 200))
  }

  @Test func `A quarter of the bytes decodes four times as fast`() {
    let roofline = Roofline(hardware: a100, model: seven)
    let (wide, narrow) = (
      roofline.decode(batch: 1, bytesPerParameter: 2),
      roofline.decode(batch: 1, bytesPerParameter: 0.5)
    )
    #expect(narrow.tokensPerSecond == 4 * wide.tokensPerSecond)
  }

  @Test func `The report says how often the weights are counted`() {
    let once = RooflineReport(Roofline(hardware: a100, model: seven)).text()
    let twice = RooflineReport(Roofline(hardware: a100, model: seven, trafficFactor: 2)).text()
    #expect(once.contains("read once (N·b bytes)"))
    #expect(twice.contains("read 2 times (the source document counts 2·N·b)"))
    #expect(twice.contains("2286"))
  }

  @Test func `A machine of one's own comes from a YAML file, and its mistakes are named`() throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "hardware-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: path) }
    try "name: ward\npeak_tflops: 42\nbandwidth_tb_s: 0.4\nmemory_gb: 256\n"
      .write(to: path, atomically: true, encoding: .utf8)
    let ward = try HardwareFile.hardware(at: path)
    #expect(ward.name == "ward" && ward.ridgePoint == 105)
    try "name: ward\npeak_tflops: -1\nbandwidth_tb_s: 0.4\nmemory_gb: 256\n"
      .write(to: path, atomically: true, encoding: .utf8)
    #expect(throws: ProfileFileError.self) { try HardwareFile.hardware(at: path) }
    try "name: ward\npeak_tflops: 42\n".write(to: path, atomically: true, encoding: .utf8)
    #expect(throws: ProfileFileError.self) { try HardwareFile.hardware(at: path) }
  }

  @Test func `What a published shape moves follows from its config`() throws {
    let preset = try #require(try ModelPreset(argument: "preset:qwen2.5-1.5b"))
    let traffic = try ModelTraffic(
      name: preset.name, config: preset.config(), bytesPerParameter: 2, cacheType: .f16)
    // 2 · 28 layers · 2 heads · 128 values · 2 bytes.
    #expect(traffic.cacheBytesPerPosition == 28_672)
    #expect(abs(traffic.parametersB - 1.5436) < 0.001)
  }

  @Test func `The chart draws, and the report survives its JSON`() throws {
    let roofline = Roofline(hardware: a100, model: seven)
    let point = roofline.decode(batch: 1)
    let report = RooflineReport(
      roofline, measured: [.init(name: "engine", point: point, tokensPerSecond: 100)])
    #expect(report.measured[0].share == 100 / point.tokensPerSecond)
    let png = try report.chart().png()
    #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47]))
    let again = try JSONDecoder().decode(RooflineReport.self, from: JSONReport.bytes(report))
    #expect(again.prefill == report.prefill && again.measured == report.measured)
  }
}
