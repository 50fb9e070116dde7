/// The order in which Qwen2.5-VL's tower computes image tokens, so that each attention window is a run of
/// rows: `get_window_index` of transformers' `modeling_qwen2_5_vl.py`.
package struct WindowOrder: Equatable {
  /// `order[i]` is the token (in raster order of the merged grid) that stands at place i.
  package let order: [Int]
  /// Where windows begin, in patches, and the end: [windows + 1], first 0.
  package let bounds: [Int32]

  /// - Parameters:
  ///   - window: tokens a side of a full window; those at the right and lower edge may be smaller.
  ///   - unit: patches a token.
  package init(grid: ImageTokens.Grid, mergeSize: Int, window: Int, unit: Int) {
    let (height, width) = (grid.h / mergeSize, grid.w / mergeSize)
    var order: [Int] = []
    var bounds: [Int32] = [0]
    order.reserveCapacity(height * width)
    for top in stride(from: 0, to: height, by: window) {
      for left in stride(from: 0, to: width, by: window) {
        for y in top..<min(top + window, height) {
          for x in left..<min(left + window, width) { order.append(y * width + x) }
        }
        bounds.append(Int32(order.count * unit))
      }
    }
    self.order = order
    self.bounds = bounds
  }
}
