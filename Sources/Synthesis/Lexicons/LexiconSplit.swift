import PageImaging

/// An entry that belongs to `train` and `test` or, one in five, to `test` alone.
public protocol LexiconEntry: Sendable, Equatable {
  /// What decides the split; entries of one key (forms of one ingredient) go together.
  var splitKey: String { get }
  /// The class or panel the entry is drawn with.
  var group: String { get }
}

/// A word list split once and for all by a hash of each entry's key.
///
/// `train` draws from the four shared fifths only. `test` draws from the whole list, each draw
/// with even odds from the held-out fifth and from the rest, so that a dataset of fifty documents
/// shows enough held-out words to judge by. Where a group holds entries of one kind only, all
/// draws come from those.
public struct Lexicon<Entry: LexiconEntry>: Sendable {
  public let name: String
  public let all: [Entry]
  private let held: Set<String>
  private let groups: [String: [Entry]]

  /// - Parameter salt: chosen once so that about a fifth is held out and every group keeps a
  ///   shared entry. Changing it would move words from one side to the other: never do.
  init(name: String, salt: UInt64, _ all: [Entry]) {
    self.name = name
    self.all = all
    held = Set(all.map(\.splitKey).filter { Self.isHeldOut($0, name: name, salt: salt) })
    groups = Dictionary(grouping: all, by: \.group)
  }

  static func isHeldOut(_ key: String, name: String, salt: UInt64) -> Bool {
    var random = SeededRandom(seed: salt, name, key)
    return random.next() % 5 == 0
  }

  public func isHeldOut(_ entry: Entry) -> Bool { held.contains(entry.splitKey) }

  /// Every entry that a document of `split` may show, in the table's order.
  public func entries(for split: Split) -> [Entry] {
    split == .test ? all : all.filter { !isHeldOut($0) }
  }

  public func entries(in group: String, for split: Split) -> [Entry] {
    let entries = groups[group] ?? []
    return split == .test ? entries : entries.filter { !isHeldOut($0) }
  }

  /// An entry of `group` (of any, if nil) that `isAllowed`; nil if there is none.
  func draw(
    _ group: String? = nil, for split: Split, random: inout SeededRandom,
    where isAllowed: (Entry) -> Bool = { _ in true }
  ) -> Entry? {
    let pool = (group.map { entries(in: $0, for: split) } ?? entries(for: split)).filter(isAllowed)
    let heldOut = pool.filter { isHeldOut($0) }
    let shared = pool.filter { !isHeldOut($0) }
    if heldOut.isEmpty { return shared.randomElement(using: &random) }
    if shared.isEmpty { return heldOut.randomElement(using: &random) }
    return (random.chance(0.5) ? heldOut : shared).randomElement(using: &random)
  }
}
