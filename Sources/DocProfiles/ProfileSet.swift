import Boundary

/// The document types that a command knows, in the order in which reports show them.
public struct ProfileSet: Sendable, Equatable {
  /// No two share a type or a Korean name.
  public let all: [DocumentProfile]

  public static let builtIn = ProfileSet(all: DocumentProfile.builtIn)

  init(all: [DocumentProfile]) { self.all = all }

  public var types: [DocumentType] { all.map(\.type) }

  public subscript(type: DocumentType) -> DocumentProfile? { all.first { $0.type == type } }

  /// The profile that a user named: `lab-result`, or `검사결과지` as the form says.
  public func profile(named name: String) throws(UnknownDocumentType) -> DocumentProfile {
    if let found = all.first(where: { $0.type.rawValue == name || $0.koreanName == name }) {
      return found
    }
    throw UnknownDocumentType(name: name, known: types.map(\.rawValue), nearest: nearest(to: name))
  }

  private func nearest(to name: String) -> String? {
    types.map(\.rawValue).nearest(to: name) ?? all.map(\.koreanName).nearest(to: name)
  }
}

/// A type that no profile describes.
public struct UnknownDocumentType: Error, Equatable, CustomStringConvertible {
  public let name: String
  public let known: [String]
  public let nearest: String?

  public var description: String {
    let mend = nearest.map { "did you mean \"\($0)\"?" } ?? "use one of:"
    return "unknown document type \"\(name.excerptOnOneLine)\"; \(mend) "
      + (nearest == nil
        ? known.joined(separator: ", ") : "(known: \(known.joined(separator: ", ")))")
  }
}
