import DocProfiles

/// One figure of a (type, DPI) from run to run.
public struct Trend: Codable, Sendable, Equatable {
  public var type: DocumentType
  public var dpi: Int
  /// One of `RecordedFigure.trends`.
  public var figure: String
  /// Oldest first; a run that did not judge this type at this DPI has no point.
  public var points: [Point]

  public struct Point: Codable, Sendable, Equatable {
    public var run: String
    /// nil where it could not be measured.
    public var value: Double?
  }
}

/// The trends of runs that may be laid side by side: those of the newest run's dataset, degradation
/// and scorer. Figures of others say nothing about it.
public struct Trends: Codable, Sendable, Equatable {
  public var trends: [Trend]
  /// How many runs are of another dataset, degradation or scorer.
  public var leftOut: Int

  enum CodingKeys: String, CodingKey {
    case trends
    case leftOut = "left_out"
  }

  /// - Parameter runs: oldest first.
  public init(_ runs: [RecordedRun]) {
    guard let newest = runs.last else {
      (trends, leftOut) = ([], 0)
      return
    }
    let alike = runs.filter {
      $0.datasetHash == newest.datasetHash && $0.degradation == newest.degradation
        && $0.scorerVersion == newest.scorerVersion
    }
    leftOut = runs.count - alike.count
    trends = []
    for run in alike {
      for figure in run.figures where RecordedFigure.trends.contains(figure.name) {
        let point = Trend.Point(run: run.name, value: figure.value)
        if let index = trends.firstIndex(where: { $0.isOf(figure) }) {
          trends[index].points.append(point)
        } else {
          trends.append(
            Trend(type: figure.type, dpi: figure.dpi, figure: figure.name, points: [point]))
        }
      }
    }
    let order = RecordedFigure.trends
    trends.sort {
      ($0.type.rawValue, $0.dpi, order.firstIndex(of: $0.figure)!)
        < ($1.type.rawValue, $1.dpi, order.firstIndex(of: $1.figure)!)
    }
  }
}

extension Trend {
  fileprivate func isOf(_ figure: RecordedFigure) -> Bool {
    type == figure.type && dpi == figure.dpi && self.figure == figure.name
  }
}
