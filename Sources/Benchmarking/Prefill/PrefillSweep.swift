import Boundary

/// A grid of ways to evaluate a prompt: `n-batch=32,64,128 threads=1,2`.
public struct PrefillSweep: Sendable, Equatable {
  public enum Axis: String, Sendable, Codable, CaseIterable {
    case promptTokens = "prompt-tokens"
    case batch = "n-batch"
    case microBatch = "n-ubatch"
    case threads

    /// The bounds of the command's own options.
    public var most: Int {
      switch self {
      case .promptTokens: 1 << 24
      case .batch: 1 << 20
      case .microBatch: 1 << 16
      case .threads: 4096
      }
    }
  }

  public struct Values: Sendable, Equatable {
    public var axis: Axis
    /// In the order given, none twice.
    public var values: [Int]
  }

  /// One measurement of the grid.
  public struct Point: Sendable, Equatable {
    /// nil: as many as the command says.
    public var threads: Int?
    public var settings: PrefillSettings
  }

  public static let pointLimit = 1000

  public let axes: [Values]

  /// - Parameter arguments: each `AXIS=VALUE,VALUE…`.
  public init(_ arguments: [String]) throws(PrefillSweepError) {
    var axes: [Values] = []
    for argument in arguments {
      let values = try Self.values(argument)
      guard !axes.contains(where: { $0.axis == values.axis }) else {
        throw PrefillSweepError(argument, "\(values.axis.rawValue) is given twice")
      }
      axes.append(values)
    }
    self.axes = axes
    let count = axes.reduce(1.0) { $0 * Double($1.values.count) }
    guard count <= Double(Self.pointLimit) else {
      throw PrefillSweepError(
        arguments.joined(separator: " "),
        "a grid of at most \(Self.pointLimit) points")
    }
  }

  private static func values(_ argument: String) throws(PrefillSweepError) -> Values {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = Axis.allCases.map(\.rawValue)
    guard parts.count == 2, let axis = Axis(rawValue: String(parts[0])) else {
      let near = names.nearest(to: String(parts.first ?? "")).map { "; did you mean \($0)?" } ?? ""
      throw PrefillSweepError(
        argument, "AXIS=VALUE,VALUE with one of \(names.joined(separator: ", "))\(near)")
    }
    var values: [Int] = []
    for text in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = Int(text), (1...axis.most).contains(value) else {
        throw PrefillSweepError(argument, "whole numbers from 1 to \(axis.most)")
      }
      if !values.contains(value) { values.append(value) }
    }
    return Values(axis: axis, values: values)
  }

  /// The grid around `settings`, threads outermost: a model is loaded once for each number of them.
  /// - Throws: where a prompt is longer than the context.
  public func points(around settings: PrefillSettings) throws(PrefillSweepError) -> [Point] {
    let ordered =
      axes.filter { $0.axis == .threads } + axes.filter { $0.axis != .threads }
    var points = [Point(threads: nil, settings: settings)]
    for axis in ordered {
      if axis.axis == .promptTokens, let long = axis.values.first(where: { $0 > settings.context })
      {
        throw PrefillSweepError(
          "prompt-tokens=\(long)", "at most --n-ctx, \(settings.context)")
      }
      points = points.flatMap { point in
        axis.values.map { value in
          var next = point
          switch axis.axis {
          case .promptTokens: next.settings.promptTokens = value
          case .batch: next.settings.batch = value
          case .microBatch: next.settings.microBatch = value
          case .threads: next.threads = value
          }
          return next
        }
      }
    }
    return points
  }
}

/// A sweep that cannot be run: one line with the flag, the value and the bound.
public struct PrefillSweepError: Error, Equatable, CustomStringConvertible {
  public let argument: String
  public let bound: String

  init(_ argument: String, _ bound: String) {
    self.argument = argument
    self.bound = bound
  }

  public var description: String { "--sweep \(argument.excerptOnOneLine): \(bound)" }
}
