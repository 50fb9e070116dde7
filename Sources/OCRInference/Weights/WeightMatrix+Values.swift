extension WeightMatrix {
  /// One row as float32, quantised or not.
  public func values(row index: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: columns) { buffer, count in
      if columns > 0 { copyRow(index, to: buffer.baseAddress!) }
      count = columns
    }
  }
}
