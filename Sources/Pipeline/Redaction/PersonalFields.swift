import Datasets
import DocProfiles

/// Which fields of ground truth are about someone: people by their kind, the rest by their key, for
/// no kind says that a text is an address.
enum PersonalFields {
  private static let stems = [
    "address", "phone", "mobile", "contact_number", "fax", "email", "birth", "resident", "rrn",
    "ssn", "mrn", "patient_id", "patient_number", "registration", "chart_number", "license",
    "guardian", "patient_name", "physician", "doctor", "환자명", "성명", "주민", "전화", "연락처", "생년월일",
    "등록번호",
  ]

  static func contains(key: String, kind: FieldKind?) -> Bool {
    if kind == .person { return true }
    let key = key.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
    return stems.contains { String(key).contains($0) }
  }
}

extension DatasetDocument {
  /// Code points of a page's transcript that its personal fields take.
  func personalSpans(page index: Int) -> [Range<Int>] {
    fields.filter {
      $0.page == index && $0.start < $0.end && PersonalFields.contains(key: $0.name, kind: $0.kind)
    }.map { $0.start..<$0.end }
  }

  /// The values of its personal fields.
  var personalText: PersonalText {
    PersonalText(
      fields.filter { PersonalFields.contains(key: $0.name, kind: $0.kind) }.map(\.value))
  }

  /// How a record calls it: by its id, or where that holds a personal value, by a name that does not.
  func recordID(isRedacted: Bool) -> String {
    isRedacted ? personalText.name(id) : id
  }
}
