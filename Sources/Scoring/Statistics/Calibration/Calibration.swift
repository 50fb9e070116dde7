/// How often a rule passes a model that stands exactly at its limit, where every PASS is a mistake.
public struct Calibration: Sendable {
  /// A kind of SLA, documents it is judged on, and what they are like.
  public struct Case: Sendable {
    /// `cer`, `field`, `critical-errors`, …: as checks are named.
    public var subject: String
    public var model: String
    public var limit: Double
    public var documents: Int
    /// Draws documents at the limit, and judges them.
    var judge: @Sendable (inout SimulatedDocuments, _ confidence: Double, _ draws: Int) -> Outcome
  }

  public struct Row: Sendable, Equatable {
    public var subject: String
    public var model: String
    public var limit: Double
    public var documents: Int
    public var confidence: Double
    public var samples: Int
    public var falsePasses: Int
    public var inconclusive: Int

    public var rate: Double { Double(falsePasses) / Double(samples) }

    /// Whether so many PASSes could come, once in a thousand times, from a rule that keeps its word:
    /// the simulation has chance of its own.
    public var holds: Bool {
      ProportionBounds.lower(
        errors: Double(falsePasses), trials: Double(samples), confidence: 0.999) <= 1 - confidence
    }
  }

  public var confidence: Double
  /// Samples drawn for each case.
  public var samples: Int
  /// Draws of each bootstrap.
  public var draws: Int
  public var seed: UInt64

  public init(confidence: Double = 0.95, samples: Int = 2000, draws: Int = 400, seed: UInt64 = 1) {
    self.confidence = confidence
    self.samples = samples
    self.draws = draws
    self.seed = seed
  }

  /// Each case has a stream of its own, so that a list with more cases changes no other.
  public func row(of simulated: Case) -> Row {
    var name: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
    for byte in "\(simulated.subject)/\(simulated.model)/\(simulated.documents)".utf8 {
      name = (name ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    var source = SimulatedDocuments(seed: name)
    var row = Row(
      subject: simulated.subject, model: simulated.model, limit: simulated.limit,
      documents: simulated.documents, confidence: confidence, samples: samples, falsePasses: 0,
      inconclusive: 0)
    for _ in 0..<samples {
      switch simulated.judge(&source, confidence, draws) {
      case .pass: row.falsePasses += 1
      case .inconclusive: row.inconclusive += 1
      case .fail: break
      }
    }
    return row
  }
}
