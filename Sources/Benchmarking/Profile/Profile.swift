import OCRInference

/// What a profiler saw, summed up.
public struct Profile: Sendable {
  /// Operations of one kind in one group.
  public struct Row: ProfiledWork, Codable, Sendable, Equatable {
    public var name: String
    public var group: OperationGroup
    public var calls = 0
    public var milliseconds = 0.0
    public var waiting = 0.0
    public var bytes = 0.0
    public var flops = 0.0

    enum CodingKeys: String, CodingKey {
      case name, group, calls, bytes, flops
      case milliseconds = "total_ms"
      case waiting = "waiting_ms"
    }
  }

  /// All operations of one layer.
  public struct Layer: ProfiledWork, Codable, Sendable, Equatable {
    public var layer: Int
    public var calls = 0
    public var milliseconds = 0.0
    public var waiting = 0.0
    public var bytes = 0.0
    public var flops = 0.0

    enum CodingKeys: String, CodingKey {
      case layer, calls, bytes, flops
      case milliseconds = "total_ms"
      case waiting = "waiting_ms"
    }
  }

  /// On a track of the trace.
  struct Slice {
    var name: String
    var group: OperationGroup
    var layer: Int?
    var start: Int64
    var end: Int64
    var bytes: Double
    var flops: Double
  }

  public let rows: [Row]
  public let layers: [Layer]
  let slices: [Slice]
  let threads: [[ThreadPool.Span]]

  /// Milliseconds inside operations.
  public var milliseconds: Double { rows.reduce(0) { $0 + $1.milliseconds } }

  /// Milliseconds a group, longest first; waiting is a group of its own.
  public var groups: [(group: OperationGroup, milliseconds: Double)] {
    var sums: [OperationGroup: Double] = [:]
    for row in rows {
      sums[row.group, default: 0] += row.ownMilliseconds
      sums[.waiting, default: 0] += row.waiting
    }
    return sums.filter { $0.value > 0 }.sorted { $0.value > $1.value }.map { ($0.key, $0.value) }
  }

  init(events: [Profiler.Event], spans: [[ThreadPool.Span]]) {
    var slices: [Slice] = []
    for pass in Self.passes(events) {
      let structure = PassStructure(pass.map(\.operation))
      for (index, event) in pass.enumerated() {
        let cost = event.earlyCost ?? OperationCost(event.operation)
        slices.append(
          Slice(
            name: Self.name(event.operation, structure.groups[index]),
            group: structure.groups[index], layer: structure.layers[index], start: event.start,
            end: event.end, bytes: cost.bytes, flops: cost.flops))
      }
    }
    self.slices = slices
    threads = spans
    (rows, layers) = Self.sums(slices, spans)
  }

  /// A pass begins with its angles; what comes before the first, or after none, is the vision tower's.
  private static func passes(_ events: [Profiler.Event]) -> [ArraySlice<Profiler.Event>] {
    let starts = events.indices.filter { events[$0].operation.beginsPass }
    let cuts = ([0] + starts + [events.count]).reduce(into: [Int]()) {
      if $0.last != $1 { $0.append($1) }
    }
    return zip(cuts, cuts.dropFirst()).map { events[$0..<$1] }
  }

  private static func name(_ operation: OCRInference.Operation, _ group: OperationGroup) -> String {
    switch operation {
    case .linear, .linears:
      switch group {
      case .head: return "lm_head"
      case .vision: return "linear"
      default:
        let isSum = if case .linear(_, _, _, _, _, true, _) = operation { true } else { false }
        return group == .attention
          ? (isSum ? "o_proj" : "qkv_proj") : isSum ? "down_proj" : "up_proj"
      }
    default: return operation.name
    }
  }

  /// The same operations summed by kind, costliest first, and by layer.
  private static func sums(
    _ slices: [Slice], _ spans: [[ThreadPool.Span]]
  ) -> (rows: [Row], layers: [Layer]) {
    var rows: [String: Row] = [:]
    var layers: [Int: Layer] = [:]
    var places = [Int](repeating: 0, count: spans.count)
    for slice in slices {
      let waiting = waiting(in: slice, spans, &places)
      rows[
        "\(slice.group.rawValue)/\(slice.name)", default: Row(name: slice.name, group: slice.group)
      ].add(slice, waiting: waiting)
      if let layer = slice.layer {
        layers[layer, default: Layer(layer: layer)].add(slice, waiting: waiting)
      }
    }
    return (
      rows.values.sorted { ($0.milliseconds, $0.name) > ($1.milliseconds, $1.name) },
      layers.values.sorted { $0.layer < $1.layer }
    )
  }

  /// Milliseconds that threads were idle while the slice lasted, as a share of all threads' time; 0 where no thread
  /// noted anything.
  private static func waiting(
    in slice: Slice, _ spans: [[ThreadPool.Span]], _ places: inout [Int]
  ) -> Double {
    var busy: Int64 = 0
    var noted = false
    for thread in spans.indices {
      let own = spans[thread]
      while places[thread] < own.count, own[places[thread]].end <= slice.start {
        places[thread] += 1
      }
      var place = places[thread]
      while place < own.count, own[place].start < slice.end {
        busy += min(own[place].end, slice.end) - max(own[place].start, slice.start)
        noted = true
        place += 1
      }
    }
    guard noted, !spans.isEmpty else { return 0 }
    let all = (slice.end - slice.start) * Int64(spans.count)
    return Double(max(0, all - busy)) / Double(spans.count) / 1e6
  }
}
