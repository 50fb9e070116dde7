import Foundation

/// A picture that the report embeds once and both languages show.
struct PageShot {
  /// `picture-3`
  var shotID: String
  var shotWidth: String
  var shotHeight: String
  /// base64 of our own making, and so the one value the templates do not escape.
  var shotData: String
}

/// Pictures as data URLs, as many as keep the report small enough to send by mail: critical errors
/// first, then the worst page of every group, then the second worst.
struct PagePictures {
  enum Picture {
    case embedded(PageShot)
    /// It would make the report too large.
    case leftOut
    case missing
  }

  /// Bytes of PNG; base64 makes a third more of it.
  static let budget = 10 << 20

  private var pictures: [String: Picture] = [:]
  /// What was embedded, in order.
  private(set) var shots: [PageShot] = []

  /// - Parameters:
  ///   - first: file names that go before all others.
  ///   - ranked: each group's file names, the worst page first.
  init(directory: String?, first: [String], ranked: [[String]]) {
    guard let directory else { return }
    var left = Self.budget
    var names = first
    for rank in 0..<(ranked.map(\.count).max() ?? 0) {
      names += ranked.compactMap { rank < $0.count ? $0[rank] : nil }
    }
    for name in names where pictures[name] == nil {
      add(name, in: directory, left: &left)
    }
  }

  subscript(name: String) -> Picture { pictures[name] ?? .missing }

  private mutating func add(_ name: String, in directory: String, left: inout Int) {
    let path = directory + "/" + name
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular,
      let size = attributes[.size] as? Int
    else {
      pictures[name] = .missing
      return
    }
    guard size <= left else {
      pictures[name] = .leftOut
      return
    }
    guard let data = try? Data(contentsOf: URL(filePath: path)),
      let (width, height) = Self.size(data)
    else {
      pictures[name] = .missing
      return
    }
    left -= data.count
    let shot = PageShot(
      shotID: "picture-\(shots.count + 1)", shotWidth: "\(width)", shotHeight: "\(height)",
      shotData: "data:image/png;base64," + data.base64EncodedString())
    shots.append(shot)
    pictures[name] = .embedded(shot)
  }

  /// The width and height of a PNG, by its header; nil for what is none.
  private static func size(_ data: Data) -> (UInt32, UInt32)? {
    let header: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let bytes = [UInt8](data.prefix(24))
    guard bytes.count == 24, bytes.starts(with: header) else { return nil }
    let (width, height) = (bytes[16..<20], bytes[20..<24])
    func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
    guard number(width) > 0, number(height) > 0 else { return nil }
    return (number(width), number(height))
  }
}
