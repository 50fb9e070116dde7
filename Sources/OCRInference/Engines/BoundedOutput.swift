/// All that a child has printed so far, up to `outputLimit`.
struct BoundedOutput {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ new: [UInt8]) throws(EngineFailure) {
    guard bytes.count + new.count <= outputLimit else { throw .overlongOutput() }
    bytes += new
  }
}
