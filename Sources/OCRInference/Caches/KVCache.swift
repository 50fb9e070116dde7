import CKernels

/// The keys and values of one sequence, all layers. A forward pass calls it so:
/// `admit` once, then for every layer `append` and `storage`, then `advance` once.
///
/// **Slots and positions are two things.** A slot is a place in memory: rows of a pass take slots
/// `length ..< length + n` in order, and attention sees all slots up to a row's own. A position is an angle. The
/// contiguous cache keeps everything, so slot i holds the prompt's row i. A cache that evicts breaks that tie, and it
/// alone knows how, so the decoder asks it at `admit` at which positions to turn the new queries and keys, and stores
/// keys turned:
/// - *recent only* and *keep small L2 norms* (a norm does not change when a key is turned) drop slots, close the gap
///   and leave `positions` as they are: what stays keeps its true distance.
/// - *StreamingLLM* counts positions inside the cache; `WindowCache` gets the same distances by turning the sinks.
/// Eviction happens in `admit` only, before a pass reads or writes: a pass sees one state.
public protocol KVCache: AnyObject, Sendable {
  var type: WeightType { get }
  /// Slots that attention sees now; of the layer that has most.
  var length: Int { get }
  /// Of one layer, where layers keep different numbers.
  func length(layer: Int) -> Int
  /// Slots it can hold.
  var capacity: Int { get }
  /// Bytes of address space, all of which a full cache uses.
  var byteCount: Int { get }
  /// Bytes of memory that were written to so far, at most: in whole blocks of the kernels' layout and whole pages.
  var touchedByteCount: Int { get }
  /// Bytes that it holds beside the slots: rows as they first came, and room to put rows together anew.
  var bufferByteCount: Int { get }

  /// Makes room for rows `rows` of a pass, and may change their positions.
  func admit(rows: Range<Int>, positions: inout [RotaryPosition])
  /// Writes keys and values [rows, kv_heads * head_dim] to the slots after `length`.
  func append(layer: Int, keys: FloatMatrix, values: FloatMatrix, rows: Range<Int>)
  /// The memory of one layer, for the attention kernel. Stays where it is as long as the cache lives.
  func storage(layer: Int) -> UnsafePointer<mb_kv>
  /// After the last layer: the appended rows count.
  func advance(by rows: Int)
  /// Takes over the first `count` slots of a cache of the same type and shape: a shared prefix. Empty before.
  func copyPrefix(_ count: Int, from other: any KVCache)
}

extension KVCache {
  public func length(layer: Int) -> Int { length }
  public var bufferByteCount: Int { 0 }
}
