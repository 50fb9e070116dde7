/// A fictional patient, every string as drawn on the page.
public struct PatientContent: Sendable, Equatable {
  public var name: String
  /// `남` or `여`.
  public var sex: String
  /// Full years on the document's date.
  public var age: Int
  /// `1985-01-01`
  public var birthDate: String
  /// `850101-1******` or in full with a check digit: `850101-1234565`.
  public var residentNumber: String
  /// The hospital's own number of the patient: `20481937`.
  public var chartNumber: String
  /// `010-1234-5678`
  public var phone: String
  public var address: String

  public init(
    name: String, sex: String, age: Int, birthDate: String, residentNumber: String,
    chartNumber: String, phone: String, address: String
  ) {
    self.name = name
    self.sex = sex
    self.age = age
    self.birthDate = birthDate
    self.residentNumber = residentNumber
    self.chartNumber = chartNumber
    self.phone = phone
    self.address = address
  }
}

/// The signing physician.
public struct PhysicianContent: Sendable, Equatable {
  public var name: String
  /// Five or six digits, as 면허번호 is written: `84213`.
  public var licenceNumber: String
  /// `순환기내과`
  public var department: String

  public init(name: String, licenceNumber: String, department: String) {
    self.name = name
    self.licenceNumber = licenceNumber
    self.department = department
  }
}

/// The issuing hospital.
public struct HospitalContent: Sendable, Equatable {
  public var name: String
  public var address: String
  /// `02-1234-5678`
  public var phone: String
  /// 요양기관기호, eight digits.
  public var institutionNumber: String

  public init(name: String, address: String, phone: String, institutionNumber: String) {
    self.name = name
    self.address = address
    self.phone = phone
    self.institutionNumber = institutionNumber
  }
}

/// A diagnosis as written, with its KCD code.
public struct DiagnosisEntry: Sendable, Equatable {
  public var name: String
  /// KCD, which extends ICD-10: `I10`, `E11.9`, `S72.00`.
  public var code: String
  /// 주상병 rather than 부상병.
  public var isPrincipal: Bool

  public init(name: String, code: String, isPrincipal: Bool) {
    self.name = name
    self.code = code
    self.isPrincipal = isPrincipal
  }
}
