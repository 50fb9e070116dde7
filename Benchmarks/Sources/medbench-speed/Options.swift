import OCRInference

/// The command line: `--name value` pairs.
struct Options {
  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  static let usage = """
    medbench-speed --checkpoint DIR --model NAME --dtype bf16|f16|f32|q8_0|q4_0 --tests TEST,…
        [--threads 2] [--repetitions 1] [--tokens 32] [--kv f16] [--weight-cache DIR]
    medbench-speed load --checkpoint DIR --model NAME --dtype … [--threads 2] [--weight-cache DIR]
    medbench-speed ceilings [--threads 2]
    tests: pp512, tg@d2048, vision1026, memory@d8192, with any number
    """

  var checkpoint = ""
  var model = ""
  /// How weights are in memory: as the checkpoint stores them, or quantised.
  var dtype = WeightType.bf16
  var tests: [SpeedTest] = []
  var threads = 2
  var repetitions = 1
  /// Tokens that are decoded for one figure.
  var tokens = 32
  /// Type of the KV cache; llama.cpp's is f16 unless told otherwise, and so is ours.
  var kv = WeightType.f16
  var weightCache: String?

  init(_ arguments: some Sequence<String>) throws(Mistake) {
    var words = arguments.makeIterator()
    while let name = words.next() {
      guard let value = words.next() else { throw Mistake(description: "\(name) needs a value") }
      switch name {
      case "--checkpoint": checkpoint = value
      case "--model": model = value
      case "--dtype": dtype = try Self.type(value, name)
      case "--tests":
        tests = []
        for word in value.split(separator: ",") {
          guard let test = SpeedTest(word) else {
            throw Mistake(description: "no test \(word)")
          }
          tests.append(test)
        }
      case "--threads": threads = try Self.count(value, name)
      case "--repetitions": repetitions = try Self.count(value, name)
      case "--tokens": tokens = try Self.count(value, name)
      case "--kv": kv = try Self.type(value, name)
      case "--weight-cache": weightCache = value
      default: throw Mistake(description: "no option \(name)")
      }
    }
  }

  private static func count(_ value: String, _ name: String) throws(Mistake) -> Int {
    guard let count = Int(value), (1...100_000).contains(count) else {
      throw Mistake(description: "\(name) is a number from 1 to 100000")
    }
    return count
  }

  private static func type(_ value: String, _ name: String) throws(Mistake) -> WeightType {
    guard let type = WeightType(rawValue: value) else {
      let types = WeightType.allCases.map(\.rawValue).joined(separator: ", ")
      throw Mistake(description: "\(name) is one of \(types)")
    }
    return type
  }
}
