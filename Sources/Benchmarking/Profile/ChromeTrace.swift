import Foundation

/// A profile as Chrome's trace events (Trace Event Format, "X" complete events, microseconds): a track of operations, and
/// one of each thread's work.
public struct ChromeTrace: Encodable {
  struct Event: Encodable {
    var name: String
    var cat: String
    var ph = "X"
    var ts: Double
    var dur: Double
    var pid = 1
    var tid: Int
    var args: [String: Double]?
  }

  struct Name: Encodable {
    var name = "thread_name"
    var ph = "M"
    var pid = 1
    var tid: Int
    var args: [String: String]
  }

  private var names: [Name] = []
  private var events: [Event] = []

  public init(_ profile: Profile) {
    let origin = profile.slices.first?.start ?? 0
    func microseconds(_ time: Int64) -> Double { Double(time - origin) / 1000 }
    names = [Name(tid: 0, args: ["name": "operations"])]
    for slice in profile.slices {
      let layer = slice.layer.map { "layer \($0) " } ?? ""
      events.append(
        Event(
          name: slice.name, cat: layer + slice.group.rawValue, ts: microseconds(slice.start),
          dur: Double(slice.end - slice.start) / 1000, tid: 0,
          args: ["bytes": slice.bytes, "flops": slice.flops]))
    }
    for (thread, spans) in profile.threads.enumerated() {
      names.append(Name(tid: thread + 1, args: ["name": "thread \(thread)"]))
      var place = 0
      for span in spans where span.start >= origin {
        while place + 1 < profile.slices.count, profile.slices[place].end <= span.start {
          place += 1
        }
        let name = place < profile.slices.count ? profile.slices[place].name : "work"
        events.append(
          Event(
            name: name, cat: "thread", ts: microseconds(span.start),
            dur: Double(span.end - span.start) / 1000, tid: thread + 1))
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case traceEvents, displayTimeUnit
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("ms", forKey: .displayTimeUnit)
    var list = container.nestedUnkeyedContainer(forKey: .traceEvents)
    for name in names { try list.encode(name) }
    for event in events { try list.encode(event) }
  }
}
