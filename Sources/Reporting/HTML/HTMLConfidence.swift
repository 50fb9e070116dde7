import Pipeline

/// What a group's confidences say: the sum of it, and the places worth a look.
struct HTMLConfidence {
  var confidenceNote: String
  /// `0.80–0.95`, for the legend.
  var slightRange: String
  var weakRange: String
  var lowRange: String
  var sureRange: String
  var lists: [PlaceList]

  struct PlaceList {
    var listName: String
    var places: [Place]
  }

  struct Place {
    var placePage: String
    /// Anchor of the page's diff, where the report shows it.
    var placeLink: String?
    var placeLine: String
    var before: String
    var placeText: String
    var after: String
    var placeStep: String
    var placeTruth: String
    var placeConfidence: String
    var placeVerdict: String
    var isWrong: Bool
  }

  /// nil where the engine gives no confidences.
  /// - Parameter anchors: of the pages that are shown, by their ids.
  init?(_ group: GroupRecord, anchors: [String: String], language: Language) {
    let readings = group.confidentReadings
    guard let summary = ConfidenceSummary(readings) else { return nil }
    confidenceNote = language.sentence(summary)
    let bounds = [ConfidenceStep.weakFrom, ConfidenceStep.slightFrom, ConfidenceStep.sureFrom]
      .map(Figures.confidence)
    lowRange = "< \(bounds[0])"
    weakRange = "\(bounds[0])–\(bounds[1])"
    slightRange = "\(bounds[1])–\(bounds[2])"
    sureRange = "≥ \(bounds[2])"
    let lists: [(Term, [ConfidencePlace])] = [
      (.sureErrors, readings.sureErrors), (.doubts, readings.doubts),
    ]
    self.lists = lists.filter { !$0.1.isEmpty }.map { term, places in
      PlaceList(
        listName: language(term),
        places: places.map { Place($0, anchor: anchors[$0.page], language: language) })
    }
  }
}

extension HTMLConfidence.Place {
  fileprivate init(_ place: ConfidencePlace, anchor: String?, language: Language) {
    placePage = place.page
    placeLink = anchor
    placeLine = "\(place.line)"
    before = place.before
    placeText = place.reading.allSatisfy { $0 == " " } ? "␣" : place.reading
    after = place.after
    placeStep = ConfidenceStep(place.confidence).rawValue
    placeTruth = !place.isWrong ? "" : place.truth.isEmpty ? "–" : place.truth
    placeConfidence = Figures.confidence(place.confidence)
    placeVerdict = language(place.isWrong ? .wrong : .right)
    isWrong = place.isWrong
  }
}
