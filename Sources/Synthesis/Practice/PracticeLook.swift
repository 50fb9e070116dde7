import Drawing
import PageImaging

/// How the blocks of a practice sheet look, each drawn by lot.
struct PracticeLook {
  let edges: PagePalette.Edges

  init(_ random: inout SeededRandom) {
    edges = random.pick(weighted: [(.hard, 35), (.smooth, 25), (.grey, 40)])
  }

  func style(_ random: inout SeededRandom) -> TextStyle {
    let hand = random.chance(0.16)
    let family =
      hand
      ? random.pick(random.chance(0.75) ? FontFamily.handwriting : FontFamily.moreHandwriting)
      : random.pick(
        random.pick(weighted: [
          (FontFamily.print, 74), (FontFamily.morePrint, 16), (FontFamily.latin, 10),
        ]))
    let weight = random.chance(0.45) ? .regular : random.pick(family.weights)
    var style = TextStyle(
      Typeface(family, weight: weight), fallbacks: fallbacks(of: family, &random),
      size: size(&random, isHand: hand), ink: ink(&random, isHand: hand))
    if !hand, random.chance(0.45) {
      // Narrower still, small letters would be no letters.
      style.condensed = random.uniform((style.size < 8 ? 0.8 : 0.65)...1)
    }
    return style
  }

  private func size(_ random: inout SeededRandom, isHand: Bool) -> Double {
    let range: ClosedRange<Double> = random.pick(weighted: [
      (6.5...8, 24), (8...11, 60), (11...13, 11), (13...20, 5),
    ])
    let size = random.uniform(range)
    // Handwriting is drawn small in its square.
    return isHand ? max(size * 1.3, 10) : size
  }

  func ink(_ random: inout SeededRandom, isHand: Bool = false) -> Ink {
    if random.chance(isHand ? 0.5 : 0.08) { return .pen }
    switch edges {
    case .hard, .smooth: return random.chance(0.8) ? .black : .grey(random.uniform(0...0.2))
    case .grey:
      let level: ClosedRange<Double> = random.pick(weighted: [
        (0...0.02, 45), (0.05...0.35, 30), (0.35...0.62, 25),
      ])
      return .grey(random.uniform(level))
    }
  }

  /// What draws the Hangul of a Latin family, the rare syllables of NanumSquare and the signs that
  /// Korean fonts lack (☑ is in none).
  private func fallbacks(of family: FontFamily, _ random: inout SeededRandom) -> [Typeface] {
    let hangul = FontFamily.latin.contains(family) ? [Typeface(random.pick(FontFamily.print))] : []
    let noto: FontFamily =
      [.nanumMyeongjo, .notoSerif, .liberationSerif].contains(family) ? .notoSerif : .notoSans
    return hangul + [noto, .nanumGothic, .dejaVuSans].map { Typeface($0) }
  }
}
