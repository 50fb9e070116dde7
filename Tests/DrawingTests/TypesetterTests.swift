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

  @Test(arguments: FontFamily.allCases.filter { $0 != .nanumSquare })
  func everySyllableHasInk(in family: FontFamily) throws {
    let setter = try Typesetter(families: [family])
    var blank: [Unicode.Scalar] = []
    for scalar in Self.syllables + Self.ascii
    where try !setter.draws(scalar, in: Typeface(family)) { blank.append(scalar) }
    #expect(blank.isEmpty)
  }

  @Test(arguments: FontFamily.allCases.filter { $0.hasBold && $0 != .nanumSquare })
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
