import OCRInference

/// Which cache policies `medbench bench kv` sets beside the full cache.
public enum KVMethod: String, Sendable, CaseIterable {
  case baseline
  case streamingLLM = "streaming_llm"
  case recentOnly = "recent_only"
  case fixSizeL2 = "fix_size_l2"
  case all
}

/// One cache policy under the name that tables and files give it: `streaming_512`.
public struct KVCase: Sendable, Equatable {
  public var name: String
  public var policy: CachePolicy

  public init(name: String, policy: CachePolicy) {
    self.name = name
    self.policy = policy
  }

  /// What a method compares: the full cache first, then for each size the policies that hold
  /// `sinks + recent` rows. As in the source document, StreamingLLM stands beside the window of its
  /// size without sinks.
  /// - Parameters:
  ///   - recentSizes: rows of the window, one case (or pair of cases) each.
  ///   - skippedLayers: that `fix_size_l2` leaves whole.
  public static func all(
    of method: KVMethod, sinks: Int, recentSizes: [Int], skippedLayers: Set<Int>
  ) -> [KVCase] {
    let sized = recentSizes.flatMap { recent in
      let size = sinks + recent
      let window = KVCase(name: "recent_only_\(size)", policy: .recentOnly(size: size))
      let streaming = KVCase(
        name: "streaming_\(size)", policy: .streamingLLM(sinks: sinks, recent: recent))
      let small = KVCase(
        name: "fix_size_l2_\(size)",
        policy: .fixSizeL2(size: size, skippedLayers: skippedLayers))
      return switch method {
      case .baseline: [KVCase]()
      case .streamingLLM: [window, streaming]
      case .recentOnly: [window]
      case .fixSizeL2: [small]
      case .all: [window, streaming, small]
      }
    }
    return [.baseline] + sized
  }

  /// Everything is kept.
  public static let baseline = KVCase(name: "baseline", policy: .full)
}
