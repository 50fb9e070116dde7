import Foundation
import OCRInference

/// Reads what the machine spends while something runs.
public struct ResourceMeter: Sendable {
  private let energy: RAPLEnergy?
  private let gpu: GPUWatch?
  /// Whether what is measured runs programs, whose processor time is its own.
  public var countsChildren = false

  public init(energy: RAPLEnergy? = RAPLEnergy(), gpu: GPUWatch? = GPUWatch()) {
    self.energy = energy
    self.gpu = gpu
  }

  /// The high-water mark of memory begins anew.
  public func begin() -> ResourceTally {
    _ = PeakMemory.reset()
    return ResourceTally()
  }

  /// Adds what `work` spent.
  public func measure<Result: Sendable>(
    _ tally: inout ResourceTally, _ work: () async throws -> Result
  ) async rethrows -> Result {
    let watch = Stopwatch.Running()
    let processor = ProcessorTime.now
    let first = energy?.reading()
    let samples = gpu?.begin()
    defer { samples?.cancel() }
    let result = try await work()
    let seconds = watch.milliseconds / 1000
    if let energy, let first, let last = energy.reading() {
      tally.processorJoules = (tally.processorJoules ?? 0) + energy.joules(from: first, to: last)
    }
    tally.seconds += seconds
    tally.processorSeconds += ProcessorTime.now.seconds(
      since: processor, countingChildren: countsChildren)
    samples?.cancel()
    if let seen = await samples?.value, let mean = seen.map(\.watts).mean {
      tally.gpuJoules = (tally.gpuJoules ?? 0) + mean * seconds
      tally.gpuBytes = max(tally.gpuBytes ?? 0, seen.map(\.memoryBytes).max() ?? 0)
    }
    tally.peakBytes = max(tally.peakBytes, MemoryMark.peak)
    return result
  }
}

/// What was spent on a row's measurements, without what lay between them.
public struct ResourceTally: Sendable, Equatable {
  public var seconds = 0.0
  public var processorSeconds = 0.0
  public var peakBytes = 0
  /// nil where no counter could be read.
  public var processorJoules: Double?
  public var gpuJoules: Double?
  public var gpuBytes: Int?

  public init() {}

  /// Another measurement's, made before or after.
  static func += (sum: inout ResourceTally, other: ResourceTally) {
    func added(_ a: Double?, _ b: Double?) -> Double? { a.map { $0 + (b ?? 0) } ?? b }
    sum.seconds += other.seconds
    sum.processorSeconds += other.processorSeconds
    sum.peakBytes = max(sum.peakBytes, other.peakBytes)
    sum.processorJoules = added(sum.processorJoules, other.processorJoules)
    sum.gpuJoules = added(sum.gpuJoules, other.gpuJoules)
    sum.gpuBytes = [sum.gpuBytes, other.gpuBytes].compactMap(\.self).max()
  }
}

/// What a row took of the machine, as reports have it. What could not be read is absent, never 0.
public struct ResourceUse: Codable, Sendable, Equatable {
  /// Share of all processors' time.
  public var processorShare: Double
  /// VmHWM of medbench.
  public var peakGiB: Double
  /// Of the largest program that an engine ran; absent where none did.
  public var childPeakGiB: Double?
  public var gpuGiB: Double?
  public var watts: Double?
  public var powerSource: String
  public var joulesPerRequest: Double?

  public static let unavailable = "not available"

  enum CodingKeys: String, CodingKey {
    case processorShare = "cpu_utilization"
    case peakGiB = "peak_memory_gb"
    case childPeakGiB = "peak_engine_memory_gb"
    case gpuGiB = "gpu_memory_gb"
    case watts = "power_watts"
    case powerSource = "power_source"
    case joulesPerRequest = "joules_per_request"
  }

  /// - Parameter requests: those that were served.
  public init(
    _ tally: ResourceTally, requests: Int,
    processors: Int = ProcessInfo.processInfo.activeProcessorCount,
    childPeak: UInt64 = PeakMemory.ofLargestChild
  ) {
    func gibibytes(_ bytes: Int) -> Double { Double(bytes) / Double(1 << 30) }
    processorShare =
      tally.seconds > 0 ? tally.processorSeconds / (tally.seconds * Double(processors)) : 0
    peakGiB = gibibytes(tally.peakBytes)
    childPeakGiB = childPeak > 0 ? gibibytes(Int(childPeak)) : nil
    gpuGiB = tally.gpuBytes.map(gibibytes)
    let parts = [("RAPL", tally.processorJoules), ("nvidia-smi", tally.gpuJoules)]
      .compactMap { name, joules in joules.map { (name, $0) } }
    powerSource = parts.isEmpty ? Self.unavailable : parts.map(\.0).joined(separator: " + ")
    guard !parts.isEmpty, tally.seconds > 0 else { return }
    let joules = parts.reduce(0) { $0 + $1.1 }
    watts = joules / tally.seconds
    joulesPerRequest = requests > 0 ? joules / Double(requests) : nil
  }
}

extension [Double] {
  /// nil for no values.
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
