import Boundary
import Foundation

/// Rotary position embedding (RoFormer, arXiv 2104.09864) in the rotate_half convention: the angles by which pairs of
/// a head's values turn at each position, with the scalings of Llama and the sections of Qwen2-VL.
public struct RotaryEmbedding: Sendable, Equatable {
  /// Radians a position, one a pair: [rotary / 2].
  let frequencies: [Float]
  /// Pairs that turn by t, h and w; empty where all turn by t.
  let sections: [Int]

  /// Values of a head that turn; the rest of the head stays.
  var rotary: Int { 2 * frequencies.count }

  /// - Parameter sections: M-RoPE: how many pairs turn by time, height and width, in this order of the pairs.
  init(rotary: Int, theta: Double, scaling: Scaling = .none, sections: [Int] = []) {
    precondition(sections.isEmpty || sections.count == 3 && sections.reduce(0, +) == rotary / 2)
    // In float32 as torch computes it: at far positions the last bit of a frequency shows in the angle.
    frequencies = (0..<rotary / 2).map { pair in
      scaling.apply(to: 1 / powf(Float(theta), Float(2 * pair) / Float(rotary)))
    }
    self.sections = sections
  }

  /// Cosines and sines [n, rotary / 2] of rows at these positions.
  func fill(_ cosines: FloatMatrix, _ sines: FloatMatrix, at positions: [RotaryPosition]) {
    let (byTime, byHeight) =
      sections.isEmpty
      ? (frequencies.count, frequencies.count) : (sections[0], sections[0] + sections[1])
    for (row, position) in positions.enumerated() {
      let (cosine, sine) = (cosines.row(row), sines.row(row))
      for pair in frequencies.indices {
        let axis = pair < byTime ? position.t : pair < byHeight ? position.h : position.w
        let angle = Float(axis) * frequencies[pair]
        cosine[pair] = cosf(angle)
        sine[pair] = sinf(angle)
      }
    }
  }

  /// `rope_scaling`: how a model trained on short contexts turns in long ones.
  enum Scaling: Sendable, Equatable {
    case none
    /// Position interpolation (arXiv 2306.15595): every angle is divided.
    case linear(factor: Float)
    /// Llama 3.1: long wavelengths are divided, short ones kept, those between interpolated.
    case llama3(factor: Float, lowFactor: Float, highFactor: Float, originalContext: Float)

    func apply(to frequency: Float) -> Float {
      switch self {
      case .none: return frequency
      case .linear(let factor): return frequency / factor
      case .llama3(let factor, let lowFactor, let highFactor, let context):
        let wavelength = 2 * Float.pi / frequency
        if wavelength < context / highFactor { return frequency }
        if wavelength > context / lowFactor { return frequency / factor }
        let smooth = (context / wavelength - lowFactor) / (highFactor - lowFactor)
        return (1 - smooth) * frequency / factor + smooth * frequency
      }
    }
  }
}

extension RotaryEmbedding {
  /// As `config.json` says it: `rope_theta`, `rope_scaling`, or `rope_parameters` of transformers 5.
  ///
  /// - Parameters:
  ///   - thetaKey: `rope_theta`, `rotary_emb_base`.
  ///   - rotary: values of a head that turn.
  init(
    config: ConfigFile, thetaKey: String = "rope_theta", rotary: Int
  ) throws(ConfigError) {
    let parameters = try config.object("rope_parameters")
    let scaling =
      if let parameters { parameters } else { try config.object("rope_scaling") }
    let thetas = parameters.map { $0.has("rope_theta") ? $0 : config } ?? config
    let theta = try thetas.number(
      thetas.has("rope_theta") ? "rope_theta" : thetaKey, in: 1...1e12, missing: 10_000)
    try self.init(
      rotary: rotary, theta: theta, scaling: Scaling(config: scaling),
      sections: Self.sections(config: scaling, pairs: rotary / 2))
  }

  private static func sections(config: ConfigFile?, pairs: Int) throws(ConfigError) -> [Int] {
    let sections = try config?.ints("mrope_section", in: 0...4096, missing: []) ?? []
    guard let config, !sections.isEmpty else { return [] }
    guard sections.count == 3, sections.reduce(0, +) == pairs else {
      throw config.error(
        "mrope_section",
        "is not three numbers whose sum is \(pairs), half of the values of a head that turn")
    }
    return sections
  }
}

extension RotaryEmbedding.Scaling {
  fileprivate init(config: ConfigFile?) throws(ConfigError) {
    guard let config else {
      self = .none
      return
    }
    let key = config.has("rope_type") ? "rope_type" : "type"
    let factors = 1e-3...1e6
    switch try config.string(key, missing: "default") {
    // Qwen2-VL's "mrope" names the sections; its angles are not scaled.
    case "default", "mrope": self = .none
    case "linear": self = .linear(factor: Float(try config.number("factor", in: factors)))
    case "llama3":
      let low = try config.number("low_freq_factor", in: factors)
      let high = try config.number("high_freq_factor", in: factors)
      guard low < high else {
        throw config.error("high_freq_factor", "is not more than low_freq_factor")
      }
      self = .llama3(
        factor: Float(try config.number("factor", in: factors)), lowFactor: Float(low),
        highFactor: Float(high),
        originalContext: Float(
          try config.int("original_max_position_embeddings", in: 1...(1 << 24))))
    case let other:
      throw config.error(
        key, "\"\(other.excerptOnOneLine)\" is none of default, linear, llama3, mrope")
    }
  }
}
