import Boundary
import Foundation
import OCRInference
import PageImaging
import Testing

/// The model that comes with medbench, models/medocr-nano.
@Suite struct BundledModelTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static var directory: String {
    root.appendingPathComponent("models/medocr-nano").path
  }

  private func engine() throws -> LocalEngine {
    let pool = ThreadPool(threads: 2)
    return try LocalEngine(
      model: LocalModel(
        directory: ModelDirectory(Self.directory), name: "medocr-nano", pool: pool),
      options: LocalEngineOptions(), pool: pool)
  }

  private func read(_ image: PageImage, dpi: Int) async throws -> Transcript {
    try await engine().transcribe(
      EnginePage(id: "page", image: image, dpi: dpi), timeout: .seconds(60))
  }

  // MARK: What is shipped

  @Test func `It is small enough to come with every clone`() throws {
    let sizes = try FileManager.default.contentsOfDirectory(atPath: Self.directory).map {
      try FileManager.default.attributesOfItem(atPath: "\(Self.directory)/\($0)")[.size] as? Int
    }
    #expect(sizes.compactMap(\.self).reduce(0, +) < 20 << 20)
    let checkpoint = try Checkpoint(ModelDirectory(Self.directory))
    #expect(checkpoint.byteCount / 2 < 10_000_000, "bfloat16: two bytes a parameter")
  }

  @Test func `Every syllable and every character that documents hold is in its vocabulary`() throws
  {
    let tokenizer = try Tokenizer(file: "\(Self.directory)/tokenizer.json")
    let symbols = try String(
      contentsOf: Self.root.appendingPathComponent("tools/train/vocabulary.txt"), encoding: .utf8)
    let syllables = (0xac00...0xd7a3).map { String(Unicode.Scalar($0)!) }
    // Korean fonts draw ₩ for \.
    let ascii = (0x20...0x7e).map { String(Unicode.Scalar($0)) }.filter { $0 != "\\" }
    let unknown = tokenizer.encode("€").first
    for text in syllables + ascii + symbols.filter({ !$0.isNewline }).map(String.init) {
      let ids = tokenizer.encode(text)
      let parts = text.decomposedStringWithCanonicalMapping.unicodeScalars.count
      #expect(ids.count == parts && !ids.contains(unknown!), "\(text)")
      #expect(
        tokenizer.decode(ids).precomposedStringWithCanonicalMapping
          == text.precomposedStringWithCanonicalMapping)
    }
  }

  // MARK: What is no text

  @Test func `A page of noise gives nothing`() async throws {
    var random = SeededRandom(seed: 3)
    var page = PageImage(width: 900, height: 700, color: .grey, filledWith: 250)
    for place in page.samples.indices {
      page.samples[place] = UInt8(250 + 8 * (random.uniform() - 0.5))
    }
    let transcript = try await read(page, dpi: 150)
    #expect(transcript.text == "")
  }

  /// Rings, as of a seal or a logo, and a scrawl: whatever is made of them is not sure.
  @Test func `A drawing gives nothing, or nothing sure`() async throws {
    var page = PageImage(width: 1200, height: 900, color: .grey, filledWith: 255)
    for (x, y, radius) in [(200.0, 200.0, 40.0), (420, 210, 22), (700, 240, 14)] {
      for turn in stride(from: 0, to: 2 * Double.pi, by: 0.004) {
        page.dot(x + radius * cos(turn), y + radius * sin(turn))
        page.dot(x + radius * 0.7 * cos(turn), y + radius * 0.7 * sin(turn))
      }
    }
    for step in stride(from: 0.0, to: 40, by: 0.004) {
      page.dot(300 + 9 * step + 16 * sin(step * 2.9), 560 + 16 * sin(step * 1.7) * cos(step * 0.9))
    }
    let transcript = try await read(page, dpi: 150)
    let hundredths = transcript.confidences?.hundredths ?? []
    let sure = hundredths.count { $0 >= 95 }
    #expect(sure <= 3, "\(transcript.text)")
  }
}

extension PageImage {
  /// A black dot of two pixels.
  fileprivate mutating func dot(_ x: Double, _ y: Double) {
    for dx in 0...1 {
      for dy in 0...1 { samples[(Int(y) + dy) * width + Int(x) + dx] = 20 }
    }
  }
}
