import Foundation

/// Two-dimensional rotary positions of patches (`rot_pos_emb`): of head_dim/2 frequencies the first half turns by
/// the patch's row, the second by its column.
package struct VisionRotary: Sendable {
  let cosines: FloatMatrix
  let sines: FloatMatrix

  /// - Parameter patches: row and column of each patch, in the order of computation.
  init(patches: [(row: Int, column: Int)], headDimension: Int, theta: Double = 10_000) {
    let quarter = headDimension / 4
    let frequencies = (0..<quarter).map {
      Float(pow(theta, -Double(4 * $0) / Double(headDimension)))
    }
    cosines = FloatMatrix(rows: patches.count, columns: 2 * quarter)
    sines = FloatMatrix(rows: patches.count, columns: 2 * quarter)
    // Rows and columns are few: each angle is computed once, not once a patch.
    let side = (patches.map { max($0.row, $0.column) }.max() ?? 0) + 1
    let table = (0..<side).map { position in
      frequencies.map { (cos($0 * Float(position)), sin($0 * Float(position))) }
    }
    for (index, patch) in patches.enumerated() {
      let (cosine, sine) = (cosines.row(index), sines.row(index))
      for i in 0..<quarter {
        (cosine[i], sine[i]) = table[patch.row][i]
        (cosine[quarter + i], sine[quarter + i]) = table[patch.column][i]
      }
    }
  }
}
