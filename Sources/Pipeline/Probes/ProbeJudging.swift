import Datasets
import DocProfiles
import OCRInference
import Scoring

/// Judges readings of twins. Nothing here knows pixels.
struct ProbeJudging {
  let original: DatasetDocument
  let page: Int
  /// The profile's, with every field that a twin changes.
  let criticalFields: [CriticalField]
  let type: DocumentType
  let scorer: PageScorer

  /// What came of one place.
  struct Judged {
    var part: String
    var result: ProbeTrial.Result
    /// nil where the page as a whole is meant.
    var edit: TwinEdit?
    var reading: String?
  }

  init(
    _ original: DatasetDocument, page: Int, criticalFields: [CriticalField], scorer: PageScorer
  ) {
    self.original = original
    self.page = page
    self.scorer = scorer
    type = original.type
    var fields = criticalFields
    for field in original.fields where !fields.contains(where: { $0.key == field.name }) {
      fields.append(CriticalField(field.name, field.name, field.kind))
    }
    self.criticalFields = fields
  }

  private var reference: PageReference { PageReference(original, page: page) }

  /// - Parameter plain: what was read on the page itself, for kinds that compare with it.
  func judged(_ reading: Transcript, of twin: Twin, plain: Transcript?) -> [Judged] {
    let prediction = Self.prediction(reading)
    let isRead = reading.outcome.status == .read || reading.outcome.status == .empty
    guard isRead || ProbeMeasure(twin.kind).countsUnread else { return [] }
    switch twin.kind {
    case .counterfactual:
      return twin.edits.map { follows($0, prediction, twin) }
    case .distractor:
      return twin.edits.compactMap { edit in
        guard let plain, wasRight(edit, Self.prediction(plain)) else { return nil }
        return follows(edit, prediction, twin)
      }
    case .blank:
      return twin.edits.map { leavesOut($0, reading, twin) } + [wholePage(prediction, twin)]
    case .blankField, .legibility:
      return twin.edits.map { leavesOut($0, reading, twin) }
    case .repeated:
      return []
    }
  }

  /// What a failed engine had printed is no reading.
  static func prediction(_ transcript: Transcript) -> PagePrediction {
    transcript.outcome.status == .read ? PagePrediction(transcript) : PagePrediction(text: "")
  }

  // MARK: Changed values

  private func follows(
    _ edit: TwinEdit, _ prediction: PagePrediction, _ twin: Twin
  ) -> Judged {
    let now = read(edit, edit.changed ?? "", at: edit.span, prediction, twin.reference)
    var judged = Judged(
      part: edit.change.rawValue, result: .other, edit: edit, reading: now.isEmpty ? nil : now)
    if let changed = edit.changed, sameValue(changed, now, kind: edit.kind) {
      judged.result = .right
    } else if edit.changed != edit.original {
      let before = read(edit, edit.original, at: edit.originalSpan, prediction, reference)
      if sameValue(edit.original, before, kind: edit.kind) {
        judged.result = .recalled
        judged.reading = before
      }
    }
    return judged
  }

  private func wasRight(_ edit: TwinEdit, _ plain: PagePrediction) -> Bool {
    let text = read(edit, edit.original, at: edit.originalSpan, plain, reference)
    return sameValue(edit.original, text, kind: edit.kind)
  }

  /// What was read for a place: for a part of a field, the part.
  private func read(
    _ edit: TwinEdit, _ value: String, at span: Range<Int>, _ prediction: PagePrediction,
    _ reference: PageReference
  ) -> String {
    let index = reference.fields.firstIndex {
      $0.name == edit.field && $0.row == edit.row && $0.span.lowerBound <= span.lowerBound
        && span.upperBound <= $0.span.upperBound
    }
    if edit.isWholeField, let index {
      return readPlaces(prediction, against: reference, criticalFields: criticalFields)[index].text
    }
    let part = ReferenceField(name: "", kind: edit.kind, value: value, span: span)
    var extended = reference
    extended.fields.append(part)
    let places = readPlaces(prediction, against: extended, criticalFields: criticalFields)
    // Nobody names a part: it is looked for in the field's own value.
    guard let index, let last = places.last, last.clusters == nil, !places[index].text.isEmpty
    else { return places.last?.text ?? "" }
    let whole = reference.fields[index]
    var local = part
    local.span =
      span.lowerBound - whole.span.lowerBound..<span.upperBound - whole.span.lowerBound
    return readPlaces(
      PagePrediction(text: places[index].text),
      against: PageReference(text: whole.value, fields: [local]), criticalFields: []
    )[0].text
  }

  // MARK: Places with nothing to read

  private func leavesOut(
    _ edit: TwinEdit, _ transcript: Transcript, _ twin: Twin
  ) -> Judged {
    var judged = Judged(part: edit.change.rawValue, result: .right, edit: edit)
    let prediction = Self.prediction(transcript)
    let reference = reference
    guard
      let index = reference.fields.firstIndex(where: {
        $0.name == edit.field && $0.span == edit.originalSpan
      })
    else { return judged }
    let place = readPlaces(
      prediction, against: reference, criticalFields: criticalFields)[index]
    guard let given = given(place, prediction, twin), !Illegible.isSaid(place.text) else {
      return judged
    }
    judged.reading = place.text
    if twin.kind == .legibility, isDoubted(given, transcript) { return judged }
    judged.result = sameValue(edit.original, place.text, kind: edit.kind) ? .recalled : .other
    return judged
  }

  /// The letters and digits read into a place that the twin's own text does not account for; nil
  /// where there are none. Empty for a value that the model named itself.
  private func given(
    _ place: ReadPlace, _ prediction: PagePrediction, _ twin: Twin
  ) -> [Int]? {
    guard place.text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
    guard let clusters = place.clusters else { return [] }
    let strange = unaccounted(
      truth: twin.document.pages[0].transcript, reading: prediction.text)
    let characters = Array(place.text)
    let found = clusters.filter { cluster in
      let offset = cluster - clusters.lowerBound
      guard strange.indices.contains(cluster), strange[cluster], characters.indices.contains(offset)
      else { return false }
      return characters[offset].isLetter || characters[offset].isNumber
    }
    return found.isEmpty ? nil : found
  }

  /// Whether the engine held it more likely than not that something else stands there.
  private func isDoubted(_ clusters: [Int], _ transcript: Transcript) -> Bool {
    guard let sure = transcript.confidences?.hundredths, sure.count == transcript.text.count,
      !clusters.isEmpty, clusters.allSatisfy({ sure.indices.contains($0) })
    else { return false }
    let sum = clusters.reduce(0) { $0 + Int(sure[$1]) }
    return sum < Int(Confidences.low) * clusters.count
  }

  /// Whatever else an empty form was filled with.
  private func wholePage(_ prediction: PagePrediction, _ twin: Twin) -> Judged {
    let score = scorer.score(
      prediction, against: twin.reference, type: type, criticalFields: criticalFields)
    let invented = (score.harms ?? []).first { $0.errorClass == .hallucinated }
    return Judged(
      part: "page", result: invented == nil ? .right : .other, edit: nil,
      reading: invented?.reading)
  }

  // MARK: Read again

  /// Critical values of the page, each with whether it came out the same.
  ///
  /// - Parameter part: what was done, as reports call it.
  func flips(
    _ first: Transcript, _ second: Transcript, part: String, critical: Set<String>
  ) -> [Judged] {
    let reference = reference
    let readings = [first, second].map {
      readPlaces(Self.prediction($0), against: reference, criticalFields: criticalFields)
    }
    return reference.fields.indices.compactMap { index in
      let field = reference.fields[index]
      guard critical.contains(field.name), field.kind != .freeText else { return nil }
      let (a, b) = (readings[0][index].text, readings[1][index].text)
      let isSame = a == b || (!a.isEmpty && !b.isEmpty && sameValue(a, b, kind: field.kind))
      let truth = original.fields.first {
        $0.page == page && $0.name == field.name && $0.start == field.span.lowerBound
      }
      let edit = TwinEdit(
        change: .digit, field: field.name, kind: field.kind, row: field.row,
        original: field.value, changed: field.value, originalSpan: field.span, span: field.span,
        isWholeField: true, box: truth?.box ?? PixelBox(x: 0, y: 0, width: 0, height: 0))
      return Judged(
        part: part, result: isSame ? .right : .other, edit: edit, reading: "\(a) → \(b)")
    }
  }
}

/// Ways to say that a place cannot be read.
enum Illegible {
  private static let marks = [
    "판독불가", "판독불능", "판독할수없", "읽을수없", "알수없음", "불명", "illegible", "unreadable",
    "notlegible", "unclear", "???",
  ]

  static func isSaid(_ text: String) -> Bool {
    let bare = text.lowercased().filter { !$0.isWhitespace }
    return marks.contains { bare.contains($0) }
  }
}

extension Twin {
  var reference: PageReference { PageReference(document, page: 0) }
}
