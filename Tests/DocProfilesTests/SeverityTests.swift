import DocProfiles
import Testing

private func rules(_ yaml: String) throws -> SeverityRules {
  try SeverityFile.rules(yaml: yaml, file: "s.yaml")
}

private func message(_ yaml: String) -> String {
  let error = #expect(throws: ProfileFileError.self) { try rules(yaml) }
  return error?.description ?? "none"
}

@Suite struct SeverityTests {
  @Test func `every class has a rule whatever the circumstances`() {
    for errorClass in ErrorClass.allCases {
      for ratio in [nil, 0.0, 0.1, 5] {
        for unreadable in [false, true] {
          let rule = SeverityRules.builtIn.rule(
            for: ErrorCircumstances(errorClass, logRatio: ratio, unreadable: unreadable))
          #expect(rule.errorClass == errorClass)
        }
      }
    }
  }

  @Test func `rules have ids of their own, reasons in two languages and sources`() {
    let all = SeverityRules.builtIn.all
    #expect(Set(all.map(\.id)).count == all.count)
    for rule in all {
      #expect(!rule.reason.isEmpty && !rule.source.isEmpty)
      #expect(rule.koreanReason.unicodeScalars.contains { (0xac00...0xd7a3).contains($0.value) })
    }
  }

  @Test func `the ratio decides between doses`() {
    func dose(_ ratio: Double?) -> String {
      SeverityRules.builtIn.rule(for: ErrorCircumstances(.doseRatio, logRatio: ratio)).id
    }
    #expect(dose(0.301029995663981) == "dose-twofold" && dose(-0.31) == "dose-twofold")
    #expect(dose(0.2) == "dose-other" && dose(nil) == "dose-unknown")
  }

  @Test func `a file overrides a rule and adds one before all others`() throws {
    let rules = try rules(
      """
      rules:
        - id: dose-other
          severity: critical
        - id: ward-dates
          class: date
          types: [discharge-summary]
          severity: critical
          reason: Our follow-up clinic books by these dates.
      """)
    #expect(rules["dose-other"]?.severity == .critical)
    #expect(
      rules["dose-other"]?.belowLogRatio == SeverityRules.builtIn["dose-other"]?.belowLogRatio)
    func date(_ type: DocumentType) -> SeverityRule {
      rules.rule(for: ErrorCircumstances(.date, type: type))
    }
    #expect(date(.dischargeSummary).id == "ward-dates")
    #expect(date(.dischargeSummary).source == "s.yaml")
    #expect(date(.prescription).id == "date-changed")
  }

  @Test func `a class made conditional falls back on the built-in rule`() throws {
    let rules = try rules(
      "rules:\n  - id: date-changed\n    types: [prescription]\n    severity: minor")
    #expect(rules.rule(for: ErrorCircumstances(.date, type: .prescription)).severity == .minor)
    #expect(rules.rule(for: ErrorCircumstances(.date, type: .diagnosis)).severity == .major)
  }

  @Test func `mistakes are named with their place and mend`() {
    #expect(
      message("rules:\n  - id: a\n    class: dose-rato\n    severity: major\n    reason: b")
        == "s.yaml:3:12: unknown error class \"dose-rato\"; did you mean \"dose-ratio\"?")
    #expect(
      message("rules:\n  - id: dose-other\n    severity: fatal")
        .hasPrefix("s.yaml:3:15: unknown severity \"fatal\"; use one of: benign, minor, major"))
    #expect(
      message("rules:\n  - id: mine\n    class: date\n    reason: b")
        == "s.yaml:2:5: the new rule \"mine\" has no \"severity\"; "
        + "add it; only a built-in rule's id has values to fall back on")
    #expect(
      message("rules:\n  - id: dose-other\n    kinds: [quantty]")
        == "s.yaml:3:12: unknown kind \"quantty\"; did you mean \"quantity\"?")
    #expect(message("rules:\n  - id: dose-other\n    unreadable: maybe").contains("true or false"))
    #expect(
      message("rules:\n  - id: date-changed\n  - id: date-changed")
        == "s.yaml:3:9: the rule \"date-changed\" stands twice; remove one or rename it")
    #expect(
      message("rules:\n  - id: dose-other\n    ratio_at_least: 3\n    ratio_below: 2")
        == "s.yaml:2:5: the rule \"dose-other\" fits no ratio: at least 3.0 and below 2.0; "
        + "widen one of them")
  }
}
