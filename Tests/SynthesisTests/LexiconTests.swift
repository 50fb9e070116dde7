import Foundation
import Synthesis
import Testing

/// The word lists: wide, unique, and split so that `train` never shows a held-out word.
@Suite struct LexiconTests {
  @Test func sizes() {
    #expect(DrugLexicon.lexicon.all.count >= 300)
    #expect(LabTestLexicon.lexicon.all.count >= 200)
    #expect(DiagnosisLexicon.lexicon.all.count >= 300)
    #expect(NameLexicon.surnames.count >= 60)
    #expect(Set(NameLexicon.given.all.map(\.word)).count >= 200)
  }

  @Test func entriesAreUnique() {
    #expect(repeated(DrugLexicon.lexicon.all.map(\.name)).isEmpty)
    #expect(repeated(LabTestLexicon.lexicon.all.map(\.name)).isEmpty)
    #expect(repeated(DiagnosisLexicon.lexicon.all.map(\.code)).isEmpty)
    #expect(repeated(DiagnosisLexicon.lexicon.all.map(\.name)).isEmpty)
    #expect(repeated(NameLexicon.given.all.map { $0.group + $0.word }).isEmpty)
    #expect(repeated(NameLexicon.hospitals.all.map(\.word)).isEmpty)
    #expect(repeated(NameLexicon.streets.all.map(\.word)).isEmpty)
    #expect(repeated(NameLexicon.surnames.map(\.item)).isEmpty)
  }

  private func repeated(_ list: [String]) -> [String] {
    var seen: Set<String> = []
    return list.filter { !seen.insert($0).inserted }
  }

  @Test func aFifthIsHeldOutOfTrain() {
    expectSplit(DrugLexicon.lexicon)
    expectSplit(LabTestLexicon.lexicon)
    expectSplit(DiagnosisLexicon.lexicon)
    expectSplit(NameLexicon.given)
    expectSplit(NameLexicon.hospitals)
    expectSplit(NameLexicon.streets)
  }

  private func expectSplit<Entry: LexiconEntry>(_ lexicon: Lexicon<Entry>) {
    let train = lexicon.entries(for: .train)
    let test = lexicon.entries(for: .test)
    let trainKeys = Set(train.map(\.splitKey))
    let heldOut = test.filter { lexicon.isHeldOut($0) }
    #expect(test.count == lexicon.all.count, "\(lexicon.name)")
    #expect(heldOut.allSatisfy { !trainKeys.contains($0.splitKey) }, "\(lexicon.name)")
    #expect(train.count + heldOut.count == test.count, "\(lexicon.name)")
    let share = Double(heldOut.count) / Double(test.count)
    #expect((0.17...0.23).contains(share), "\(lexicon.name): \(share)")
    for group in Set(lexicon.all.map(\.group)) {
      #expect(!lexicon.entries(in: group, for: .train).isEmpty, "\(lexicon.name)/\(group)")
    }
  }

  /// The split must not move when the code does: documents already generated rest on it.
  @Test func splitStaysWhereItIs() {
    let names = DrugLexicon.lexicon.all.filter { DrugLexicon.lexicon.isHeldOut($0) }.map(\.name)
    #expect(names.prefix(4) == ["레르카니디핀정", "발사르탄정", "라미프릴정", "네비볼롤정"])
  }

  @Test func codesHaveTheFormOfTheKCD() {
    for term in DiagnosisLexicon.lexicon.all {
      #expect(term.code.wholeMatch(of: /[A-Z]\d\d(\.\d{1,2})?/) != nil, "\(term.code)")
    }
  }

  @Test func dosesHaveANumberAndAUnit() {
    for drug in DrugLexicon.lexicon.all {
      #expect(!drug.doses.isEmpty && !drug.frequencies.isEmpty && !drug.usages.isEmpty)
      for dose in drug.doses where dose != "적당량" && !dose.contains("%") {
        let form = /\d+(\.\d+)?(mg|g|㎍|㎍\/h|mL|단위|회|정|방울|매)/
        #expect(dose.wholeMatch(of: form) != nil, "\(drug.name) \(dose)")
      }
      for frequency in drug.frequencies {
        let form = /(1일|3일|주|2주|3주|월|6개월) \d회|필요시|\d+시간마다/
        #expect(frequency.wholeMatch(of: form) != nil, "\(drug.name) \(frequency)")
      }
    }
  }
}
