import Datasets
import DocProfiles

extension PlantingPage {
  /// Names of drugs, tests and diagnoses: another of the lexicon, or none.
  ///
  /// - Parameter strangers: the names that the page does not have.
  func nameErrors(
    _ names: KnownNames, _ strangers: KnownNames, _ random: inout some RandomNumberGenerator
  ) -> [Plant] {
    var plants: [Plant] = []
    for field in fields {
      switch field.kind {
      case .drugName: plants += drugErrors(of: field, names, strangers, &random)
      case .testName:
        plants += nameErrors(of: field, strangers.tests, .testName, "other test", &random)
      case .diagnosisName:
        plants += nameErrors(
          of: field, strangers.diagnoses, .diagnosisName, "other diagnosis", &random)
      default: break
      }
    }
    return plants
  }

  private func drugErrors(
    of field: FieldTruth, _ names: KnownNames, _ strangers: KnownNames,
    _ random: inout some RandomNumberGenerator
  ) -> [Plant] {
    // `정2밀리그램`: the strength that ends a name stays.
    let name = String(field.value.prefix { !"0123456789".contains($0) })
    let strength = String(field.value.dropFirst(name.count))
    var plants: [Plant] = []
    let form = KnownNames.form(of: name)
    let others = strangers.drugs.filter { other in
      KnownNames.form(of: other) == form && !other.hasPrefix(name.dropLast(form.count))
    }
    if let other = others.randomElement(using: &random) {
      plants.append(
        misread(field, as: other + strength, "other drug", .drugSwap, .critical))
    }
    if let alike = others.min(by: { $0.edits(to: name) < $1.edits(to: name) }) {
      plants.append(
        misread(field, as: alike + strength, "look-alike drug", .drugSwap, .critical))
    }
    let ingredient = String(name.dropLast(form.count))
    for place in [0, 1] {
      guard let garbled = ingredient.misspelled(at: place), garbled != ingredient,
        names.isNoDrug(garbled)
      else { continue }
      plants.append(
        misread(
          field, as: garbled + form + strength, "drug misspelled", .drugName, .major))
    }
    if let amount = WrittenAmount(strength), !amount.number.isNought {
      plants.append(
        misread(
          field, as: name + amount.with(amount.number.tenfold), "strength times ten",
          .decimalShift, .critical))
      plants.append(
        misread(
          field, as: name + amount.with("1" + amount.number.text), "strength changed", .doseRatio,
          .critical))
    }
    return plants
  }

  private func nameErrors(
    of field: FieldTruth, _ known: [String], _ errorClass: ErrorClass, _ recipe: String,
    _ random: inout some RandomNumberGenerator
  ) -> [Plant] {
    var plants: [Plant] = []
    let garbled =
      field.value.misspelled(at: field.value.count / 2) ?? field.value.misspelledInLatin
    if let garbled, !known.contains(garbled) {
      plants.append(misread(field, as: garbled, "name misspelled", errorClass, .major))
    }
    // A name with a side before it keeps the side.
    let side = ["우측 ", "좌측 ", "양측 "].first { field.value.hasPrefix($0) } ?? ""
    if let other = known.randomElement(using: &random) {
      plants.append(misread(field, as: side + other, recipe, errorClass, .critical))
    }
    return plants
  }
}

extension String {
  /// Characters to change, put in or leave out (Levenshtein).
  func edits(to other: String) -> Int {
    let (a, b) = (Array(self), Array(other))
    var row = Array(0...b.count)
    for i in a.indices {
      var last = row[0]
      row[0] = i + 1
      for j in b.indices {
        let change = last + (a[i] == b[j] ? 0 : 1)
        last = row[j + 1]
        row[j + 1] = Swift.min(change, Swift.min(row[j], last) + 1)
      }
    }
    return row[b.count]
  }
}
