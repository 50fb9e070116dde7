/// A hash with a key drawn for each table, so that a file cannot be written whose names all collide.
///
/// The folded product of wyhash (Wang Yi): a few cycles for a pair of ids, where `Hasher` takes twenty
/// nanoseconds; merging looks up a pair for every byte of text.
struct SecretHash: Sendable {
  private let key0 = UInt64.random(in: .min ... .max)
  private let key1 = UInt64.random(in: .min ... .max) | 1

  func callAsFunction(_ word: UInt64) -> UInt64 {
    let product = (word ^ key0).multipliedFullWidth(by: key1)
    return product.high ^ product.low
  }

  func callAsFunction(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = UInt64(bytes.count)
    var offset = 0
    while offset + 8 <= raw.count {
      hash = self(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < raw.count {
      rest = rest << 8 | UInt64(raw[offset])
      offset += 1
    }
    return self(hash ^ rest)
  }
}
