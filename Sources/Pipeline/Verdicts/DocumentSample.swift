import OCRInference
import Scoring

/// What a group's documents hold for each kind of check, a value a document: the unit that bounds
/// are taken over, because pages and fields of one patient's document go wrong together.
public struct DocumentSample: Sendable {
  public var documents: [DocumentRecord]
  /// Seconds; the longest a page can take.
  public var timeout: Double
  /// The worst that a document not seen may be read; 1 where nobody knows better.
  public var worstCER: Double

  public init(_ documents: [DocumentRecord], timeout: Double, worstCER: Double = 1) {
    self.documents = documents
    self.timeout = timeout
    self.worstCER = worstCER
  }

  /// Sum of the pages' CERs, of pages with text.
  public var cer: [ErrorShare] {
    documents.map { document in
      let rates = document.pages.filter { $0.score.blank == nil }
        .compactMap(\.score.characters.rate)
      return ErrorShare(errors: rates.reduce(0, +), size: Double(rates.count))
    }
  }

  /// What one field's readings lack to be right, of the fields the truth has.
  public func field(_ name: String) -> [ErrorShare] {
    documents.map { document in
      let outcomes = document.pages.flatMap(\.score.fields).filter { $0.name == name }
      let possible = outcomes.count { $0.judgement != .spurious }
      let credit = outcomes.reduce(0) { $0 + $1.credit }
      return ErrorShare(errors: max(Double(possible) - credit, 0), size: Double(possible))
    }
  }

  /// 1 for a document with a critical error; nil where a page was not looked at for harm.
  public var critical: [ErrorShare]? {
    let counts = documents.map(\.criticalErrors)
    guard !counts.isEmpty, counts.allSatisfy({ $0 != nil }) else { return nil }
    return counts.map { ErrorShare(errors: $0! > 0 ? 1 : 0, size: 1) }
  }

  /// Values that are not on the page, of the values given.
  public var hallucinations: [ErrorShare] {
    documents.map { document in
      let fields = document.pages.flatMap(\.score.fields)
      let given = Double(fields.count { $0.judgement != .missing })
      let invented = Double(
        document.hallucinations ?? fields.count { $0.judgement == .spurious })
      return ErrorShare(errors: invented, size: max(given, invented))
    }
  }

  /// Milliseconds, as SLAs count them.
  public var latencies: [Double] {
    documents.map { $0.pages.reduce(0) { $0 + $1.countedLatency(timeout: timeout) } }
  }

  /// Sum of the pages' times to the first token; a page that was not read waited to the end.
  public var ttft: [ErrorShare] {
    documents.map { document in
      let times = document.pages.compactMap { page in
        page.transcript.outcome.status == .read
          ? page.transcript.timing.ttft : page.countedLatency(timeout: timeout)
      }
      return ErrorShare(errors: times.reduce(0, +), size: Double(times.count))
    }
  }

  /// Milliseconds that a document can take at most: every page to its time-out.
  var longest: Double {
    timeout * 1000 * Double(documents.map(\.pages.count).max() ?? 1)
  }
}

extension DocumentRecord {
  /// nil where a page was not looked at for harm.
  public var criticalErrors: Int? { count { $0.severity == .critical } }

  /// Findings of what is not on the page; nil where a page was not looked at for harm.
  public var hallucinations: Int? { count { $0.errorClass == .hallucinated } }

  private func count(_ isCounted: (HarmFinding) -> Bool) -> Int? {
    var sum = 0
    for page in pages {
      guard let harms = page.score.harms else { return nil }
      sum += harms.count(where: isCounted)
    }
    return sum
  }
}
