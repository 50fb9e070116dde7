/// What some of a profile's operations took, moved and computed together.
public protocol ProfiledWork {
  var calls: Int { get set }
  var milliseconds: Double { get set }
  /// Milliseconds in which a thread waited for the others, summed over threads and divided by them.
  var waiting: Double { get set }
  var bytes: Double { get set }
  var flops: Double { get set }
}

extension ProfiledWork {
  /// Without the waiting.
  public var ownMilliseconds: Double { milliseconds - waiting }
  public var gigabytesPerSecond: Double { bytes / milliseconds / 1e6 }
  public var gigaflopsPerSecond: Double { flops / milliseconds / 1e6 }

  mutating func add(_ slice: Profile.Slice, waiting: Double) {
    calls += 1
    milliseconds += Double(slice.end - slice.start) / 1e6
    bytes += slice.bytes
    flops += slice.flops
    self.waiting += waiting
  }
}
