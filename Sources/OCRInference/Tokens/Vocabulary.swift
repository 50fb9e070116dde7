import Boundary
import Glibc

/// Tokens by id and ids by token, keyed by bytes: Swift's `String` compares by canonical equivalence,
/// under which four distinct names of the Qwen2 vocabulary become two.
struct Vocabulary: Sendable {
  /// Ids lie below it; the largest published vocabularies have 262,144. It bounds the memory that one
  /// lying id can claim.
  static let limit = 1 << 22

  /// Bytes of one token; published ones stay below 2,000. A longer one would let a short answer fill
  /// the memory.
  static let longestToken = 1 << 14

  private struct Span {
    var start: UInt32
    var count: UInt32
    static let absent = Span(start: .max, count: 0)
  }

  /// With a copy of the span: one miss of the processor's cache less.
  private struct Slot {
    var tag: UInt32
    var id: Int32
    var span: Span
    static let free = Slot(tag: 0, id: -1, span: .absent)
  }

  /// Every token's UTF-8, one after another.
  private var text: [UInt8] = []
  private var spans: [Span] = []
  /// Open addressing.
  private var slots = [Slot](repeating: .free, count: 1 << 10)
  private let hash = SecretHash()
  private(set) var count = 0

  /// One more than the largest id.
  var idEnd: Int { spans.count }

  // MARK: Looking up

  func id(of token: UnsafeBufferPointer<UInt8>) -> Int32? {
    let tag = tag(of: token)
    let mask = slots.count - 1
    var index = Int(tag) & mask
    while slots[index].id >= 0 {
      if slots[index].tag == tag, isToken(slots[index].span, token) { return slots[index].id }
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

  private func tag(of token: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: hash(token) >> 32)
  }

  private func isToken(_ span: Span, _ token: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(span.count) == token.count else { return false }
    return text.withUnsafeBufferPointer { text in
      token.isEmpty
        || memcmp(text.baseAddress! + Int(span.start), token.baseAddress!, token.count) == 0
    }
  }

  // MARK: Growing

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
    guard text.count - start <= Self.longestToken else {
      throw .defective(component, "token \(id) has more than \(Self.longestToken) bytes")
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
    let tag = text[start...].withUnsafeBufferPointer { self.tag(of: $0) }
    count += 1
    if 2 * count > slots.count { grow() }
    Self.place(Slot(tag: tag, id: Int32(id), span: spans[id]), in: &slots)
  }

  private mutating func grow() {
    var grown = [Slot](repeating: .free, count: 2 * slots.count)
    for slot in slots where slot.id >= 0 { Self.place(slot, in: &grown) }
    slots = grown
  }

  private static func place(_ slot: Slot, in slots: inout [Slot]) {
    let mask = slots.count - 1
    var index = Int(slot.tag) & mask
    while slots[index].id >= 0 { index = (index + 1) & mask }
    slots[index] = slot
  }
}
