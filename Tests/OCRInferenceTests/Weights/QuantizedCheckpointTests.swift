import Foundation
import OCRInference
import Testing

/// Quantised at load, and kept on disk for the next start.
@Suite struct QuantizedCheckpointTests {
  @Test(arguments: [(WeightType.q8, Float(1) / 254), (.q4, Float(1) / 8)])
  func matricesArePackedAndVectorsAreNot(type: WeightType, tolerance: Float) throws {
    try withCheckpoint { model, cache in
      let checkpoint = try Checkpoint(model, policy: .quantized(type), cache: cache)
      #expect(checkpoint.note == nil)
      for (name, rows, columns) in Self.matrices {
        let matrix = try checkpoint.matrix(name, shape: [rows, columns])
        #expect(matrix.type == type)
        for row in 0..<rows {
          let expected = Self.values(name, row: row, columns: columns)
          let largest = expected.map(abs).max()! * tolerance * 1.01
          for (value, wanted) in zip(matrix.values(row: row), expected) {
            #expect(abs(value - wanted) <= largest, "\(name) row \(row)")
          }
        }
      }
      #expect(try checkpoint.vector("norm.bias", count: 3) == [1, 2.125, 3])
      #expect(try checkpoint.matrix("patch_embed.weight", shape: [2, 2, 2]).type == .f32)
    }
  }

  @Test func aKeptWideMatrixStaysAsStored() throws {
    try withCheckpoint { model, cache in
      let policy = WeightPolicy.quantized(.q8, keepWide: ["lm_head.weight"])
      let checkpoint = try Checkpoint(model, policy: policy, cache: cache)
      #expect(try checkpoint.matrix("lm_head.weight", shape: [37, 64]).type == .f32)
      #expect(try checkpoint.matrix("up_proj.weight", shape: [5, 96]).type == .q8)
    }
  }

  // MARK: The cache

  /// A file that is written again is another file.
  @Test func theSecondStartReadsWhatTheFirstKept() throws {
    try withCheckpoint { model, cache in
      let first = try row(of: model, cache)
      let file = try #require(try files(cache).first)
      #expect(try files(cache).count == 1)
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(
        try FileManager.default.attributesOfItem(atPath: cache.path!)[.posixPermissions] as? Int
          == 0o700)
      let before = try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? Int
      #expect(try row(of: model, cache) == first)
      let after = try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? Int
      #expect(before == after)
    }
  }

  @Test(arguments: [
    "rotten", "swapped", "cut", "longer", "foreign", "other key", "empty", "shared",
  ])
  func aFileThatIsNotWhatWasKeptIsReplaced(harm: String) throws {
    try withCheckpoint { model, cache in
      let first = try row(of: model, cache)
      let file = try #require(try files(cache).first)
      let intact = try Data(contentsOf: URL(fileURLWithPath: file))
      switch harm {
      case "rotten": try overwrite(file, at: 4100, with: [intact[4100] ^ 1])
      // Words of one lane that changed places.
      case "swapped":
        try overwrite(file, at: 4096, with: Array(intact[4160..<4224]))
        try overwrite(file, at: 4160, with: Array(intact[4096..<4160]))
      case "cut": truncate(file, off_t(intact.count - 64))
      case "longer": truncate(file, off_t(intact.count + 64))
      case "foreign": try overwrite(file, at: 0, with: Array("GGUF".utf8))
      case "other key": try overwrite(file, at: 60, with: Array("zz".utf8))
      case "empty": truncate(file, 0)
      default: chmod(file, 0o666)
      }
      #expect(try row(of: model, cache) == first)
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == intact)
      #expect(try files(cache) == [file])
    }
  }

  @Test func anotherTypeAnotherChoiceAndAChangedWeightAreKeptApart() throws {
    try withCheckpoint { model, cache in
      let first = try row(of: model, cache)
      _ = try Checkpoint(model, policy: .quantized(.q4), cache: cache)
      _ = try Checkpoint(
        model, policy: .quantized(.q8, keepWide: ["lm_head.weight"]), cache: cache)
      #expect(try files(cache).count == 3)
      // The same size, header and time: only the bytes tell.
      let path = model.path(of: .weights)
      var before = stat()
      #expect(stat(path, &before) == 0)
      let end = try Data(contentsOf: URL(fileURLWithPath: path)).count
      try overwrite(path, at: end - 37 * 64 * 4, with: littleEndian(Float(9).bitPattern))
      #expect(utimensat(AT_FDCWD, path, [before.st_atim, before.st_mtim], 0) == 0)
      #expect(try row(of: model, cache) != first)
      #expect(try files(cache).count == 4)
    }
  }

  @Test func whereNothingCanBeKeptTheWeightsServeThisStart() throws {
    try withCheckpoint { model, cache in
      let first = try row(of: model, cache)
      let file = model.path(of: .weights)
      for path in [nil, file + "/weights"] {
        let checkpoint = try Checkpoint(
          model, policy: .quantized(.q8), cache: WeightCacheDirectory(path: path))
        #expect(try checkpoint.matrix("lm_head.weight", shape: [37, 64]).values(row: 0) == first)
        #expect(
          checkpoint.note?.hasPrefix("packed weights are not kept for the next start") == true)
      }
    }
  }

  @Test func manyAtOnceKeepOneFile() throws {
    try withCheckpoint { model, cache in
      let pools = (0..<4).map { _ in ThreadPool(threads: 1) }
      DispatchQueue.concurrentPerform(iterations: 4) { index in
        _ = try? Checkpoint(
          model, policy: .quantized(.q8), pool: pools[index], cache: cache)
      }
      let kept = try files(cache).count
      let row = try row(of: model, cache)
      #expect(kept == 1)
      #expect(row.contains { $0 != 0 })
    }
  }

  /// What a killed process left goes after a day; what another is writing stays.
  @Test func abandonedFilesAreRemoved() throws {
    try withCheckpoint { model, cache in
      try FileManager.default.createDirectory(
        atPath: cache.path!, withIntermediateDirectories: true)
      for name in ["old.mbq.1.2.tmp", "new.mbq.1.2.tmp"] {
        try Data([1]).write(to: URL(fileURLWithPath: cache.path! + "/" + name))
      }
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -90_000)],
        ofItemAtPath: cache.path! + "/old.mbq.1.2.tmp")
      _ = try row(of: model, cache)
      let names = try files(cache).filter { $0.hasSuffix(".tmp") }
      #expect(names == [cache.path! + "/new.mbq.1.2.tmp"])
    }
  }

  @Test(arguments: [
    (["MEDBENCH_CACHE": "/c", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/c/weights"),
    (["MEDBENCH_CACHE": "", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/medbench/weights"),
    (["HOME": "/h"], "/h/.cache/medbench/weights"),
    ([:], nil),
  ])
  func theEnvironmentSaysWhere(environment: [String: String], path: String?) {
    #expect(WeightCacheDirectory(environment: environment).path == path)
  }

  // MARK: Weights that are no numbers

  @Test(arguments: ["F32", "F16", "BF16"], [Float.nan, .infinity])
  func aMatrixThatIsNotFiniteIsNamed(type: String, value: Float) throws {
    var values = [Float](repeating: 1, count: 40 * 3)
    values[77] = value
    let bytes = safetensors([TestTensor("a", type, shape: [3, 40], values: values)])
    try withModel(["model.safetensors": bytes]) { model in
      let error = WeightError(
        path: model.path(of: .weights), problem: .notFinite(tensor: "a"))
      let cache = WeightCacheDirectory(path: model.path + "/cache")
      #expect(throws: error) { try Checkpoint(model, policy: .quantized(.q8), cache: cache) }
      let left = try files(cache)
      #expect(left.isEmpty)
      #expect(throws: error) { try Checkpoint(model).verifyFinite(ThreadPool(threads: 1)) }
    }
  }

  @Test func finiteWeightsPass() throws {
    try withCheckpoint { model, cache in
      try Checkpoint(model).verifyFinite(ThreadPool(threads: 1))
      try Checkpoint(model, policy: .quantized(.q8), cache: cache)
        .verifyFinite(ThreadPool(threads: 1))
    }
  }

  // MARK: A checkpoint

  private static let matrices = [("lm_head.weight", 37, 64), ("up_proj.weight", 5, 96)]

  private static func values(_ name: String, row: Int, columns: Int) -> [Float] {
    (0..<columns).map { Float(($0 * 31 + row * 17 + name.count) % 101) / 50 - 1 }
  }

  private func withCheckpoint(
    _ body: (ModelDirectory, WeightCacheDirectory) throws -> Void
  ) throws {
    let vectors = [
      TestTensor("norm.bias", shape: [3], values: [1, 2.125, 3]),
      TestTensor("patch_embed.weight", shape: [2, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8]),
    ]
    let matrices = Self.matrices.reversed().map { name, rows, columns in
      TestTensor(
        name, shape: [rows, columns],
        values: (0..<rows).flatMap { Self.values(name, row: $0, columns: columns) })
    }
    try withModel(["model.safetensors": safetensors(vectors + matrices)]) {
      try body($0, WeightCacheDirectory(path: $0.path + "/cache/weights"))
    }
  }

  private func row(of model: ModelDirectory, _ cache: WeightCacheDirectory) throws -> [Float] {
    let checkpoint = try Checkpoint(model, policy: .quantized(.q8), cache: cache)
    return try checkpoint.matrix("lm_head.weight", shape: [37, 64]).values(row: 0)
  }

  private func files(_ cache: WeightCacheDirectory) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: cache.path!).sorted().map {
      cache.path! + "/" + $0
    }
  }

  private func overwrite(_ path: String, at offset: Int, with bytes: [UInt8]) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: Data(bytes))
    try file.close()
  }
}
