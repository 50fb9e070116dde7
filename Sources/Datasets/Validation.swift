import Boundary
import DocProfiles
import Foundation
import PageImaging

/// Looks for everything that is wrong in a dataset, and does not stop at the first.
public enum DatasetValidation {
  /// Every defect in the order of files and lines; at most about 10,000, after which the rest is
  /// left unread.
  ///
  /// - Parameter sourceDPI: the DPI of pictures that do not say their own.
  public static func defects(
    in directory: URL, profiles: ProfileSet = .builtIn, sourceDPI: Double? = nil
  ) -> [DatasetDefect] {
    do {
      let root = try DatasetDirectory(directory.relativePath)
      let scan = try DatasetScan(root, stopsAtFirst: false)
      var validation = PictureAndProfileChecks(
        root: root, profiles: profiles, sourceDPI: sourceDPI)
      for entry in scan.entries where validation.defects.count < DatasetScan.maximumDefects {
        validation.check(entry)
      }
      return inOrder(scan.defects + validation.defects)
    } catch {
      return [error.defect]
    }
  }

  /// By file and line, those of a line as they were found.
  private static func inOrder(_ defects: [DatasetDefect]) -> [DatasetDefect] {
    defects.enumerated().sorted { a, b in
      if a.element.file != b.element.file {
        return a.element.file.utf8.lexicographicallyPrecedes(b.element.file.utf8)
      }
      return (a.element.line ?? 0, a.offset) < (b.element.line ?? 0, b.offset)
    }.map(\.element)
  }
}

/// The checks that need more than the line: the profile of its type, and its pictures.
private struct PictureAndProfileChecks {
  let root: DatasetDirectory
  let profiles: ProfileSet
  let sourceDPI: Double?
  private(set) var defects: [DatasetDefect] = []
  private var uses: [String: String] = [:]

  init(root: DatasetDirectory, profiles: ProfileSet, sourceDPI: Double?) {
    self.root = root
    self.profiles = profiles
    self.sourceDPI = sourceDPI
  }

  mutating func check(_ entry: DatasetScan.Entry) {
    checkProfile(entry)
    for (index, page) in entry.document.pages.enumerated() {
      if let first = uses[page.image] {
        report(
          entry,
          "pages[\(index)].image: is also a page of \(first); check that each document has its own",
          .warning)
      } else {
        uses[page.image] = entry.document.id
      }
      do throws(DatasetDirectory.Refusal) {
        try checkPicture(entry, index)
      } catch {
        report(entry, "pages[\(index)].image: \(error.message)")
      }
    }
  }

  private mutating func report(
    _ entry: DatasetScan.Entry, _ message: String, _ severity: DatasetDefect.Severity = .error
  ) {
    defects.append(
      DatasetDefect(
        severity, file: entry.file, line: entry.line, document: entry.document.id,
        message: message))
  }

  // MARK: Profile

  private mutating func checkProfile(_ entry: DatasetScan.Entry) {
    let document = entry.document
    if document.type == .practice { return }
    guard let profile = profiles[document.type] else {
      // A type must be named as the profile does: `처방전` is for the command line.
      do {
        let known = try profiles.profile(named: document.type.rawValue)
        report(entry, "type: is the Korean name; write \"\(known.type)\"")
      } catch {
        report(entry, "type: \(error.description)")
      }
      return
    }
    let keys = profile.criticalFields.map(\.key)
    for (index, field) in document.fields.enumerated() {
      guard let critical = profile.criticalFields.first(where: { $0.key == field.name }) else {
        // A dataset may well tell more than the profile asks for; a misspelt key it may not.
        guard let nearest = keys.nearest(to: field.name) else { continue }
        report(
          entry,
          "fields[\(index)].name: \"\(field.name.excerptOnOneLine)\" is no critical field of "
            + "\(profile.type); did you mean \"\(nearest)\"?", .warning)
        continue
      }
      if field.kind != critical.kind {
        report(
          entry,
          "fields[\(index)].kind: is \"\(field.kind.rawValue)\"; "
            + "\(field.name) is \"\(critical.kind.rawValue)\" in the profile")
      }
    }
    let isBlank = document.pages.allSatisfy(\.transcript.isEmpty)
    if !isBlank, !document.fields.contains(where: { keys.contains($0.name) }) {
      report(
        entry,
        "fields: the document has no critical field; give it at least one of \(keys.joined(separator: ", "))"
      )
    }
  }

  // MARK: Pictures

  private mutating func checkPicture(
    _ entry: DatasetScan.Entry, _ index: Int
  ) throws(DatasetDirectory.Refusal) {
    let page = entry.document.pages[index]
    let bytes = try root.pageBytes(page)
    let picture: PageImage
    do {
      picture = try PageImage(png: bytes, name: page.image, sourceDPI: sourceDPI)
    } catch {
      throw DatasetDirectory.Refusal(error.description)
    }
    let place = "pages[\(index)].image: \(page.image.onOneLine): "
    if let dpi = picture.dpi {
      let range = ResamplingError.dpiRange
      if !range.contains(dpi) {
        report(
          entry,
          place
            + "says it has \((dpi * 10).rounded() / 10) DPI, outside \(Int(range.lowerBound)) to "
            + "\(Int(range.upperBound)); save it with its true resolution, or give --source-dpi")
      }
    } else {
      report(
        entry,
        place + "does not say its DPI (no pHYs chunk); "
          + "save it with its resolution, or give --source-dpi")
    }
    for (number, line) in page.lines.enumerated() {
      check(line.box, "pages[\(index)].lines[\(number)].box", picture, entry)
      for (position, run) in (line.runs ?? []).enumerated() {
        let place = "pages[\(index)].lines[\(number)].runs[\(position)]"
        check(run.box, place + ".box", picture, entry)
        if let last = run.edges.last, last > picture.width {
          report(
            entry,
            "\(place).edges: reach x = \(last) on a page of \(picture.width) pixels; "
              + "give pixels of this PNG")
        }
      }
    }
    for (number, field) in entry.document.fields.enumerated() where field.page == index {
      check(field.box, "fields[\(number)].box", picture, entry)
    }
  }

  private mutating func check(
    _ box: PixelBox?, _ place: String, _ picture: PageImage, _ entry: DatasetScan.Entry
  ) {
    guard let box else { return }
    // Differences, since a sum of what a file says may overflow.
    guard box.width <= picture.width, box.x <= picture.width - box.width,
      box.height <= picture.height, box.y <= picture.height - box.height
    else {
      report(
        entry,
        "\(place): \(box.text) reaches outside the page of \(picture.width)x\(picture.height) pixels; "
          + "give pixels of this PNG")
      return
    }
  }
}
