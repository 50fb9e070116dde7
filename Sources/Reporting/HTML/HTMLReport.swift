import Foundation
import Mustache
import Pipeline

/// `report.html`: one file that needs nothing beside it, opens without a network, runs no script,
/// and prints. It holds both languages; a switch at its top, of two radio buttons, shows the other.
/// Everything it takes from the record is escaped.
public struct HTMLReport {
  public var record: RunRecord
  /// The one that is shown first.
  public var language: Language
  /// The results directory's `pictures`, nil for a report without pictures.
  public var pictures: String?

  public init(_ record: RunRecord, language: Language, pictures: String? = nil) {
    self.record = record
    self.language = language
    self.pictures = pictures
  }

  public func rendered() -> String {
    let pagePictures = pagePictures
    let rates = record.groups.map { CheckedRate.rates(of: $0, in: record) }
    let pages = Language.allCases.map {
      HTMLPage(
        record: record, language: $0, pictures: pagePictures, rates: rates, directory: pictures)
    }
    let shown = pages.first { $0.lang == language.rawValue }!
    let file = HTMLFile(
      fileLanguage: language.rawValue, fileTitle: shown.title, isKorean: language == .korean,
      shots: pagePictures.shots, pages: pages)
    return Self.library.render(file, withTemplate: "report")!
  }

  private var pagePictures: PagePictures {
    let harms = RunRecord.shownCriticalErrors(of: record.groups).compactMap { harm in
      let group = record.groups[harm.group]
      return group.page(harm.page)?.pictureName(dpi: group.dpi, harm: harm.index)
    }
    let worst = record.groups.map { group in
      group.worstPages().map { $0.pictureName(dpi: group.dpi) }
    }
    return PagePictures(directory: pictures, first: harms, ranked: worst)
  }

  /// What `report.mustache` shows.
  private struct HTMLFile {
    var fileLanguage: String
    var fileTitle: String
    /// Which language is shown first.
    var isKorean: Bool
    var shots: [PageShot]
    var pages: [HTMLPage]
  }

  // MARK: Templates

  static let library: MustacheLibrary = {
    MustacheContentTypes.register(ScalarEscaping(), named: "XHTML")
    let sources: [(String, [UInt8])] = [
      ("report", PackageResources.report_mustache),
      ("style", PackageResources.style_mustache),
      ("style-harm", PackageResources.style_harm_mustache),
      ("page", PackageResources.page_mustache),
      ("harm", PackageResources.harm_mustache),
      ("matrix", PackageResources.matrix_mustache),
      ("rates", PackageResources.rates_mustache),
      ("shot", PackageResources.shot_mustache),
      ("group", PackageResources.group_mustache),
      ("table", PackageResources.table_mustache),
      ("histogram", PackageResources.histogram_mustache),
      ("worst", PackageResources.worst_mustache),
      ("probes", PackageResources.probes_mustache),
      ("probes-style", PackageResources.probes_style_mustache),
      ("probes-page", PackageResources.probes_page_mustache),
    ]
    var library = MustacheLibrary()
    for (name, bytes) in sources {
      do {
        library.register(
          try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self)), named: name)
      } catch {
        preconditionFailure("template \(name): \(error)")
      }
    }
    return library
  }()
}

/// Escapes scalar by scalar. Mustache's own escaping looks at whole characters, and `"` under a
/// combining mark is another character to Swift but still ends an attribute in a browser.
struct ScalarEscaping: MustacheContentType {
  func escapeText(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      case "\t", "\n": escaped.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}", "\u{FFFE}", "\u{FFFF}":
        escaped.append("\u{FFFD}")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
