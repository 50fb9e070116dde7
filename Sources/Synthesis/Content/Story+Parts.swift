import PageImaging

/// The parts that several documents tell alike.
extension Story {
  mutating func chiefComplaint(random: inout SeededRandom) -> String {
    paragraph("cc", random: &random) + " (\(onset) 전부터)"
  }

  /// Comorbidities and what was never there.
  mutating func pastHistory(random: inout SeededRandom) -> String {
    if comorbidities.isEmpty, random.chance(0.4) {
      return sentences(CommonPhrases.noHistory, random: &random).joined(separator: " ")
    }
    var parts: [String] = []
    for known in comorbidities { parts.append(fill(known.history, random: &random) + ".") }
    return (parts + sentences(CommonPhrases.alsoDenied, random: &random)).joined(separator: " ")
  }

  mutating func physicalExam(random: inout SeededRandom) -> String {
    (sentences(CommonPhrases.generalExam, random: &random) + sentences("x", random: &random))
      .joined(separator: " ")
  }

  /// Rows of the family's tests, four to eight.
  mutating func labHighlights(random: inout SeededRandom) -> [LabRow] {
    let requests = family.parts["lab"]![0].wordings[0].split(separator: ";")
    var rows: [LabRow] = []
    for request in requests {
      if let row = lab(request, random: &random) { rows.append(row) }
    }
    return rows
  }

  /// Rows for the family's drug classes and then the comorbidities', no drug twice.
  mutating func medications(
    days: Int, count: ClosedRange<Int>, oralOnly: Bool, random: inout SeededRandom
  ) -> [PrescribedDrug] {
    let classes =
      family.parts["rx"]![0].wordings[0].split(separator: " ").map(String.init)
      + comorbidities.map(\.drugClass)
    let wanted = random.int(count)
    var rows: [PrescribedDrug] = []
    var ingredients: Set<String> = []
    // Classes that many patients take fill a short list up.
    let fillers = [
      "stomach", "aap", "muco", "vitd", "prok", "lax", "eye", "skin", "antihist", "relax",
      "english",
    ]
    for group in classes + fillers.shuffled(using: &random) {
      guard rows.count < wanted, let entry = drug(group, random: &random),
        !(oralOnly && entry.frequencies.allSatisfy { $0.hasSuffix("시간마다") }),
        ingredients.insert(entry.ingredient).inserted
      else { continue }
      rows.append(.draw(entry, days: days, random: &random))
    }
    return rows
  }
}
