import OCRInference

/// What an operation belongs to in a profile.
public enum OperationGroup: String, Codable, Sendable, CaseIterable {
  case attention
  case feedForward = "feed-forward"
  case normalisation
  case copies
  case head
  case vision
  /// Time in which a thread waited for the others to finish an operation.
  case waiting = "waiting on threads"
}

/// Which layer and group each operation of one pass belongs to, found from the order: a norm, queries to values, the
/// cache, attention and its projection; a norm and the feed-forward; after the last layer a norm and the head.
struct PassStructure {
  var layers: [Int?]
  var groups: [OperationGroup]

  init(_ pass: [OCRInference.Operation]) {
    layers = [Int?](repeating: nil, count: pass.count)
    groups = [OperationGroup](repeating: .copies, count: pass.count)
    let starts = Self.layerStarts(pass)
    for (order, start) in starts.enumerated() {
      let end = order + 1 < starts.count ? starts[order + 1].index : pass.count
      var norms = 0
      for index in start.index..<end {
        if pass[index].isNorm { norms += 1 }
        // After the last layer's two norms comes the model's.
        if norms > 2 { break }
        layers[index] = start.layer
      }
    }
    for index in pass.indices { groups[index] = Self.group(index, pass, layers) }
  }

  /// The norm before each layer's cache is written.
  private static func layerStarts(
    _ pass: [OCRInference.Operation]
  ) -> [(layer: Int, index: Int)] {
    pass.indices.compactMap { index in
      guard case .append(let layer, _, _, _) = pass[index] else { return nil }
      let norm = pass[..<index].lastIndex { $0.isNorm }
      return norm.map { (layer, $0) }
    }
  }

  private static func group(
    _ index: Int, _ pass: [OCRInference.Operation], _ layers: [Int?]
  ) -> OperationGroup {
    switch pass[index] {
    case .rmsNorm, .layerNorm: return .normalisation
    case .append, .keep, .splitHeads, .add: return .copies
    case .angles, .rotate, .attend: return .attention
    case .activate, .gate: return layers[index] == nil ? .vision : .feedForward
    case .rotateVision, .attendVision: return .vision
    case .linear, .linears:
      guard let layer = layers[index] else {
        return pass.contains { if case .append = $0 { true } else { false } } ? .head : .vision
      }
      let attends = pass.firstIndex { operation in
        if case .attend(layer, _, _, _, _, _) = operation { true } else { false }
      }
      guard let attends else { return .feedForward }
      if index < attends { return .attention }
      // The projection is the first product that adds to the state after attention.
      let projection = pass[attends...].firstIndex { operation in
        if case .linear(_, _, _, _, _, true, _) = operation { true } else { false }
      }
      return index == projection ? .attention : .feedForward
    }
  }
}

extension OCRInference.Operation {
  var isNorm: Bool {
    switch self {
    case .rmsNorm, .layerNorm: true
    default: false
    }
  }

  /// Begins a pass of a decoder.
  var beginsPass: Bool { if case .angles = self { true } else { false } }
}
