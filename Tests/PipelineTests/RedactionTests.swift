import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline
import Scoring
import Testing

@Suite struct RedactionTests {
  // MARK: What is personal by its form or its label

  @Test(arguments: [
    (
      "② 환자 성명 하하린 ③ 의료기관 전화번호 031-227-3048", "② 환자 성명 ███ ③ 의료기관 전화번호 ████████████"
    ),
    ("주민등록번호 600115-2****** 비고", "주민등록번호 ██████████████ 비고"),
    ("9003122345678", "█████████████"),
    ("Tel. (02) 592-9616", "Tel. ████ ████████"),
    ("연락처 01063485766 내과", "연락처 ███████████ 내과"),
    ("+82-10-6348-5766", "████████████████"),
    ("등록번호: 26174645 연번호: 2024-64888", "등록번호: ████████ 연번호: ██████████"),
    ("면허번호: 제 202328 호", "면허번호: 제 ██████ 호"),
    ("생년월일 1937-12-19 진료과 내과", "생년월일 ██████████ 진료과 내과"),
    ("생년월일 1990년 3월 12일", "생년월일 █████ ██ ███"),
    ("의뢰의 송승철", "의뢰의 ███"),
    ("의사 성명: 이형준 (서명 또는 인)", "의사 성명: ███ (서명 또는 인)"),
    ("보호자: 김 영 희", "보호자: █ █ █"),
    ("Patient: John Q. Public, 56 F", "Patient: ████ ██ ██████, 56 F"),
    ("주소: 서울특별시 강남구 솔향기뜰로 177", "주소: █████ ███ █████ ███"),
    ("사는 곳은 경상남도 진주시 안다미로 77 임", "사는 곳은 ████ ███ ████ ██ 임"),
    ("kim.ha@example.org 로", "██████████████████ 로"),
    (
      "{\"patient_name\": \"하하린\", \"성명\": \"하하린\"}", "{\"patient_name\": \"███\", \"성명\": \"███\"}"
    ),
  ])
  func whatSaysWhoItIsAboutIsHidden(text: String, hidden: String) {
    let known = text.hasPrefix("{") ? ["하하린"] : []
    #expect(PersonalText(known).masked(text) == hidden)
  }

  @Test(arguments: [
    "Potassium 5.8 H mmol/L 3.5~5.1", "Hemoglobin 14.4 g/dL 12.0 - 16.0",
    "ALT (GPT) 22 IU/L 0 - 33",
    "아세트아미노펜정 500mg 1일 3회 경구 28일 식후 30분", "채취일시 2025-06-13 09:05 보고일시 2025-06-13 14:27",
    "BP 141/88 mmHg, HR 82회/min, BT 37.5℃, SpO2 99%", "▶ 주소 (C.C)\n식욕부진, 구역 (3주 전부터)",
    "주소: 두통, 발열 3일", "2. 주호소\n좌측 유방 종괴 (4주 전부터)", "보호자 동의하에 시행함. 환자에게 질환의 경과를 설명함",
    "결핵성 흉막염 A16.5, M10.90", "의사 소통에 문제 없음",
  ])
  func whatTheDoctorNeedsStays(text: String) {
    #expect(PersonalText().masked(text) == text)
  }

  @Test func aKnownNameIsHiddenHoweverItIsSpaced() {
    let personal = PersonalText(["김수아 / 여 / 56세"])
    #expect(personal.masked("김 수 아 씨, 여자, 56세") == "█ █ █ 씨, 여자, 56세")
    #expect(personal.masked("김수아/여/56세") == "████████████".prefix(9).description)
    // Decomposed, as some models write.
    let decomposed = "김수아".decomposedStringWithCanonicalMapping
    #expect(personal.masked(decomposed) == "███")
  }

  @Test func hostileTextIsNoBurden() {
    for text in [
      String(repeating: "0", count: 4_000), String(repeating: "가 ", count: 2_000),
      String(repeating: "주소: ", count: 1_000), String(repeating: "a@", count: 2_000),
    ] {
      _ = PersonalText(["하하린"]).masked(text)
    }
  }

  // MARK: Records

  private static let reading = LetterDataset.pages[0]
    .replacingOccurrences(of: "하늘찬 주민", with: "하눌찬 주민")
    .replacingOccurrences(of: "5mg", with: "50mg")
    .replacingOccurrences(of: "010-7741-2093", with: "010-774I-2O93")

  @Test func nothingPersonalIsLeftInARecord() async throws {
    let letters = try LetterDataset()
    let record = try await letters.run(
      redacted: true,
      readings: ["letter-1/1": Self.reading, "letter-1/2": LetterDataset.pages[1]],
      in: try TinyDataset.temporaryDirectory())
    let json = String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
    for value in LetterDataset.personal + ["하눌찬", "010-774I-2O93"] {
      #expect(!json.contains(value), "\(value)")
    }
    #expect(record.configuration.redacted == true)
    let page = record.groups[0].documents[0].pages[0]
    #expect(page.reference.unicodeScalars.count == LetterDataset.pages[0].unicodeScalars.count)
    #expect(page.reference.contains("이소니아지드정 5mg 1일 1회"))
    #expect(page.transcript.text.contains("이소니아지드정 50mg 1일 1회"))
    #expect(page.transcript.text.contains("███ 환자의 합병증은 없음"))
    let name = try #require(page.score.fields.first { $0.name == "patient_name" })
    #expect(name.expected == "███" && name.predicted == "███" && name.judgement == .incorrect)
  }

  /// Redaction hides words and changes no figure.
  @Test func aRunRedactedLaterIsTheRunThatWasRedacted() async throws {
    let letters = try LetterDataset()
    let readings = ["letter-1/1": Self.reading, "letter-1/2": "진단서 26174645 하늘찬"]
    let open = try await letters.run(
      redacted: false, readings: readings, in: try TinyDataset.temporaryDirectory())
    let redacted = try await letters.run(
      redacted: true, readings: readings, in: try TinyDataset.temporaryDirectory())
    let later = open.redacted()
    #expect(later.redacted() == later)
    #expect(open.groups[0].verdict.checks[0].figure == later.groups[0].verdict.checks[0].figure)
    let pages = [later, redacted].map { $0.groups[0].documents[0].pages }
    #expect(pages[0].map(\.reference) == pages[1].map(\.reference))
    #expect(pages[0].map(\.transcript.text) == pages[1].map(\.transcript.text))
    #expect(pages[0].map(\.score) == pages[1].map(\.score))
    #expect(
      open.groups[0].documents[0].pages[0].score.harms?.map(\.span)
        == pages[0][0].score.harms?.map(\.span))
  }

  @Test func whatAnEngineComplainedOfIsNotKept() {
    var document = SampleDocuments.document(1)
    document.pages[0].transcript.outcome = PageOutcome(
      status: .crashed, detail: "signal 11", diagnostics: "while reading 하늘찬")
    let run = SampleDocuments.record([document])
    let outcome = run.redacted().groups[0].documents[0].pages[0].transcript.outcome
    #expect(outcome == PageOutcome(status: .crashed, detail: "signal 11"))
  }

  /// A name in a file's name is still a name; two of them stay two.
  @Test func namesOfFilesHoldNoNames() {
    let documents = (1...2).map { number in
      var document = SampleDocuments.document(number)
      document.id = "하늘찬-\(number)"
      document.pages[0].id = "하늘찬-\(number)/1"
      document.pages[0].image = "scans/하늘찬-\(number).png"
      document.pages[0].reference = "환자명 하늘찬"
      document.pages[0].personal = [4..<7]
      return document
    }
    let redacted = SampleDocuments.record(documents).redacted().groups[0].documents
    #expect(redacted.allSatisfy { $0.id.hasPrefix("redacted-") && $0.pages[0].id == $0.id + "/1" })
    #expect(Set(redacted.map(\.id)).count == 2)
    #expect(redacted.allSatisfy { !$0.pages[0].image.contains("하늘찬") })
  }
}
