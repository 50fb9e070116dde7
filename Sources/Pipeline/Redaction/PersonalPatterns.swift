import Foundation

/// What in a text says who it is about, told by its form or by the label before it: resident
/// registration numbers, telephone numbers, addresses, electronic mail, and names, numbers and dates
/// of birth behind their labels.
///
/// Patterns are written to catch too much rather than too little, and repeat within bounds, so that
/// no text makes them slow.
struct PersonalPatterns: Sendable {
  static let all = PersonalPatterns(
    forms.map { Pattern($0, group: 0) } + labels.map { Pattern($0, group: 1) })

  /// What a pattern hides: all of it, or what stands behind its label.
  private struct Pattern: Sendable {
    var expression: NSRegularExpression
    var group: Int

    init(_ pattern: String, group: Int) {
      // Patterns of our own: one that does not compile is our mistake.
      expression = try! NSRegularExpression(pattern: pattern, options: [.caseInsensitive])
      self.group = group
    }
  }

  private let patterns: [Pattern]

  private init(_ patterns: [Pattern]) { self.patterns = patterns }

  func places(in text: String) -> [Range<String.Index>] {
    let whole = NSRange(text.startIndex..., in: text)
    return patterns.flatMap { pattern in
      pattern.expression.matches(in: text, range: whole).compactMap { match in
        Range(match.range(at: pattern.group), in: text).flatMap { $0.isEmpty ? nil : $0 }
      }
    }
  }

  // MARK: By form

  private static let region =
    "(?:(?:서울|부산|대구|인천|광주|대전|울산|세종)(?:특별자치시|특별시|광역시|시)?"
    + "|(?:경기|강원|제주)(?:특별자치도|도)?|(?:충청|전라|경상)[남북]도|충[남북]|전[남북]|경[남북]|전북특별자치도)"

  private static let forms = [
    // 600115-2******, 000712-4675876, 0007124675876
    "(?<![0-9])[0-9]{6}\\s?[-–~]?\\s?[1-8*][0-9*]{6}(?![0-9])",
    // 010-6348-5766, (02) 592-9616, +82-10-6348-5766
    "(?<![0-9])(?:\\+82[-. ]?\\(?0?|\\(?0)[1-9][0-9]?\\)?[-. ]{0,2}[0-9]{3,4}[-. ][0-9]{4}(?![0-9])",
    "(?<![0-9])01[016-9][0-9]{7,8}(?![0-9])",
    "(?<![0-9])1[568][0-9]{2}-[0-9]{4}(?![0-9])",
    "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\\.[A-Za-z0-9-]{2,24}){1,3}",
    // 경상남도 진주시 안다미로 77, 101동 1203호
    "(?<![가-힣])\(region)(?:\\s{1,2}[가-힣0-9·.-]{1,20}(?:시|군|구|읍|면|동|리|가|로|길)){1,5}"
      + "(?:\\s{0,2}[0-9]{1,5}(?:-[0-9]{1,4})?)?(?:[ ,]{1,2}[0-9]{1,5}(?:동|호|층|번지|번길)){0,3}",
  ]

  // MARK: By label

  /// What parts a label from its value: a sign, or blanks.
  private static let gap = "(?:\"?\\s{0,3}[:：=]\\s{0,3}\"?|\\s{1,3})"
  private static let name =
    "((?:[가-힣]{2,5}|[가-힣](?: [가-힣]){1,3})(?![가-힣])|[A-Z][A-Za-z'.-]{1,20}(?: [A-Z][A-Za-z'.-]{0,20}){0,2})"

  private static let labels = [
    "(?:성\\s?명|환자\\s?명|환자\\s?이름|(?:의뢰|담당|주치|작성|집도|판독)의사?|검사자|기록자|확인자"
      + "|보고자|수진자|피보험자|Patient(?:'s)? name|Physician|Guardian)\(gap)\(name)",
    // Words that also begin a sentence: with a colon only.
    "(?:의사|환자|보호자|간호사|약사|이름|Name|Patient|Doctor)\"?\\s{0,2}[:：]\\s{0,3}\"?\(name)",
    "(?:주민\\s?등록\\s?번호|주민\\s?번호|외국인등록번호)\(gap)([0-9*][0-9*\\s-]{4,18}[0-9*])",
    "(?:전화\\s?번호|전화|연락처|휴대폰|휴대전화|핸드폰|팩스|Tel|Phone|Mobile|Fax)\\.?\(gap)"
      + "([0-9(+][0-9()\\s.-]{5,20}[0-9])",
    "(?:생년\\s?월일|생일|DOB|Date of birth|Birth date)\(gap)([0-9]{2,8}(?:[\\s.,/년월-]{1,3}[0-9]{1,4}){0,2}일?)",
    "(?:등록\\s?번호|환자\\s?번호|차트\\s?번호|병록\\s?번호|병력\\s?번호|면허\\s?번호|연\\s?번호|교부\\s?번호"
      + "|보험증\\s?번호|MRN|Patient ID|Chart No)\\.?\(gap)(?:제\\s{0,2})?([A-Z0-9][A-Z0-9-]{3,24})",
    // To the end of the line. 주소 is also 主訴, the chief complaint: an address has a street and a number.
    "주\\s?소\(gap)([^\\n\"]{2,40}?(?:로|길|동|읍|면|번지)\\s?[0-9][^\\n\"]{0,80})",
    "Address\(gap)([^\\n\"]{3,120})",
  ]
}
