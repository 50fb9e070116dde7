/// One thing to time, by llama-bench's names.
enum SpeedTest: Equatable {
  /// `pp512`: a prompt of that many tokens, into an empty cache.
  case prefill(tokens: Int)
  /// `tg@d2048`: tokens one by one behind that many positions.
  case decode(depth: Int)
  /// `vision1026`: a page of that many image tokens through the tower and its merger.
  case vision
  /// `memory@d8192`: how much memory the process took at most, after a prompt of 512 and tokens at that depth.
  case memory(depth: Int)

  static let visionName = "vision1026"

  init?(_ name: some StringProtocol) {
    func number(after prefix: String) -> Int? {
      guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)),
        (0...1_000_000).contains(number)
      else { return nil }
      return number
    }
    if name == Self.visionName {
      self = .vision
    } else if let tokens = number(after: "pp"), tokens > 0 {
      self = .prefill(tokens: tokens)
    } else if let depth = number(after: "tg@d") {
      self = .decode(depth: depth)
    } else if let depth = number(after: "memory@d") {
      self = .memory(depth: depth)
    } else {
      return nil
    }
  }

  var name: String {
    switch self {
    case .prefill(let tokens): "pp\(tokens)"
    case .decode(let depth): "tg@d\(depth)"
    case .vision: Self.visionName
    case .memory(let depth): "memory@d\(depth)"
    }
  }
}
