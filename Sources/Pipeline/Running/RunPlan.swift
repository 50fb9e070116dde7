import Datasets
import DocProfiles

/// What a run will read: a group for every document type and DPI, in the order asked for.
public struct RunPlan: Sendable {
  public struct Group: Sendable {
    public var profile: ProfileSnapshot
    public var dpi: Int
    public var documents: [DatasetDocument]

    public var pageCount: Int { documents.reduce(0) { $0 + $1.pages.count } }
  }

  public var groups: [Group]

  /// - Throws: `RunError.noDocuments` for a type of which the dataset has none.
  public init(configuration: RunConfiguration, dataset: Dataset) throws {
    groups = []
    for type in configuration.documentTypes {
      guard let profile = configuration.profiles.first(where: { $0.type == type }) else {
        throw RunError.noProfile(type)
      }
      var documents = dataset.documents(of: type)
      guard !documents.isEmpty else {
        throw RunError.noDocuments(type, dataset: configuration.dataset)
      }
      if let limit = configuration.limit { documents = Array(documents.prefix(limit)) }
      for dpi in configuration.dpis {
        groups.append(Group(profile: profile, dpi: dpi, documents: documents))
      }
    }
  }

  public var pageCount: Int { groups.reduce(0) { $0 + $1.pageCount } }
}
