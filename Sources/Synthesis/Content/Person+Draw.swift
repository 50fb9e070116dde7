import PageImaging

extension PatientContent {
  /// A patient of `ages` full years on `date`.
  ///
  /// - Parameter isMasked: whether the resident number shows only its first seven digits.
  static func draw(
    split: Split, on date: CalendarDate, sex: String? = nil, ages: ClosedRange<Int>,
    isMasked: Bool, random: inout SeededRandom
  ) -> PatientContent {
    let sex = sex ?? random.pick(["남", "여"])
    let age = random.int(ages)
    let birth = birthDate(age: age, on: date, random: &random)
    let city = random.pick(NameLexicon.cities)
    return PatientContent(
      name: personName(sex: sex, split: split, random: &random), sex: sex, age: age,
      birthDate: birth.iso,
      residentNumber: residentNumber(birth, sex: sex, isMasked: isMasked, random: &random),
      chartNumber: random.digits(8), phone: "010-\(random.digits(4))-\(random.digits(4))",
      address: city.name + " " + street(split: split, random: &random)
        + (random.chance(0.6) ? ", " + home(&random) : ""))
  }

  private static func birthDate(
    age: Int, on date: CalendarDate, random: inout SeededRandom
  ) -> CalendarDate {
    let (year, month, day) = date.parts
    // Up to the day before the birthday that would make the patient a year older; a 29 February
    // would have no anniversary, so the range stays a day short of it.
    let latest = CalendarDate(year: year - age, month: month, day: min(day, 28))
    return latest + -random.int(0...363)
  }

  /// In form a 주민등록번호, but the check digit is one too high, so that it is nobody's.
  private static func residentNumber(
    _ birth: CalendarDate, sex: String, isMasked: Bool, random: inout SeededRandom
  ) -> String {
    let (year, month, day) = birth.parts
    let century = (year < 2000 ? 1 : 3) + (sex == "여" ? 1 : 0)
    let front = twoDigits(year % 100) + twoDigits(month) + twoDigits(day) + "-\(century)"
    // Numbers given since October 2020 have no check digit to be wrong.
    if isMasked || year >= 2020 { return front + "******" }
    let known = front + random.digits(5)
    let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
    let sum = zip(known.compactMap(\.wholeNumberValue), weights).reduce(0) { $0 + $1.0 * $1.1 }
    let check = (11 - sum % 11) % 10
    return known + "\((check + 1) % 10)"
  }

  private static func home(_ random: inout SeededRandom) -> String {
    random.chance(0.7)
      ? "\(random.pick(NameLexicon.apartments)) \(random.int(101...118))동 \(random.int(1...20))0"
        + "\(random.int(1...4))호"
      : "\(random.int(1...5))층"
  }
}

extension PhysicianContent {
  static func draw(
    split: Split, specialty: String, random: inout SeededRandom
  ) -> PhysicianContent {
    PhysicianContent(
      name: personName(sex: random.pick(["남", "여"]), split: split, random: &random),
      licenceNumber: random.digits(random.int(5...6)),
      department: random.pick(Departments.bySpecialty[specialty]!))
  }
}

extension HospitalContent {
  static func draw(split: Split, random: inout SeededRandom) -> HospitalContent {
    let stem = NameLexicon.hospitals.draw(for: split, random: &random)!.word
    let city = random.pick(NameLexicon.cities)
    return HospitalContent(
      name: stem + random.pick(weighted: NameLexicon.hospitalKinds),
      address: city.name + " " + street(split: split, random: &random),
      phone: "\(city.areaCode)-\(random.digits(random.int(3...4)))-\(random.digits(4))",
      institutionNumber: random.digits(8))
  }
}

/// A surname by its frequency and a given name of the lexicon.
private func personName(sex: String, split: Split, random: inout SeededRandom) -> String {
  random.pick(weighted: NameLexicon.surnames)
    + NameLexicon.given.draw(sex, for: split, random: &random)!.word
}

/// `은하솔로 24`, `달맞이솔3길 17-2`
private func street(split: Split, random: inout SeededRandom) -> String {
  let stem = NameLexicon.streets.draw(for: split, random: &random)!.word
  let kind = random.chance(0.6) ? "로" : random.chance(0.5) ? "길" : "로\(random.int(2...38))길"
  let number = random.int(2...268)
  return "\(stem)\(kind) \(number)" + (random.chance(0.2) ? "-\(random.int(1...9))" : "")
}
