import Foundation

/// Pictures of the worst pages as data URLs, as many as keep the report small enough to send by
/// mail: the worst page of every group first, then the second worst.
struct PagePictures {
  enum Picture {
    case embedded(dataURL: String)
    /// It would make the report too large.
    case leftOut
    case missing
  }

  /// Bytes of PNG; base64 makes a third more of it.
  static let budget = 10 << 20

  private var pictures: [String: Picture] = [:]

  /// `ranked` holds each group's file names, the worst page first.
  init(directory: String?, ranked: [[String]]) {
    guard let directory else { return }
    var left = Self.budget
    for rank in 0..<(ranked.map(\.count).max() ?? 0) {
      for names in ranked where rank < names.count {
        let path = directory + "/" + names[rank]
        pictures[names[rank]] = Self.picture(path, left: &left)
      }
    }
  }

  subscript(name: String) -> Picture { pictures[name] ?? .missing }

  private static func picture(_ path: String, left: inout Int) -> Picture {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular,
      let size = attributes[.size] as? Int
    else { return .missing }
    guard size <= left else { return .leftOut }
    guard let data = try? Data(contentsOf: URL(filePath: path)),
      data.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    else { return .missing }
    left -= data.count
    return .embedded(dataURL: "data:image/png;base64," + data.base64EncodedString())
  }
}
