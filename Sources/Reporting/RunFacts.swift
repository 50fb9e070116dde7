import OCRInference
import Pipeline

/// What was asked and where it ran, as names and values.
struct RunFacts {
  var record: RunRecord
  var language: Language

  typealias Fact = HTMLPage.Fact

  var summary: [Fact] {
    let engine = record.engine
    let configuration = record.configuration
    return [
      fact(.engine, "\(engine.engine) \(engine.version)"), fact(.model, engine.model),
      fact(.dataset, configuration.dataset), fact(.degradation, configuration.degradation),
      fact(.started, Self.readable(record.startedAt)),
    ]
  }

  var configuration: [Fact] {
    let asked = record.configuration
    var facts = [
      fact(.documentType, asked.documentTypes.map { language.typeName($0, in: record) }),
      fact(.dpi, asked.dpis.map(String.init)),
      fact(.dataset, asked.dataset), fact(.datasetHash, asked.datasetHash),
      fact(.documentLimit, asked.limit.map(String.init) ?? language(.all)),
      fact(.degradation, asked.degradation), fact(.seed, "\(asked.seed)"),
      fact(.warmup, "\(asked.warmup)"),
      fact(.timeout, "\(Figures.fixed(asked.timeout, 0)) \(language(.seconds))"),
    ]
    if let confidence = asked.confidence {
      facts.append(fact(.verdictConfidence, "\(confidence)"))
    }
    if let dpi = asked.sourceDPI { facts.append(fact(.sourceDPI, Figures.fixed(dpi, 0))) }
    facts.append(fact(.engine, asked.engine.name))
    if let command = asked.engine.command { facts.append(fact(.command, command, " ")) }
    if let languages = asked.engine.languages { facts.append(fact(.languages, languages)) }
    if let mode = asked.engine.pageSegmentationMode {
      facts.append(fact(.pageSegmentationMode, "\(mode)"))
    }
    return facts
  }

  var environment: [Fact] {
    let machine = record.environment
    return [
      fact(.medbench, record.medbenchVersion),
      fact(.started, Self.readable(record.startedAt)),
      fact(.finished, Self.readable(record.finishedAt)),
      fact(.operatingSystem, machine.operatingSystem), fact(.architecture, machine.architecture),
      fact(.processor, machine.processor), fact(.cores, "\(machine.cores)"),
      fact(.memory, Figures.bytes(machine.memoryBytes)),
    ]
  }

  private func fact(_ term: Term, _ value: String) -> Fact {
    Fact(name: language(term), value: value)
  }

  private func fact(_ term: Term, _ values: [String], _ separator: String = ", ") -> Fact {
    fact(term, values.joined(separator: separator))
  }

  /// `2026-03-14T01:59:26Z` as `2026-03-14 01:59:26`.
  private static func readable(_ time: String) -> String {
    String(time.map { $0 == "T" ? " " : $0 }.filter { $0 != "Z" })
  }
}
