import Foundation
import OCRInference
import PageImaging
import Testing

/// The real Tesseract on a page drawn by tools/reference/engines/draw_korean_lines.py.
@Suite struct TesseractEngineTests {
  @Test func readsKorean() async throws {
    let engine = try await TesseractEngine.make()
    let url = try #require(
      Bundle.module.url(forResource: "korean_lines", withExtension: "png", subdirectory: "Golden"))
    let image = try PageImage(pngFile: url.path)
    let transcript = await engine.transcribe(
      EnginePage(id: "rx-0001", image: image, dpi: 200), timeout: .seconds(60))
    #expect(transcript.text == "처방전\n환자 성명 가나다\n식후 30분에 복용하십시오")
    #expect(transcript.outcome == PageOutcome(status: .read))
    #expect(transcript.timing.ttft == transcript.timing.endToEnd)
    #expect(transcript.timing.chunks == 1)
    #expect(engine.identity.engine == "tesseract" && engine.identity.model == "kor+eng")
    #expect(engine.identity.version.first?.isNumber == true)
  }

  @Test func blankPageIsEmpty() async throws {
    let engine = try await TesseractEngine.make()
    let page = EnginePage(
      id: "blank", image: PageImage(width: 600, height: 400, color: .rgb, filledWith: 255), dpi: 200
    )
    #expect(await engine.transcribe(page, timeout: .seconds(60)).outcome.status == .empty)
  }

  @Test func missingLanguageNamesItsPackage() async {
    await #expect {
      _ = try await TesseractEngine.make(languages: "kor+xyz_old")
    } throws: {
      "\($0)"
        == "tesseract: no data for language 'xyz_old'; "
        + "install the Debian package tesseract-ocr-xyz-old"
    }
  }

  @Test(arguments: ["", "kor+", "../kor", "kor eng"])
  func malformedLanguagesAreRefused(languages: String) async {
    await #expect(throws: EngineUsageError.self) {
      _ = try await TesseractEngine.make(languages: languages)
    }
  }

  @Test(arguments: [0, 2, 14, -1])
  func modesThatReadNothingAreRefused(mode: Int) async {
    await #expect(throws: EngineUsageError.self) {
      _ = try await TesseractEngine.make(pageSegmentationMode: mode)
    }
  }
}
