import Boundary
import Datasets
import DocProfiles
import Foundation
import PageImaging

/// What one group's probes have found so far. Of pictures only those of the worst places are kept.
struct ProbeFindings {
  private var trials: [ProbeKind: [ProbeTrial]] = [:]
  private var unread: [ProbeKind: Int] = [:]
  private var worst: [ProbeKind: [(place: ProbeCase, crop: PageImage?)]] = [:]

  mutating func countUnread(_ kind: ProbeKind) { unread[kind, default: 0] += 1 }

  /// - Parameters:
  ///   - picture: the page as the engine had it.
  ///   - scale: pixels of it a pixel of the master.
  mutating func add(
    _ judged: ProbeJudging.Judged, kind: ProbeKind, document: DatasetDocument, page: Int,
    twin: String, picture: LoadedPage, scale: Double
  ) {
    trials[kind, default: []].append(
      ProbeTrial(document: document.id, part: judged.part, result: judged.result))
    guard judged.result != .right else { return }
    let edit = judged.edit
    let place = ProbeCase(
      document: document.id, page: page + 1, twin: twin, field: edit?.field, row: edit?.row,
      part: judged.part, result: judged.result, original: edit?.original, truth: edit?.changed,
      reading: judged.reading, box: edit?.box)
    keep(place, kind) {
      edit.flatMap { picture.image.crop(around: $0.box, scale: scale) }
    }
  }

  /// What was recalled first, then in the order of documents; not more than two of one document.
  private mutating func keep(
    _ place: ProbeCase, _ kind: ProbeKind, _ crop: () -> PageImage?
  ) {
    var kept = worst[kind, default: []]
    guard kept.count(where: { $0.place.document == place.document }) < 2 else { return }
    if kept.count == ProbeRun.worstKept {
      guard place.result == .recalled,
        let weakest = kept.lastIndex(where: { $0.place.result != .recalled })
      else { return }
      kept.remove(at: weakest)
    }
    let index =
      place.result == .recalled
      ? kept.firstIndex { $0.place.result != .recalled } ?? kept.count : kept.count
    kept.insert((place, crop()), at: index)
    worst[kind] = kept
  }

  func record(of kind: ProbeKind, group: RunPlan.Group, confidence: Double) -> ProbeRecord {
    let cases = (worst[kind] ?? []).enumerated().map { rank, kept in
      var place = kept.place
      if kept.crop != nil {
        place.picture = "probe-\(group.profile.type)-\(group.dpi)-\(kind.rawValue)-\(rank + 1).png"
      }
      return place
    }
    return ProbeRecord(
      kind: kind, type: group.profile.type, dpi: group.dpi, confidence: confidence,
      trials: trials[kind] ?? [], unreadPages: unread[kind] ?? 0, worst: cases)
  }

  func writePictures(of records: [ProbeRecord], to directory: String) throws {
    for record in records {
      for (place, kept) in zip(record.worst, worst[record.kind] ?? []) {
        guard let name = place.picture, let crop = kept.crop else { continue }
        try PrivateDirectory.make(directory)
        try AtomicFile.write(
          crop.pngData(), to: directory + "/" + name, permissions: 0o600)
      }
    }
  }
}

extension PageImage {
  /// A stretch of the page around a box of the master, enough to see what stands beside it.
  fileprivate func crop(around box: PixelBox, scale: Double) -> PageImage? {
    guard box.width > 0, box.height > 0 else { return nil }
    func scaled(_ value: Int) -> Int { Int((Double(value) * scale).rounded()) }
    let placed = PixelBox(
      x: scaled(box.x), y: scaled(box.y), width: max(1, scaled(box.width)),
      height: max(1, scaled(box.height)))
    let line = min(placed.height, scaled(120) + 8)
    guard let area = placed.grown(4 * line, line, within: width, height) else { return nil }
    let cut = area.height > 600 ? 600 : area.height
    var samples: [UInt8] = []
    samples.reserveCapacity(area.width * cut * channels)
    for y in area.y..<area.y + cut {
      let row = (y * width + area.x) * channels
      samples += self.samples[row..<row + area.width * channels]
    }
    return PageImage(width: area.width, height: cut, color: color, samples: samples)
  }
}
