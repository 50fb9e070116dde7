/// Where a token stands for its rotary embedding: in time, down and across a page (M-RoPE). Text has the same
/// number in all three.
public struct RotaryPosition: Sendable, Equatable {
  public var t: Int32
  public var h: Int32
  public var w: Int32

  public init(t: Int32, h: Int32, w: Int32) {
    self.t = t
    self.h = h
    self.w = w
  }

  public init(_ position: Int32) {
    self.init(t: position, h: position, w: position)
  }
}
