import Boundary

/// Tokens by id and ids by token, keyed by bytes: Swift's `String` compares by canonical equivalence,
/// under which four distinct names of the Qwen2 vocabulary become two.
struct Vocabulary: Sendable {
  /// Ids lie below it; the largest published vocabularies have 262,144. It bounds the memory that one
  /// lying id can claim.
  static let limit = 1 << 22

  private struct Span {
    var start: UInt32
    var count: UInt32
    static let absent = Span(start: .max, count: 0)
  }

  /// Every token's UTF-8, one after another.
  private var text: [UInt8] = []
  private var spans: [Span] = []
  /// Open addressing; a slot holds 32 bits of the hash above, id + 1 below; 0 is free.
  private var slots = [UInt64](repeating: 0, count: 1 << 10)
  private let hash = SecretHash()
  private(set) var count = 0

  /// One more than the largest id.
  var idEnd: Int { spans.count }

  // MARK: Looking up

  func id(of token: UnsafeBufferPointer<UInt8>) -> Int32? {
    let tag = hash(token) >> 32
    let mask = slots.count - 1
    var index = Int(tag) & mask
    while slots[index] != 0 {
      if slots[index] >> 32 == tag {
        let id = Int(truncatingIfNeeded: slots[index] & 0xFFFF_FFFF) - 1
        if isToken(id, token) { return Int32(truncatingIfNeeded: id) }
      }
      index = (index + 1) & mask
    }
    return nil
  }

  func id(of token: some Sequence<UInt8>) -> Int32? {
    if let id = token.withContiguousStorageIfAvailable({ id(of: $0) }) { return id }
    return Array(token).withUnsafeBufferPointer { id(of: $0) }
  }

  /// nil where no token has the id.
  func bytes(of id: Int32) -> ArraySlice<UInt8>? {
    guard id >= 0, id < spans.count, spans[Int(id)].start != .max else { return nil }
    let span = spans[Int(id)]
    return text[Int(span.start)..<Int(span.start) + Int(span.count)]
  }

  private func isToken(_ id: Int, _ token: UnsafeBufferPointer<UInt8>) -> Bool {
    let span = spans[id]
    guard Int(span.count) == token.count else { return false }
    let start = Int(span.start)
    return text.withUnsafeBufferPointer { text in
      for index in 0..<token.count where text[start + index] != token[index] { return false }
      return true
    }
  }

  // MARK: Growing

  mutating func reserve(bytes: Int) { text.reserveCapacity(bytes) }

  /// Adds a token whose text `append` writes and whose id it returns.
  /// - Throws: what `append` throws; a defect where token or id are there already.
  mutating func add(
    in component: String,
    _ append: (inout [UInt8]) throws(TokenizerDefect) -> Int
  ) throws(TokenizerDefect) {
    let start = text.count
    let id = try append(&text)
    guard id < Self.limit else {
      throw .defective(component, "id \(id) is not below \(Self.limit)")
    }
    let known = text[start...].withUnsafeBufferPointer { self.id(of: $0) }
    if let known {
      let name = String(decoding: text[start...], as: UTF8.self).excerptOnOneLine
      throw .defective(component, "token '\(name)' has two ids, \(known) and \(id)")
    }
    if id >= spans.count {
      if id >= spans.capacity { spans.reserveCapacity(min(Self.limit, 2 * id + 1024)) }
      spans.append(contentsOf: repeatElement(.absent, count: id + 1 - spans.count))
    }
    guard spans[id].start == .max else {
      throw .defective(component, "id \(id) belongs to two tokens")
    }
    spans[id] = Span(start: UInt32(start), count: UInt32(text.count - start))
    insert(id, tag: text[start...].withUnsafeBufferPointer { hash($0) } >> 32)
  }

  private mutating func insert(_ id: Int, tag: UInt64) {
    count += 1
    if 2 * count > slots.count { grow() }
    Self.place(tag << 32 | UInt64(id + 1), in: &slots)
  }

  private mutating func grow() {
    var grown = [UInt64](repeating: 0, count: 2 * slots.count)
    for slot in slots where slot != 0 { Self.place(slot, in: &grown) }
    slots = grown
  }

  private static func place(_ slot: UInt64, in slots: inout [UInt64]) {
    let mask = slots.count - 1
    var index = Int(slot >> 32) & mask
    while slots[index] != 0 { index = (index + 1) & mask }
    slots[index] = slot
  }
}
