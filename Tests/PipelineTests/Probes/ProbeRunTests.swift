import Datasets
import DocProfiles
import Foundation
import OCRInference
import PageImaging
import Pipeline
import Scoring
import Testing

/// Twins without pictures: the judging is what these tests are about.
private struct WrittenTwins: TwinSource {
  func twins(
    of document: DatasetDocument, page: Int, image: PageImage, kinds: [ProbeKind],
    critical: Set<String>, seed: UInt64
  ) throws -> [Twin] {
    let dose = document.fields.first { $0.name == "dose" }!
    return kinds.map { kind in
      let changed: String? =
        switch kind {
        case .counterfactual, .distractor: "7mg"
        default: nil
        }
      let span = dose.start..<dose.end
      let replaced = TranscriptReplacement(
        of: document.pages[page], fields: document.fields, [(span, changed ?? "")])
      let twin = DatasetDocument(
        id: "\(document.id).\(kind.rawValue)", type: document.type,
        pages: [
          PageTruth(image: "t.png", transcript: replaced.transcript, lines: replaced.lines)
        ], fields: replaced.fields)
      return Twin(
        kind: kind, originalID: document.id, originalPage: page, document: twin, image: image,
        edits: [
          TwinEdit(
            change: changed == nil ? .erased : .digit, field: "dose", kind: .quantity, row: 1,
            original: dose.value, changed: changed, originalSpan: span, span: replaced.spans[0],
            isWholeField: true, box: PixelBox(x: 4, y: 4, width: 20, height: 10))
        ])
    }
  }
}

@Suite struct ProbeRunTests {
  /// Twelve prescriptions of one line.
  private static let transcripts = (1...12).map { "암로디핀정 \($0 + 10)mg 1일 1회" }

  private func records(
    _ engine: some OCREngine, kinds: [ProbeKind], confidence: Double? = nil,
    profile: ProfileSnapshot? = nil, pictures: String? = nil,
    known: (RunConfiguration) -> [RunPlan.Place: Transcript] = { _ in [:] }
  ) async throws -> [ProbeRecord] {
    let tiny = try TinyDataset(Self.transcripts.map { [$0] })
    let dataset = try Dataset(directory: URL(filePath: tiny.directory))
    var configuration = tiny.configuration(dataset: dataset)
    configuration.confidence = confidence
    return try await ProbeRun(
      configuration, request: ProbeRequest(kinds: kinds), dataset: dataset, engine: engine,
      source: WrittenTwins()
    ).complete(known: known(configuration), pictures: pictures)
  }

  /// What each page of each twin truly says, by the ids that the engine is given.
  private static func truths(_ kinds: [ProbeKind]) -> [String: String] {
    var truths: [String: String] = [:]
    for (index, text) in transcripts.enumerated() {
      let dose = "\(index + 11)mg"
      truths["doc-\(index + 1)/1"] = text
      for kind in kinds {
        let changed = kind == .counterfactual || kind == .distractor ? "7mg " : ""
        truths["doc-\(index + 1).\(kind.rawValue)/1"] = text.replacing(dose + " ", with: changed)
      }
    }
    return truths
  }

  private static func reader(_ truths: [String: String]) -> ScriptedEngine {
    ScriptedEngine(readings: truths.mapValues { .text($0) })
  }

  /// Answers with the original whatever the page says.
  private static func memory(_ kinds: [ProbeKind]) -> ScriptedEngine {
    var readings: [String: String] = [:]
    for (index, text) in transcripts.enumerated() {
      for kind in kinds { readings["doc-\(index + 1).\(kind.rawValue)/1"] = text }
      readings["doc-\(index + 1)/1"] = text
    }
    return reader(readings)
  }

  private static let kinds: [ProbeKind] = [
    .counterfactual, .blank, .blankField, .distractor, .legibility,
  ]

  @Test func aReaderOfThePageFollowsEveryChange() async throws {
    let records = try await records(Self.reader(Self.truths(Self.kinds)), kinds: Self.kinds)
    #expect(records.map(\.kind) == Self.kinds)
    #expect(records[0].n == 12 && records[0].hits == 12 && records[0].rate == 1)
    // One-sided, twelve documents: 0.05^(1/12).
    #expect(abs(records[0].lower! - 0.7791) < 1e-3)
    for record in records.dropFirst() {
      #expect(record.n >= 12 && record.hits == 0, "\(record.kind)")
      #expect(record.worst.isEmpty)
    }
    #expect(records.allSatisfy { !$0.readsFromMemory })
  }

  @Test func aReaderFromMemoryFollowsNoneAndIsNamed() async throws {
    let records = try await records(Self.memory(Self.kinds), kinds: Self.kinds)
    #expect(records[0].rate == 0 && records[0].recalled == 12)
    #expect(records[0].readsFromMemory)
    #expect(records[0].worst.first?.reading == "11mg")
    #expect(records[0].worst.first?.truth == "7mg")
    for record in records where record.kind == .blankField || record.kind == .legibility {
      #expect(record.rate == 1 && record.recalled == 12, "\(record.kind)")
    }
    #expect(records[3].rate == 1, "misled on every page")
  }

  @Test func aThirdValueCountsApart() async throws {
    var truths = Self.truths([.counterfactual])
    truths["doc-1.counterfactual/1"] = "암로디핀정 9mg 1일 1회"
    let record = try await records(Self.reader(truths), kinds: [.counterfactual])[0]
    #expect(record.hits == 11 && record.other == 1 && record.recalled == 0)
    #expect(!record.readsFromMemory)
  }

  @Test func sayingThatAPlaceCannotBeReadIsRight() async throws {
    var truths = Self.truths([.legibility])
    truths["doc-1.legibility/1"] = "암로디핀정 [판독불가] 1일 1회"
    truths["doc-2.legibility/1"] = "암로디핀정 3mg 1일 1회"
    let record = try await records(Self.reader(truths), kinds: [.legibility])[0]
    #expect(record.n == 12 && record.hits == 1)
    #expect(record.worst.map(\.document) == ["doc-2"])
  }

  /// A guess that the engine itself held unlikely is none that anyone would act on.
  @Test func aDoubtedGuessIsNoGuess() async throws {
    let truths = Self.truths([.legibility])
    func engine(_ confidence: Float) -> ScriptedEngine {
      var engine = Self.reader(truths)
      for index in 1...12 {
        engine.readings["doc-\(index).legibility/1"] =
          .confidentText("암로디핀정 3mg 1일 1회", confidence)
      }
      return engine
    }
    #expect(try await records(engine(0.3), kinds: [.legibility])[0].hits == 0)
    #expect(try await records(engine(0.9), kinds: [.legibility])[0].hits == 12)
  }

  @Test func aValueMisreadOnThePlainPageIsNoDistraction() async throws {
    var truths = Self.truths([.distractor])
    truths["doc-1/1"] = "암로디핀정 99mg 1일 1회"
    truths["doc-1.distractor/1"] = "암로디핀정 98mg 1일 1회"
    truths["doc-2.distractor/1"] = "암로디핀정 98mg 1일 1회"
    let record = try await records(Self.reader(truths), kinds: [.distractor])[0]
    #expect(record.n == 11 && record.hits == 1)
  }

  @Test func aPageThatWasNotReadFollowsNothingAndInventsNothing() async throws {
    var engine = Self.reader(Self.truths([.counterfactual, .blankField]))
    engine.readings["doc-1.counterfactual/1"] =
      .failure(.crashed(signal: 11, diagnostics: ""))
    engine.readings["doc-1.blank-field/1"] = .failure(.crashed(signal: 11, diagnostics: ""))
    let records = try await records(engine, kinds: [.counterfactual, .blankField])
    #expect(records[0].n == 12 && records[0].hits == 11 && records[0].unreadPages == 1)
    #expect(records[1].n == 11 && records[1].hits == 0 && records[1].unreadPages == 1)
  }

  @Test func theSamePageReadOtherwiseIsAFlip() async throws {
    // By DPI: 300 as on the page, 309 another dose.
    struct Moody: OCREngine {
      var identity = EngineIdentity(engine: "m", model: "m", version: "1", streamsTokens: false)
      func read(_ page: EnginePage) -> AsyncThrowingStream<TextChunk, any Error> {
        AsyncThrowingStream { continuation in
          let number = Int(page.id.dropFirst(4).prefix { $0 != "/" })!
          let dose = page.dpi > 300 ? 99 : number + 10
          continuation.yield(TextChunk(text: "암로디핀정 \(dose)mg 1일 1회"))
          continuation.finish()
        }
      }
    }
    let record = try await records(Moody(), kinds: [.repeated])[0]
    // Drug and dose of twelve pages, three times.
    #expect(record.n == 72 && record.hits == 12)
    #expect(record.parts.map(\.name) == ["again", "dpi+3%", "dpi-3%"])
    #expect(record.parts.map(\.hits) == [0, 12, 0])
  }

  @Test func limitsOfAProfileDecide() async throws {
    let kinds: [ProbeKind] = [.counterfactual, .blankField]
    let limits = AddedLimits(
      minimumCounterfactualFollowRate: 0.9, maximumProbeHallucinationRate: 0.05)
    let good = try await records(Self.reader(Self.truths(kinds)), kinds: kinds)
    let checks = Check.probes(good, limits: limits, confidence: nil)
    #expect(
      checks.map(\.subject.name) == ["counterfactual-follow-rate", "probe-hallucination-rate"])
    #expect(checks.allSatisfy { $0.passed })
    // Twelve documents do not show 90 % at 95 %.
    let bounded = Check.probes(good, limits: limits, confidence: 0.95)
    #expect(bounded.map(\.outcome) == [.inconclusive, .inconclusive])
    #expect(bounded[0].evidence!.lower! < 0.9 && bounded[0].evidence!.furtherDocuments! > 0)
    let bad = try await records(Self.memory(kinds), kinds: kinds)
    #expect(
      Check.probes(bad, limits: limits, confidence: 0.95).map(\.outcome) == [.fail, .fail])
    #expect(Check.probes([], limits: limits, confidence: nil).allSatisfy { $0.outcome == .fail })
  }

  @Test func theWorstPlacesHavePictures() async throws {
    let directory = try TinyDataset.temporaryDirectory()
    let record = try await records(
      Self.memory([.counterfactual]), kinds: [.counterfactual], pictures: directory)[0]
    #expect(record.worst.count == ProbeRun.worstKept)
    for place in record.worst {
      let name = try #require(place.picture)
      _ = try PageImage(pngFile: directory + "/" + name)
    }
  }

  @Test func readingsOfARunAreNotMadeAgain() async throws {
    let engine = Self.reader(Self.truths([.distractor]).filter { !$0.key.hasSuffix("0/1") })
    var known: [RunPlan.Place: Transcript] = [:]
    for (index, text) in Self.transcripts.enumerated() {
      known[RunPlan.Place(page: "doc-\(index + 1)/1", dpi: 300)] = Transcript(
        text: text, outcome: PageOutcome(status: .read),
        timing: PageTiming(ttft: 1, endToEnd: 1, chunks: 1))
    }
    let (given, kinds) = (known, [ProbeKind.distractor])
    let record = try await records(engine, kinds: kinds, known: { _ in given })[0]
    #expect(record.n == 12)
  }

  @Test func aRecordSurvivesItsFile() async throws {
    let record = try await records(Self.memory([.counterfactual]), kinds: [.counterfactual])[0]
    let again = try JSONDecoder().decode(
      ProbeRecord.self, from: try JSONEncoder().encode(record))
    #expect(again == record)
  }
}
