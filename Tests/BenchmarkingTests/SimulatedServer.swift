import Benchmarking

/// A server with a clock of its own and a known capacity: one request at a time, each `service(index)` milliseconds.
final class SimulatedServer: LoadServer {
  private(set) var now = 0.0
  private var queue: [LoadRequest] = []
  private var served = 0
  private let service: (_ index: Int, _ now: Double) -> Double
  /// Requests that fail at once, by their id.
  var failing: (Int) -> Bool = { _ in false }
  var refusing = false

  struct Refusal: Error {}

  init(service: @escaping (_ index: Int, _ now: Double) -> Double) { self.service = service }

  convenience init(milliseconds: Double) { self.init { _, _ in milliseconds } }

  var isIdle: Bool { queue.isEmpty }
  var byteCount: Int? { nil }

  func submit(_ request: LoadRequest) throws {
    if refusing { throw Refusal() }
    queue.append(request)
  }

  func cancel(_ id: Int) { queue.removeAll { $0.id == id } }

  /// Serves the first of the queue: its first token halfway, its second at the end.
  func step() -> [LoadEvent] {
    let request = queue.removeFirst()
    let started = now
    guard !failing(request.id) else {
      return [.end(request: request.id, LoadEnd(time: now, failure: .error("refused")))]
    }
    let time = service(served, now)
    served += 1
    now += time
    return [
      .token(request: request.id, time: started + time / 2),
      .token(request: request.id, time: now),
      .end(request: request.id, LoadEnd(time: now, started: started)),
    ]
  }

  func wait(until time: Double) { now = max(now, time) }
}

/// Requests for it.
struct SimulatedInput: LoadInput {
  var inputLength: Int { 4 }
  var outputLength: Int? { 2 }
  var name: String? { nil }

  func request(_ index: Int) -> LoadRequest {
    LoadRequest(id: index, input: .tokens([1, 2, 3, 4]), inputTokens: 4, outputTokens: 2)
  }

  static func arrivals(_ times: [Double]) -> [LoadArrival] {
    times.enumerated().map { LoadArrival(time: $1, request: SimulatedInput().request($0)) }
  }
}
