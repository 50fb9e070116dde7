extension GroupRecord {
  /// The pages a reader should look at first: highest CER, then most fields misread, then id. A
  /// blank page that was read as text counts as wholly wrong. Faultless pages are never among
  /// them, nor are pages that were not read: there is no reading to look at.
  public func worstPages(_ count: Int = 3) -> [PageRecord] {
    let faulty = documents.flatMap(\.pages).filter {
      $0.transcript.outcome.status == .read && ($0.faultRate > 0 || $0.misreadFields > 0)
    }
    let ranked = faulty.sorted { a, b in
      if a.faultRate != b.faultRate { return a.faultRate > b.faultRate }
      if a.misreadFields != b.misreadFields { return a.misreadFields > b.misreadFields }
      return a.id < b.id
    }
    return Array(ranked.prefix(count))
  }
}

extension PageRecord {
  /// Fields that are not correct: INC, PAR, MIS and SPU.
  public var misreadFields: Int { score.fields.count { $0.judgement != .correct } }

  /// The name of the page's picture in a results directory's `pictures/`:
  /// `prescription-0001-1@300.png`.
  public func pictureName(dpi: Int) -> String {
    String(id.map { $0 == "/" ? "-" : $0 }) + "@\(dpi).png"
  }

  fileprivate var faultRate: Double {
    score.characters.rate ?? (score.blank?.passed == false ? 1 : 0)
  }
}
