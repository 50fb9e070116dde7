import ArgumentParser
import DocProfiles
import Foundation
import Reporting

/// `medbench profiles`: the document types, what they ask and how large they are.
struct ProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profiles",
    abstract: "Show the document types with their fields and limits.",
    subcommands: [ListProfilesCommand.self, ShowProfileCommand.self],
    defaultSubcommand: ListProfilesCommand.self)
}

/// Which profiles hold, and the language to show things in.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: "A YAML file that overrides or adds document types (docs/profiles.md).",
    completion: .file(extensions: ["yaml", "yml"]))
  var profiles: String?

  @Option(
    help: "ko or en; otherwise as the locale says.",
    transform: { name in
      guard let language = Language(rawValue: name) else {
        throw ValidationError("unknown language '\(name)'; use ko or en")
      }
      return language
    })
  var language: Language?

  func profileSet() throws -> ProfileSet {
    guard let profiles else { return .builtIn }
    return try ProfileFile.profiles(at: URL(fileURLWithPath: profiles))
  }

  /// A word in the language of the output.
  func word(_ korean: String, _ english: String) -> String {
    (language ?? .current()) == .korean ? korean : english
  }

  func name(of profile: DocumentProfile) -> String {
    word(profile.koreanName, profile.englishName)
  }
}

struct ListProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the document types and resolution tiers.")

  @OptionGroup var options: ProfileOptions

  func run() throws {
    let profiles = try options.profileSet().all
    let typeTitle = options.word("문서 유형", "Document type")
    var types = TerminalTable([
      .left(typeTitle), .left(options.word("이름", "Korean")),
      .right(options.word("평균 토큰 입/출력", "Mean tokens in/out")),
      .right(options.word("입력 범위", "In")), .right(options.word("출력 범위", "Out")),
      .right("CER ≤"), .right(options.word("지연 ≤", "Latency ≤")),
    ])
    var fields = TerminalTable([
      .left(typeTitle), .left(options.word("핵심 필드", "Critical fields")),
    ])
    for profile in profiles {
      types.add([
        "\(profile.type)", "\(profile.koreanName)",
        "\(profile.averageInputTokens) / \(profile.averageOutputTokens)",
        "\(profile.inputTokens.text)", "\(profile.outputTokens.text)", "\(profile.maximumCER)",
        "\(profile.latencyText)",
      ])
      let names = profile.criticalFields.map { options.word($0.koreanName, $0.key) }
      fields.add(["\(profile.type)", "\(names.joined(separator: ", "))"])
    }
    var tiers = TerminalTable([
      .right("DPI"), .right(options.word("쪽당 예상 이미지 토큰", "Expected image tokens a page")),
    ])
    for tier in ResolutionTier.all { tiers.add(["\(tier.dpi)", "~\(tier.expectedImageTokens)"]) }
    print(types.rendered(coloured: TerminalStyle.isColoured()))
    print(fields.rendered(coloured: TerminalStyle.isColoured()))
    print(tiers.rendered(coloured: TerminalStyle.isColoured()), terminator: "")
  }
}

struct ShowProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one document type.")

  @Argument(help: "prescription, lab-result, …, or the Korean name.")
  var type: String

  @OptionGroup var options: ProfileOptions

  func run() throws {
    let profile = try options.profileSet().profile(named: type)
    var facts = TerminalTable([.left(""), .left("")])
    facts.add(["\(options.word("평균 입력 토큰", "Mean input tokens"))", "\(profile.averageInputTokens)"])
    facts.add([
      "\(options.word("평균 출력 토큰", "Mean output tokens"))", "\(profile.averageOutputTokens)",
    ])
    facts.add(["\(options.word("입력 토큰 범위", "Input token range"))", "\(profile.inputTokens.text)"])
    facts.add(["\(options.word("출력 토큰 범위", "Output token range"))", "\(profile.outputTokens.text)"])
    facts.add(["\(options.word("CER 기준", "CER limit"))", "≤ \(profile.maximumCER)"])
    facts.add(["\(options.word("지연 시간 기준", "Latency limit"))", "≤ \(profile.latencyText)"])
    for (key, name, sign, value) in options.addedLimits(of: profile) {
      facts.add(["\(name) (\(key))", "\(sign) \(value)"])
    }

    var fields = TerminalTable([
      .left(options.word("핵심 필드", "Critical field")), .left(options.word("한국어", "Korean")),
      .left(options.word("종류", "Kind")),
    ])
    for field in profile.criticalFields {
      fields.add(["\(field.key)", "\(field.koreanName)", "\(field.kind.rawValue)"])
    }
    print("\(profile.type)  \(profile.koreanName)  \(profile.englishName)\n")
    print(facts.rendered())
    print(fields.rendered(coloured: TerminalStyle.isColoured()), terminator: "")
  }
}

extension ClosedRange<Int> {
  /// `500–1500`
  var text: String { "\(lowerBound)–\(upperBound)" }
}

extension DocumentProfile {
  /// `3000 ms`, without a fraction that is none.
  fileprivate var latencyText: String {
    let limit = maximumLatencyMilliseconds
    return limit == limit.rounded() ? "\(Int(limit)) ms" : "\(limit) ms"
  }
}
