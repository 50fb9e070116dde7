import Glibc
import OCRInference

@main
enum Main {
  static func main() {
    do {
      let words = CommandLine.arguments.dropFirst()
      switch words.first {
      case "ceilings": Ceilings.print(threads: try Options(words.dropFirst()).threads)
      case "load": try load(try Options(words.dropFirst()))
      default: try time(try Options(words))
      }
    } catch let mistake as Options.Mistake {
      fail("\(mistake)\n\(Options.usage)", code: 64)
    } catch {
      fail("\(error)", code: 1)
    }
  }

  private static func time(_ options: Options) throws {
    guard !options.tests.isEmpty else { throw Options.Mistake(description: "--tests names none") }
    let pool = ThreadPool(threads: options.threads)
    let (config, weights) = try open(options, pool: pool)
    if options.tests.contains(.vision) {
      guard let (tower, shape) = try VisionTable.tower(config: config, weights: weights) else {
        throw config.error("model_type", "is a model of text")
      }
      try VisionTiming(tower: tower, shape: shape, config: config, options: options)
        .run(pool: pool)
    }
    let tests = options.tests.filter { $0 != .vision }
    guard !tests.isEmpty else { return }
    let decoder = try ArchitectureTable.decoder(config: config, weights: weights, pool: pool)
    weights.releaseStoredPages()
    let rows = tests.map(\.rows).max()!
    let timing = try DecoderTiming(decoder, config: config, options: options, rows: rows)
    for test in tests {
      switch test {
      case .prefill(let tokens): try timing.prefill(tokens: tokens)
      case .decode(let depth): try timing.decode(depth: depth)
      case .memory(let depth): try timing.memory(depth: depth)
      case .vision: break
      }
    }
  }

  /// Until the first token could be computed: files opened, weights checked, packed or found packed.
  private static func load(_ options: Options) throws {
    let pool = ThreadPool(threads: options.threads)
    let clock = ContinuousClock()
    let start = clock.now
    let (config, weights) = try open(options, pool: pool)
    let decoder = try ArchitectureTable.decoder(config: config, weights: weights, pool: pool)
    weights.releaseStoredPages()
    let seconds = (clock.now - start) / .seconds(1)
    let timing = try DecoderTiming(decoder, config: config, options: options, rows: 1)
    let cache = try timing.cache(capacity: 1)
    let first = DecoderTiming.seconds { timing.pass(tokens: 1, into: cache) }
    Sample(options, test: "load")
      .adding("seconds", seconds)
      .adding("first_token_seconds", first)
      .adding("peak_bytes", Int(PeakMemory.highWaterMark(of: "self")))
      .print()
  }

  private static func open(
    _ options: Options, pool: ThreadPool
  ) throws -> (ConfigFile, Checkpoint) {
    let directory = try ModelDirectory(options.checkpoint)
    let weights = try Checkpoint(
      directory, policy: options.dtype.isQuantized ? .quantized(options.dtype) : .asStored,
      pool: pool, cache: WeightCacheDirectory(path: options.weightCache))
    if let note = weights.note, options.weightCache != nil { warn(note) }
    guard options.dtype.isQuantized || weights.storedType == options.dtype else {
      throw Options.Mistake(
        description: "\(options.checkpoint) stores \(weights.storedType.rawValue), "
          + "not \(options.dtype.rawValue)")
    }
    return (try ConfigFile(file: directory.path(of: .config)), weights)
  }

  private static func warn(_ text: String) {
    var line = "medbench-speed: \(text)\n"
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private static func fail(_ text: String, code: Int32) -> Never {
    warn(text)
    exit(code)
  }
}

extension SpeedTest {
  /// Rows of its largest pass.
  fileprivate var rows: Int {
    switch self {
    case .prefill(let tokens): tokens
    case .decode, .vision: 1
    case .memory: 512
    }
  }
}
