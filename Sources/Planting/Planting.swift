import DocProfiles
import PageImaging

/// Makes the plants of a page: every kind of error and of harmless rewrite that the page has room for,
/// one at a time, and several at once.
public struct Planting: Sendable {
  let names: KnownNames
  /// Plants of one recipe that a page gets at most.
  let perRecipe: Int
  let seed: UInt64

  public init(lexicon: Lexicon, perRecipe: Int = 3, seed: UInt64 = 1) {
    names = KnownNames(lexicon)
    self.perRecipe = perRecipe
    self.seed = seed
  }

  /// The same for the same page, seed and lexicon.
  public func plants(on page: PlantingPage) -> [Plant] {
    var random = SeededRandom(seed: seed, page.id)
    let (strangers, acquaintances) = names.parted(by: page)
    let all: [[Plant]] = [
      page.amountErrors(), page.orderErrors(), page.labErrors(),
      page.nameErrors(names, strangers, &random), page.codeErrors(), page.personErrors(),
      page.textErrors(names, strangers, acquaintances, &random),
      page.rowErrors(strangers, &random), page.valueRewrites(), page.pageRewrites(),
    ]
    let singles = thinned(all.flatMap(\.self), &random)
    return singles + combinations(of: singles, on: page, &random)
  }

  /// At most so many plants of each recipe, drawn at random and kept in their order.
  private func thinned(_ plants: [Plant], _ random: inout SeededRandom) -> [Plant] {
    var places: [String: [Int]] = [:]
    for (place, plant) in plants.enumerated() { places[plant.recipe, default: []].append(place) }
    var kept: Set<Int> = []
    for recipe in places.keys.sorted() {
      kept.formUnion(places[recipe]!.shuffled(using: &random).prefix(perRecipe))
    }
    return kept.sorted().map { plants[$0] }
  }

  // MARK: Several at once

  /// For each page: errors on lines of their own, errors among rewrites, all rewrites that fit, and
  /// errors on a page written in full width.
  private func combinations(
    of singles: [Plant], on page: PlantingPage, _ random: inout SeededRandom
  ) -> [Plant] {
    let plain = singles.filter { $0.dressing == .none && !$0.edits.isEmpty }
    let errors = plain.filter { !$0.expected.isEmpty }
    let rewrites = plain.filter { $0.expected.isEmpty && !$0.touchesSeveral }
    var plants: [Plant] = []
    for count in [2, 2, 3, 4] {
      let chosen = apart(errors.shuffled(using: &random), on: page, atMost: count)
      if chosen.count == count { plants.append(combined(chosen, "\(count) errors")) }
    }
    for count in [1, 2, 3] {
      let chosen = apart(errors.shuffled(using: &random), on: page, atMost: count)
      let between = apart(
        rewrites.shuffled(using: &random), on: page, atMost: 6, besides: chosen)
      if !chosen.isEmpty {
        plants.append(combined(chosen + between, "\(chosen.count) errors among rewrites"))
      }
    }
    let many = apart(rewrites.shuffled(using: &random), on: page, atMost: 40)
    if var plant = many.first, many.count > 1 {
      plant = combined(many, "many rewrites")
      plant.subject = .harmless(.several)
      plants.append(plant)
    }
    for dressing in [Dressing.fullWidth, .wideSpaces, .decomposed] {
      let chosen = apart(errors.shuffled(using: &random), on: page, atMost: 2)
      guard !chosen.isEmpty else { continue }
      var plant = combined(chosen, "\(chosen.count) errors, \(dressing.rawValue)")
      plant.dressing = dressing
      plants.append(plant)
    }
    return plants
  }

  private func combined(_ plants: [Plant], _ recipe: String) -> Plant {
    var plant = Plant(
      .combined, recipe, plants.flatMap(\.edits), expecting: plants.flatMap(\.expected))
    plant.isInOtherTerms = plants.contains(where: \.isInOtherTerms)
    return plant
  }

  /// Plants, in the order given, whose lines no other chosen one touches and which would not add up
  /// to an error of another class: two values of one column may not become each other's.
  private func apart(
    _ plants: [Plant], on page: PlantingPage, atMost count: Int, besides others: [Plant] = []
  ) -> [Plant] {
    var taken = others.flatMap { $0.lines(on: page) }
    var written = Set(others.flatMap { $0.texts(on: page) })
    var chosen: [Plant] = []
    for plant in plants where chosen.count < count {
      let lines = plant.lines(on: page)
      let texts = plant.texts(on: page)
      guard !lines.contains(where: { line in taken.contains { $0.overlaps(line) } }),
        !texts.contains(where: written.contains)
      else { continue }
      chosen.append(plant)
      taken += lines
      written.formUnion(texts)
    }
    return chosen
  }
}

extension Plant {
  /// Rewrites of many places, with which nothing else fits on the page.
  fileprivate var touchesSeveral: Bool { edits.count > 1 }

  /// What the edits put in and what stood there, without blanks.
  fileprivate func texts(on page: PlantingPage) -> [String] {
    edits.flatMap { [$0.text, page.text($0.range)] }.map { $0.filter { !$0.isWhitespace } }
      .filter { !$0.isEmpty }
  }

  /// The lines that the edits touch, with one more on both sides where a line comes or goes.
  fileprivate func lines(on page: PlantingPage) -> [Range<Int>] {
    edits.map { edit in
      let first = page.line(at: edit.range.lowerBound)
      let last = page.line(at: max(edit.range.lowerBound, edit.range.upperBound - 1))
      let changesLines =
        edit.text.contains("\n") || page.text(edit.range).contains("\n")
      let start = changesLines ? page.line(at: max(0, first.lowerBound - 1)) : first
      let end =
        changesLines ? page.line(at: min(page.scalars.count, last.upperBound + 1)) : last
      return start.lowerBound..<max(end.upperBound, start.lowerBound + 1)
    } + subjects
  }
}
