import Foundation
import OCRInference

/// What NVIDIA's own tool says of all GPUs, asked twice a second.
public struct GPUWatch: Sendable {
  public struct Sample: Sendable, Equatable {
    public var watts: Double
    public var memoryBytes: Int
  }

  private let program: String

  /// nil where `nvidia-smi` is not in PATH.
  public init?() {
    guard let found = ProgramPath.find("nvidia-smi") else { return nil }
    program = found
  }

  /// - Parameter output: a line a GPU, `watts, mebibytes`; a GPU that does not say what it draws is left out.
  public static func sample(_ output: String) -> Sample? {
    let rows = output.split(separator: "\n").compactMap { line -> Sample? in
      let cells = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 2, let watts = Double(cells[0]), let memory = Int(cells[1]) else {
        return nil
      }
      return Sample(watts: watts, memoryBytes: memory << 20)
    }
    guard !rows.isEmpty else { return nil }
    return rows.reduce(Sample(watts: 0, memoryBytes: 0)) {
      Sample(watts: $0.watts + $1.watts, memoryBytes: $0.memoryBytes + $1.memoryBytes)
    }
  }

  /// Samples until cancelled, at least one where the tool answers.
  func begin() -> Task<[Sample], Never> {
    Task.detached {
      var samples: [Sample] = []
      repeat {
        guard let sample = ask() else { break }
        samples.append(sample)
        try? await Task.sleep(for: .milliseconds(500))
      } while !Task.isCancelled
      return samples
    }
  }

  private func ask() -> Sample? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = ["--query-gpu=power.draw,memory.used", "--format=csv,noheader,nounits"]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0
      ? Self.sample(String(decoding: output, as: UTF8.self)) : nil
  }
}
