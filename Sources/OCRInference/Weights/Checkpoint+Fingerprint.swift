import Boundary

extension Checkpoint {
  /// Eight hexadecimal digits that tell one model from the next wherever it lies: every file of the
  /// directory that decides what it reads, and of the weights the size, the header and 4 KiB at 64
  /// places of the data (a small file whole). Training changes nearly every weight, so samples tell;
  /// reading 7 GB at every start would not be worth a certainty.
  func fingerprint(_ directory: ModelDirectory) throws -> String {
    var checksum = Checksum(.sha256)
    for file in ModelDirectory.File.allCases where file != .weights {
      guard let path = directory.existing(file) else { continue }
      let bytes = try RegularFile.bytes(of: path, limit: Tokenizer.fileLimit)
      checksum.update(Array("\(file.rawValue) \(bytes.count)\n".utf8))
      checksum.update(bytes)
    }
    for file in weights.files { file.sample(into: &checksum) }
    return String(checksum.hexadecimal().prefix(8))
  }
}

extension SafetensorsFile {
  /// The file's size, its whole header and 4 KiB at 64 places of its data, ends included; a small
  /// file whole.
  func sample(into checksum: inout Checksum) {
    let bytes = mapped.bytes
    checksum.update(Array("\(bytes.count)\n".utf8))
    let sample = 4096
    let samples = 64
    guard bytes.count > sample * samples * 4 else { return checksum.update(bytes) }
    let header = tensors.map(\.bytes.lowerBound).min() ?? bytes.count
    checksum.update(UnsafeRawBufferPointer(rebasing: bytes[..<header]))
    for index in 0..<samples {
      let start = header + max(0, bytes.count - header - sample) * index / (samples - 1)
      checksum.update(
        UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + sample, bytes.count)]))
    }
  }
}
