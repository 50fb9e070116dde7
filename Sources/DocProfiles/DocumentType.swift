/// A kind of medical document, named as on the command line: `prescription`, `lab-result`.
///
/// Open on purpose: a profile file may add types, so this is a name and not an enumeration.
public struct DocumentType: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }

  public var description: String { rawValue }

  public static let prescription = DocumentType(rawValue: "prescription")
  public static let labResult = DocumentType(rawValue: "lab-result")
  public static let diagnosis = DocumentType(rawValue: "diagnosis")
  public static let dischargeSummary = DocumentType(rawValue: "discharge-summary")
  public static let medicalRecord = DocumentType(rawValue: "medical-record")
}
