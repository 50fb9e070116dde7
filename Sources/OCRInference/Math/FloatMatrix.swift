import CKernels

/// Activations: float32 rows, 64-byte aligned, not initialised. A reference, so that layers write
/// into one another's buffers without copies.
public final class FloatMatrix: @unchecked Sendable {
  public let rows: Int
  public let columns: Int
  public let pointer: UnsafeMutablePointer<Float>
  /// Whose memory it is; nil where its own.
  private let owner: FloatMatrix?

  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0)
    self.rows = rows
    self.columns = columns
    let bytes = max(1, rows * columns) * MemoryLayout<Float>.stride
    pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Float.self, capacity: max(1, rows * columns))
    owner = nil
  }

  private init(rows: Int, columns: Int, pointer: UnsafeMutablePointer<Float>, owner: FloatMatrix) {
    self.rows = rows
    self.columns = columns
    self.pointer = pointer
    self.owner = owner
  }

  deinit { if owner == nil { UnsafeMutableRawPointer(pointer).deallocate() } }

  /// Some of its rows, in place.
  func slice(_ rows: Range<Int>) -> FloatMatrix {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= self.rows)
    return FloatMatrix(
      rows: rows.count, columns: columns, pointer: pointer + rows.lowerBound * columns,
      owner: self)
  }

  /// Some of its numbers as a matrix of their own, in place.
  func view(from offset: Int, rows: Int, columns: Int) -> FloatMatrix {
    precondition(offset >= 0 && offset + rows * columns <= self.rows * self.columns)
    return FloatMatrix(rows: rows, columns: columns, pointer: pointer + offset, owner: self)
  }

  /// The same numbers as rows of another width, in place.
  func reshaped(columns: Int) -> FloatMatrix {
    precondition(columns > 0 && rows * self.columns % columns == 0)
    return FloatMatrix(
      rows: rows * self.columns / columns, columns: columns, pointer: pointer, owner: self)
  }

  /// Start of a row.
  public func row(_ index: Int) -> UnsafeMutablePointer<Float> {
    precondition(index >= 0 && index < max(1, rows))
    return pointer + index * columns
  }

  /// A copy of one row, for tests and sampling.
  public func values(row index: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: row(index), count: columns))
  }

  public var byteCount: Int { rows * columns * MemoryLayout<Float>.stride }
}
