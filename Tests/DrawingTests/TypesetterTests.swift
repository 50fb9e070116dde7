import Drawing
import Testing

@Suite struct TypesetterTests {
  static let syllables = (0xac00...0xd7a3).map { Unicode.Scalar(UInt32($0))! }
  static let ascii = (0x21...0x7e).map { Unicode.Scalar(UInt32($0))! }

  /// NanumSquare draws the 2,350 syllables of KS X 1001 and some more; Noto lends the rest.
  @Test func theRareSyllablesThatNanumSquareLacksAreNoticed() throws {
    let setter = try Typesetter(families: [.nanumSquare])
    #expect(try setter.draws("각", in: Typeface(.nanumSquare)))
    #expect(try !setter.draws("갂", in: Typeface(.nanumSquare)))
  }

  /// NanumSquareRound claims all 11,172 and leaves most of them empty.
  @Test func theSyllablesThatNanumSquareRoundOnlyClaimsAreNoticed() throws {
    let setter = try Typesetter(families: [.nanumSquareRound])
    let drawn = try Self.syllables.filter { try setter.draws($0, in: Typeface(.nanumSquareRound)) }
    #expect((2_300...2_600).contains(drawn.count), "\(drawn.count)")
  }

  /// Fontconfig hands out another cut where it has not the one that was asked for.
  @Test(arguments: FontFamily.allCases) func everyNamedWeightIsInstalled(of family: FontFamily)
    throws
  {
    let setter = try Typesetter(families: [family])
    var widths: Set<Double> = []
    for weight in family.weights {
      let face = Typeface(family, weight: weight)
      #expect(face.weight == weight)
      let text = FontFamily.latin.contains(family) ? "bdmwWHE@8" : "한글검사번호"
      let ink = try #require(try setter.set(text, TextStyle(face, size: 40)).ink)
      widths.insert(ink.width * 1000 + ink.height)
    }
    #expect(widths.count == family.weights.count)
    #expect(Typeface(.nanumPen, weight: .extraBold) == Typeface(.nanumPen))
  }

  @Test func printCanBeSetInOtherFamilies() throws {
    let plain = try Typesetter(families: [.nanumSquareRound, .nanumGothicCoding])
    let other = try Typesetter(families: [.notoSans], printFamilies: FontFamily.unseen)
    func width(_ setter: Typesetter, _ family: FontFamily, bold: Bool = false) throws -> Double {
      try setter.set("처방 10mg", TextStyle(Typeface(family, bold: bold), size: 10)).width
    }
    #expect(try width(other, .nanumGothic) == width(plain, .nanumSquareRound))
    #expect(
      try width(other, .nanumBarunGothic, bold: true)
        == width(plain, .nanumGothicCoding, bold: true))
    // What the family that stands in lacks still comes from the fallback, which stays itself.
    let backed = TextStyle(Typeface(.nanumGothic), fallbacks: [Typeface(.notoSans)], size: 10)
    #expect(
      try other.set("갂", backed).width
        == plain.set("갂", TextStyle(Typeface(.notoSans), size: 10)).width)
    #expect(throws: UndrawableCharacter.self) {
      try other.set("갂", TextStyle(Typeface(.nanumGothic), size: 10))
    }
  }

  @Test(arguments: FontFamily.documents.filter { $0 != .nanumSquare })
  func everySyllableHasInk(in family: FontFamily) throws {
    let setter = try Typesetter(families: [family])
    var blank: [Unicode.Scalar] = []
    for scalar in Self.syllables + Self.ascii
    where try !setter.draws(scalar, in: Typeface(family)) { blank.append(scalar) }
    #expect(blank.isEmpty)
  }

  @Test(arguments: FontFamily.documents.filter { $0.hasBold && $0 != .nanumSquare })
  func everySyllableHasInkInBold(in family: FontFamily) throws {
    let setter = try Typesetter(families: [family])
    let face = Typeface(family, bold: true)
    #expect(face.isBold)
    #expect(try Self.syllables.allSatisfy { try setter.draws($0, in: face) })
  }

  @Test func aCharacterWithoutInkIsAnErrorAndNotABox() throws {
    let setter = try Typesetter(families: [.nanumGothic])
    let style = TextStyle(Typeface(.nanumGothic), size: 10)
    let error = #expect(throws: UndrawableCharacter.self) { try setter.set("처방 💊", style) }
    #expect(
      error?.description
        == "U+1F48A has no ink in \"NanumGothic\": "
        + "write it another way or name a fallback family that draws it")
  }

  @Test func theFallbackDrawsOnlyWhatTheFaceLacks() throws {
    let setter = try Typesetter(families: [.nanumGothic, .notoSans])
    let plain = TextStyle(Typeface(.nanumGothic), size: 10)
    let backed = TextStyle(Typeface(.nanumGothic), fallbacks: [Typeface(.notoSans)], size: 10)
    #expect(throws: UndrawableCharacter.self) { try setter.set("5 µg", plain) }
    let mixed = try setter.set("5 µg", backed).width
    let parts = try setter.set("5 ", plain).width + setter.set("g", plain).width
    let micro = try setter.set("µ", TextStyle(Typeface(.notoSans), size: 10)).width
    #expect(abs(mixed - parts - micro) < 0.02)
  }

  @Test func aSuperscriptStandsHighAndSmall() throws {
    let setter = try Typesetter(families: [.nanumMyeongjo])
    let style = TextStyle(Typeface(.nanumMyeongjo), size: 10)
    let digit = try #require(try setter.set("6", style).ink)
    let raised = try #require(try setter.set("⁶", style).ink)
    #expect(raised.height < 0.7 * digit.height)
    #expect(raised.bottom < digit.y + 0.75 * digit.height)
  }

  @Test func aMissingFamilyNamesItsPackage() {
    #expect(
      MissingFont(family: .eunjin).description
        == "font family \"Eunjin\" is not installed: apt-get install fonts-alee")
  }
}
