/// What becomes of a checkpoint's matrices when they are loaded. Vectors are float32 always.
public enum WeightPolicy: Sendable, Hashable {
  case asStored
  /// Every matrix of two dimensions as q8_0 or q4_0, the embedding and the head as well: tied, they
  /// are a fifth of what a decode step reads. Convolutions stay as stored, for they see raw pixels
  /// and are read once an image, and so do the matrices of the canonical names in `keepWide`.
  case quantized(WeightType, keepWide: Set<String> = [])
  /// Every matrix of two dimensions rounded to the nearest of float32, float16 or bfloat16.
  case rounded(WeightType)
}
