import Datasets
import DocProfiles
import Foundation
import PageImaging

/// A dataset of one small page and whatever a test puts beside it; gone with its last use.
final class TemporaryDataset {
  let directory: URL

  /// 40 x 30 pixels at 300 DPI, in pages/a.png.
  static let page = try! PageImage(width: 40, height: 30, color: .grey, filledWith: 255, dpi: 300)
    .pngData()

  init(_ jsonl: String? = nil) throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("dataset-\(UUID().uuidString)")
    try write(Self.page, to: "pages/a.png")
    if let jsonl { try write(Array(jsonl.utf8), to: "d.jsonl") }
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  func write(_ bytes: [UInt8], to path: String) throws {
    let file = directory.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/" + path, withDestinationPath: target)
  }

  /// The defects as a user reads them, the directory's own path left out.
  func defects(profiles: ProfileSet = .builtIn, sourceDPI: Double? = nil) -> [String] {
    DatasetValidation.defects(in: directory, profiles: profiles, sourceDPI: sourceDPI).map {
      shortened($0.description)
    }
  }

  /// The error of loading it; `loaded N` where there is none.
  var loading: String {
    do {
      return "loaded \(try Dataset(directory: directory).documents.count)"
    } catch {
      return shortened(error.description)
    }
  }

  func shortened(_ message: String) -> String {
    message.replacingOccurrences(of: directory.path + "/", with: "")
      .replacingOccurrences(of: directory.path, with: "DIR")
  }
}

/// A diagnosis of two lines and one field; parts may be replaced to make it wrong.
func document(
  id: String = "\"dx-1\"", type: String = "\"diagnosis\"", image: String = "\"pages/a.png\"",
  page: String = "", transcript: String = "\"진단서\\n환자명 홍길동\"",
  fields: String =
    "{\"name\":\"patient_name\",\"value\":\"홍길동\",\"kind\":\"person\",\"page\":0,\"start\":8,\"end\":11}",
  more: String = ""
) -> String {
  "{\"id\":\(id),\"type\":\(type),\"pages\":[{\"image\":\(image),\"transcript\":\(transcript)\(page)}],"
    + "\"fields\":[\(fields)]\(more)}"
}

/// A field of that document with something else in it.
func field(
  name: String = "\"patient_name\"", value: String = "\"홍길동\"", kind: String = "\"person\"",
  page: String = "0", start: String = "8", end: String = "11", more: String = ""
) -> String {
  "{\"name\":\(name),\"value\":\(value),\"kind\":\(kind),\"page\":\(page),"
    + "\"start\":\(start),\"end\":\(end)\(more)}"
}
