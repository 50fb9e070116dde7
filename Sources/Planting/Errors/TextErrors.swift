import Datasets
import DocProfiles

extension PlantingPage {
  /// Running text: numbers, negations, sides, drugs, dates.
  ///
  /// - Parameters:
  ///   - strangers: the names that the page does not have.
  ///   - acquaintances: the drugs that it has.
  func textErrors(
    _ names: KnownNames, _ strangers: KnownNames, _ acquaintances: KnownNames,
    _ random: inout some RandomNumberGenerator
  ) -> [Plant] {
    let drugs = acquaintances.drugs.filter { $0.count > 3 }.flatMap {
      textDrug($0, names, strangers, &random)
    }
    return negations() + sides() + numbers() + drugs
  }

  /// Words that turn what is said round, each with what it turns into.
  private func negations() -> [Plant] {
    let turns = [
      ("없음", "있음"), ("없었음", "있었음"), ("없었으며", "있었으며"), ("없었고", "있었고"), ("없습니다", "있습니다"),
      ("없는", "있는"), ("없어", "있어"), ("있었음", "없었음"), ("있었고", "없었고"), ("보균자 아님", "보균자임"),
      ("만져지지 않음", "만져짐"), ("창백하지 않고", "창백하고"), ("발생하지 않음", "발생함"), ("들리지 않음", "들림"),
      ("뚜렷하지 않", "뚜렷하였"), ("동반하지 않은", "동반한"), ("not pale", "pale"), ("(-)", "(+)"), ("(+", "(-"),
      ("denies", "reports"), ("음성이었", "양성이었"), ("음성임", "양성임"), ("양성이었", "음성이었"),
      ("대체조제 불가", "대체조제 가능"),
    ]
    return turns.flatMap { word, turned in
      places(of: word).map { place in
        Plant(
          .harmful(.negationFlip), "\(word) read as \(turned)", [Edit(range: place, text: turned)],
          expecting: [textError(.negationFlip, .critical, at: place.lowerBound)])
      }
    }
  }

  /// Sides, in text and in the names of diagnoses.
  private func sides() -> [Plant] {
    let turns = [
      ("우측", "좌측"), ("좌측", "우측"), ("양측", "우측"), ("오른쪽", "왼쪽"), ("왼쪽", "오른쪽"), ("우상복부", "좌상복부"),
      ("우하복부", "좌하복부"), ("좌심실", "우심실"), ("좌심방", "우심방"), ("우측 ", ""), ("좌측 ", ""),
    ]
    let inText = turns.flatMap { word, turned in
      places(of: word).map { place in
        Plant(
          .harmful(.laterality), turned.isEmpty ? "side lost" : "side turned",
          [Edit(range: place, text: turned)],
          expecting: [textError(.laterality, .critical, at: place.lowerBound)])
      }
    }
    let inNames = fields.filter { $0.kind == .diagnosisName }.flatMap { field in
      turns.compactMap { word, turned in
        field.value.hasPrefix(word)
          ? misread(
            field, as: turned + field.value.dropFirst(word.count), "side of a diagnosis",
            .laterality, .critical) : nil
      }
    }
    return inText + inNames
  }

  // MARK: Numbers

  private func numbers() -> [Plant] {
    var plants: [Plant] = []
    let isDigit = { (scalar: Unicode.Scalar) in ("0"..."9").contains(scalar) }
    var place = 0
    while place < scalars.count {
      guard isDigit(scalars[place]), !isStructured[place] else {
        place += 1
        continue
      }
      var end = place
      while end < scalars.count, isDigit(scalars[end]) || scalars[end] == "." { end += 1 }
      while scalars[end - 1] == "." { end -= 1 }
      if let number = WrittenNumber(text(place..<end)), !number.isNought, standsAlone(place) {
        plants += numberErrors(number, at: place..<end, unit: unit(behind: end))
      }
      place = end
    }
    return plants
  }

  /// Not part of a word, a date, a code or a longer figure.
  private func standsAlone(_ place: Int) -> Bool {
    guard place > 0 else { return false }
    return " \n(".unicodeScalars.contains(scalars[place - 1])
  }

  /// The letters behind a number, over one blank at most.
  private func unit(behind end: Int) -> String {
    var start = end
    if start < scalars.count, scalars[start] == " " { start += 1 }
    var stop = start
    while stop < scalars.count, !" \n.,();:".unicodeScalars.contains(scalars[stop]) { stop += 1 }
    return text(start..<stop)
  }

  private func numberErrors(
    _ number: WrittenNumber, at place: Range<Int>, unit: String
  ) -> [Plant] {
    func plant(
      _ text: String, _ recipe: String, _ errorClass: ErrorClass, _ severity: Severity
    ) -> Plant {
      Plant(
        .harmful(errorClass), recipe, [Edit(range: place, text: text)],
        expecting: [textError(errorClass, severity, at: place.lowerBound)])
    }
    let others = number.misread.filter {
      !$0.isNought && $0.significant != number.significant
    }
    let ratio = { (other: WrittenNumber) in
      max(other.value / number.value, number.value / other.value)
    }
    switch unit {
    case "mg", "㎍", "g", "mL", "단위를":
      return [
        plant(number.tenfold, "dose in text times ten", .decimalShift, .critical),
        plant(number.tenth, "dose in text by ten", .decimalShift, .critical),
      ]
        + others.last { ratio($0) >= 2 }.map {
          [plant($0.text, "dose in text changed", .doseRatio, .critical)]
        }.orEmpty
    case "mg/dL", "℃", "℃로", "℃였음", "cm", "cm로", "kg", "g/dL":
      return [
        plant(number.tenfold, "measurement in text times ten", .decimalShift, .critical)
      ]
    case "회", "회씩":
      guard precedes("1일 ", place.lowerBound), number.decimals == 0,
        let other = others.last(where: { ratio($0) >= 2 })
      else { return [] }
      return [plant(other.text, "frequency in text", .frequency, .critical)]
    case "일":
      if precedes("월 ", place.lowerBound) {
        return others.last.map { [plant($0.text, "day in text", .date, .major)] } ?? []
      }
      // `1일 3회`: the days of a frequency.
      if (0...9).contains(where: { stands(" \($0)회", at: place.upperBound + 1) }) {
        return others.last { ratio($0) >= 2 }.map {
          [plant($0.text, "days of a frequency in text", .frequency, .critical)]
        }.orEmpty
      }
      return others.last.map { [plant($0.text, "duration in text", .digitChange, .major)] } ?? []
    case "월":
      // Of `3월 9일`; a month that exists.
      guard number.decimals == 0, let other = others.last(where: { $0.value <= 12 }) else {
        return []
      }
      return [plant(other.text, "month in text", .date, .major)]
    case "년" where number.digits.count == 4: return []
    case "일간", "주", "주간", "주간의", "개월", "세에", "점", "갑년", "명", "년":
      return others.last.map { [plant($0.text, "duration or count in text", .digitChange, .major)] }
        .orEmpty
    default: return []
    }
  }

  private func stands(_ text: String, at place: Int) -> Bool {
    let wanted = Array(text.unicodeScalars)
    return place + wanted.count <= scalars.count
      && scalars[place..<place + wanted.count].elementsEqual(wanted)
  }

  private func precedes(_ text: String, _ place: Int) -> Bool {
    let wanted = Array(text.unicodeScalars)
    return place >= wanted.count
      && scalars[place - wanted.count..<place].elementsEqual(wanted)
  }

  // MARK: Drugs

  /// A drug that text names: `락툴로오스시럽 15mL`.
  private func textDrug(
    _ name: String, _ names: KnownNames, _ strangers: KnownNames,
    _ random: inout some RandomNumberGenerator
  ) -> [Plant] {
    let form = KnownNames.form(of: name)
    let others = strangers.drugs.filter { !form.isEmpty && KnownNames.form(of: $0) == form }
    var plants: [Plant] = []
    for place in places(of: name) {
      let before = place.lowerBound == 0 ? " " : scalars[place.lowerBound - 1]
      guard before == " " || before == "\n" else { continue }
      if let other = others.randomElement(using: &random) {
        plants.append(
          Plant(
            .harmful(.drugSwap), "other drug in text", [Edit(range: place, text: other)],
            expecting: [textError(.drugSwap, .critical, at: place.lowerBound)]))
      }
      if let garbled = name.misspelled(at: 1), names.isNoDrug(garbled) {
        plants.append(
          Plant(
            .harmful(.drugName), "drug in text misspelled", [Edit(range: place, text: garbled)],
            expecting: [textError(.drugName, .major, at: place.lowerBound)]))
      }
    }
    return plants
  }
}

extension [Plant]? {
  fileprivate var orEmpty: [Plant] { self ?? [] }
}
