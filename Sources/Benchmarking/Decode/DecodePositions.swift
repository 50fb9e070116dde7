/// The cache positions at which a decode step is timed: 1, 2, 4 … and the last.
public enum DecodePositions {
  /// - Parameters:
  ///   - maxCacheLength: slots of the cache.
  ///   - prefillLength: those kept free for a prompt; the last position is the difference.
  public static func positions(maxCacheLength: Int, prefillLength: Int) -> [Int] {
    let last = maxCacheLength - prefillLength
    guard last >= 1 else { return [] }
    let powers = sequence(first: 1) { $0 * 2 }.prefix { $0 < last }
    return Array(powers) + [last]
  }
}
