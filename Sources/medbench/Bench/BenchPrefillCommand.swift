import ArgumentParser
import Benchmarking
import Foundation
import OCRInference

/// `medbench bench prefill`: how fast a prompt is evaluated, chunk by chunk.
struct BenchPrefillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prefill",
    abstract: "Time the evaluation of a prompt, chunk by chunk.",
    discussion: """
      A prompt is cut into chunks of --n-batch tokens, each computed in passes of --n-ubatch rows. With \
      --merge-small-tail on a last chunk that is not full joins the one before it; both does the two and says what it \
      gains.

      Examples:
        medbench bench prefill
        medbench bench prefill --model preset:qwen2.5-0.5b --prompt-tokens 327 --n-batch 128 --n-ubatch 128
        medbench bench prefill --merge-small-tail both --json prefill.json
      """)

  enum Merging: String, CaseIterable, ExpressibleByArgument {
    case on, off, both

    var choices: [Bool] { self == .both ? [false, true] : [self == .on] }
  }

  @OptionGroup var modelOptions: BenchModelOptions

  @Option(help: "Tokens of the prompt, drawn at random.")
  var promptTokens = 327

  @Option(help: "Slots of the KV cache.")
  var nCtx = 512

  @Option(help: "Tokens of a chunk.")
  var nBatch = 128

  @Option(help: "Rows of a forward pass.")
  var nUbatch = 16

  @Option(help: "How keys and values are kept: f32, f16, bf16, q8_0 or q4_0.")
  var cacheType = WeightType.f16

  @Option(help: "on, off or both.")
  var mergeSmallTail = Merging.off

  @Option(help: "Timings of the whole prompt, beside one that warms up.")
  var repeats = 3

  @Option(help: "The wish, milliseconds a token: LEAST,MOST.")
  var target = "20,50"

  @Option(help: "Write the reports to this JSON file.")
  var json: String?

  func validate() throws {
    for (flag, value, most) in [
      ("--prompt-tokens", promptTokens, 1 << 24), ("--n-ctx", nCtx, 1 << 24),
      ("--n-batch", nBatch, 1 << 20), ("--n-ubatch", nUbatch, 1 << 16),
      ("--repeats", repeats, 1000),
    ] where !(1...most).contains(value) {
      throw ValidationError("\(flag) \(value): from 1 to \(most).")
    }
    guard promptTokens <= nCtx else {
      throw ValidationError(
        "--prompt-tokens \(promptTokens): at most --n-ctx, \(nCtx).")
    }
    _ = try wish()
  }

  private func wish() throws -> PrefillTarget {
    let ends = target.split(separator: ",").map { Double($0) }
    guard ends.count == 2, let least = ends[0], let most = ends[1], least > 0, least <= most,
      most.isFinite
    else { throw ValidationError("--target \(target): LEAST,MOST in ms/token, as 20,50.") }
    return PrefillTarget(least: least, most: most)
  }

  func run() async throws {
    let model = try await modelOptions.load()
    let context = model.decoder.shape.contextLength
    guard nCtx <= context else {
      throw ValidationError("--n-ctx \(nCtx): \(model.name) has a context of \(context) positions.")
    }
    let reports = try await Interruptible.run { isCancelled in
      try mergeSmallTail.choices.map { merges in
        try PrefillBenchmark(
          model: model,
          settings: PrefillSettings(
            promptTokens: promptTokens, context: nCtx, batch: nBatch, microBatch: nUbatch,
            mergesSmallTail: merges),
          cacheType: cacheType, repeats: repeats, seed: modelOptions.seed
        ).run(isCancelled: isCancelled)
      }
    }
    let wish = try wish()
    for report in reports { print(report.text(target: wish)) }
    if reports.count == 2, let off = reports[0].total, let on = reports[1].total {
      let gain = (off.median / on.median - 1) * 100
      print("merging the tail: \(gain >= 0 ? "+" : "")\(String(format: "%.1f", gain)) % speed")
    }
    if let json { try JSONReport.write(reports, to: json) }
  }
}
