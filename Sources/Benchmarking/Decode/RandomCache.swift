import OCRInference
import PageImaging

extension ContiguousCache {
  /// Fills slots up to `count` with seeded random keys and values: how deep a cache is costs time, not what it holds.
  func fillRandomly(upTo count: Int, shape: DecoderShape, seed: UInt64) {
    let width = shape.kvHeads * shape.headDimension
    let rows = 128
    var random = SeededRandom(seed: seed, "kv cache")
    let (keys, values) = (
      FloatMatrix(rows: rows, columns: width), FloatMatrix(rows: rows, columns: width)
    )
    for matrix in [keys, values] {
      for index in 0..<rows * width {
        matrix.pointer[index] = Float(random.uniform(-1...1))
      }
    }
    while length < count {
      let fresh = min(rows, count - length)
      for layer in 0..<shape.layers {
        append(layer: layer, keys: keys, values: values, rows: 0..<fresh)
      }
      advance(by: fresh)
    }
  }
}
