import Boundary
import Datasets
import DocProfiles
import Drawing
import Foundation
import PageImaging
import Synchronization

/// Writes a dataset of fictional documents: `TYPE/ID-PAGE.png` and `TYPE.jsonl`.
public struct DatasetGenerator: Sendable {
  public var types: [DocumentType]
  /// Documents a type.
  public var count: Int
  public var split: Split
  public var seed: UInt64
  /// Whether the truth says where every character stands (`LineTruth.runs`).
  public var extents: Bool
  /// What print is set in: `FontFamily.print`, or `.unseen` to see how a reader fares with it.
  public var printFamilies: [FontFamily]
  /// Whether doses, frequencies and values are such as no habit would guess.
  public var counterfactual: Bool

  /// Every type that can be drawn, in the order of the profiles.
  public static let drawableTypes = DocumentDrawing.all.map(\.type)

  public init(
    types: [DocumentType] = drawableTypes, count: Int, split: Split, seed: UInt64,
    extents: Bool = false, printFamilies: [FontFamily] = FontFamily.print,
    counterfactual: Bool = false
  ) {
    self.types = types
    self.count = count
    self.split = split
    self.seed = seed
    self.extents = extents
    self.printFamilies = printFamilies
    self.counterfactual = counterfactual
  }

  /// Writes the whole dataset, or nothing: it grows beside `directory` and takes its name at last.
  ///
  /// - Parameters:
  ///   - directory: new or empty.
  ///   - workers: threads; the bytes do not depend on it.
  ///   - progress: documents done and in all, from any of the threads, one call at a time.
  /// - Throws: `GenerationError`, `MissingFont`, `FileWriteError`.
  public func write(
    to directory: String, workers: Int = 2, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws {
    for type in types where DocumentDrawing.of(type) == nil {
      throw GenerationError.noDrawing(type)
    }
    for type in types where counterfactual && DocumentDrawing.of(type)?.hasCounterfactuals != true {
      throw GenerationError.noFigures(type)
    }
    let staging = try StagedDirectory(for: directory)
    do {
      for type in types { try staging.makeDirectory(type.rawValue) }
      let documents = try draw(into: staging, workers: workers, progress)
      for (index, type) in types.enumerated() {
        let lines = documents[index * count..<(index + 1) * count]
        try AtomicFile.write(Self.jsonLines(lines), to: staging.path("\(type.rawValue).jsonl"))
      }
      try staging.publish()
    } catch {
      staging.discard()
      throw error
    }
  }

  private struct Drawn {
    var next = 0
    var done = 0
    var documents: [DatasetDocument?]
    var failure: (any Error)?

    /// The next document's place; nil when none is left or one has failed.
    mutating func claim() -> Int? {
      guard failure == nil, next < documents.count else { return nil }
      defer { next += 1 }
      return next
    }
  }

  private func draw(
    into staging: StagedDirectory, workers: Int, _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> [DatasetDocument] {
    let total = types.count * count
    let state = Mutex(Drawn(documents: Array(repeating: nil, count: total)))
    DispatchQueue.concurrentPerform(iterations: max(1, min(workers, total))) { _ in
      do {
        let typesetter = try Typesetter(printFamilies: printFamilies)
        while let job = state.withLock({ $0.claim() }) {
          let document = try write(job, staging, typesetter)
          state.withLock {
            $0.documents[job] = document
            $0.done += 1
            progress($0.done, total)
          }
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
    return try state.withLock { drawn in
      if let failure = drawn.failure { throw failure }
      return drawn.documents.compactMap { $0 }
    }
  }

  private func write(
    _ job: Int, _ staging: StagedDirectory, _ typesetter: Typesetter
  ) throws -> DatasetDocument {
    let document = try GeneratedDocument.draw(
      types[job / count], number: job % count + 1, split: split, seed: seed, typesetter: typesetter,
      extents: extents, counterfactual: counterfactual)
    for (page, bytes) in zip(document.truth.pages, document.images) {
      try AtomicFile.write(bytes, to: staging.path(page.image))
    }
    return document.truth
  }

  static func jsonLines(_ documents: some Sequence<DatasetDocument>) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var data = Data()
    for document in documents {
      data.append(try encoder.encode(document))
      data.append(UInt8(ascii: "\n"))
    }
    return data
  }
}
