import Boundary
import Foundation
import OCRInference
import Scoring

extension RunRecord {
  /// The run without what says whom its documents are about: names, resident registration numbers,
  /// telephone numbers, addresses, dates of birth and numbers of patients, in truth, readings, fields
  /// and findings. Scores, counts and verdicts stay what they were; standard error, which nobody can
  /// vouch for, goes. A redacted record stays as it is.
  public func redacted() -> RunRecord {
    guard configuration.redacted != true else { return self }
    var record = self
    record.configuration.redacted = true
    for index in record.groups.indices {
      record.groups[index].documents = groups[index].documents.map { $0.redacted() }
    }
    // Of probes the counts stay: their cases quote values, and their pictures are of twins.
    record.probes = probes?.map { probe in
      var probe = probe
      probe.worst = []
      return probe
    }
    return record
  }
}

extension DocumentRecord {
  func redacted() -> DocumentRecord {
    var personal = PersonalText(pages.flatMap(\.personalValues))
    let named = personal
    // What a label gives away on one page is hidden on the others too.
    personal.add(
      found: pages.flatMap { page in
        PersonalPatterns.all.places(in: page.reference).map { String(page.reference[$0]) }
      })
    var record = self
    record.id = named.name(id)
    record.pages = pages.map { page in
      var page = page.redacted(personal)
      page.id = record.id + page.id.dropFirst(id.count)
      page.image = named.name(page.image)
      return page
    }
    return record
  }
}

extension PersonalText {
  /// A name of a file or a document: itself, or a checksum's first digits where it holds a value.
  func name(_ name: String) -> String {
    guard !placesOfValues(in: name.precomposedStringWithCanonicalMapping).isEmpty else {
      return name
    }
    return "redacted-" + Checksum.sha256(of: Array(name.utf8)).prefix(12)
  }
}

extension PageRecord {
  /// What the truth's personal fields hold.
  fileprivate var personalValues: [String] {
    let scalars = Array(reference.unicodeScalars)
    let spans = (personal ?? []).map { span in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[span.clamped(to: 0..<scalars.count)])
      return String(text)
    }
    return spans
      + score.fields.filter { PersonalFields.contains(key: $0.name, kind: $0.kind) }
      .compactMap(\.expected)
  }

  fileprivate func redacted(_ document: PersonalText) -> PageRecord {
    var page = self
    var personal = document
    let isPersonal = personal.isPersonal(in: reference, also: self.personal ?? [])
    page.reference = PersonalText.masked(reference, atScalars: isPersonal)

    let reading = PersonalReading(
      transcript.text, of: reference, isPersonal: isPersonal, personal: &personal)
    page.transcript.text = reading.masked
    if reading.masked.count != transcript.text.count { page.transcript.confidences = nil }
    page.transcript.fields = transcript.fields?.map { field in
      var field = field
      field.value =
        PersonalFields.contains(key: field.key, kind: nil)
        ? PersonalText.masked(whole: field.value) : personal.masked(field.value)
      return field
    }
    page.transcript.outcome.diagnostics = nil
    page.transcript.outcome.detail = transcript.outcome.detail.map { personal.masked($0) }

    page.score.fields = score.fields.map { $0.redacted(personal) }
    page.score.harms = score.harms?.map { $0.redacted(personal, isPersonal: isPersonal) }
    return page
  }
}

extension FieldOutcome {
  fileprivate func redacted(_ personal: PersonalText) -> FieldOutcome {
    let isPersonal = PersonalFields.contains(key: name, kind: kind)
    func hidden(_ text: String) -> String {
      isPersonal ? PersonalText.masked(whole: text) : personal.masked(text)
    }
    var field = self
    field.expected = expected.map(hidden)
    field.predicted = predicted.map(hidden)
    return field
  }
}

extension HarmFinding {
  fileprivate func redacted(_ personal: PersonalText, isPersonal: [Bool]) -> HarmFinding {
    let touches = span.map { isPersonal[$0.clamped(to: 0..<isPersonal.count)].contains(true) }
    let isWhole =
      errorClass == .patientIdentifier
      || field.map { PersonalFields.contains(key: $0, kind: nil) } == true
    // Of a long stretch of text only what is personal goes, or nothing would be left to judge.
    let isShort = max(truth?.count ?? 0, reading?.count ?? 0) <= 40
    func hidden(_ text: String) -> String {
      isWhole || (touches == true && isShort)
        ? PersonalText.masked(whole: text) : personal.masked(text)
    }
    var finding = self
    finding.truth = truth.map(hidden)
    finding.reading = reading.map(hidden)
    return finding
  }
}
