import ArgumentParser
import Datasets
import DocProfiles
import Drawing
import Foundation
import Synthesis

/// `medbench dataset generate`: fictional documents with exact ground truth.
struct DatasetGenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a dataset of fictional Korean documents: PNG pages and JSONL truth.",
    discussion: """
      The same seed gives the same bytes on the same fonts, and a larger --count only adds \
      documents. One fifth of the drug, test and diagnosis names never appears with --split train.
      """)

  @Option(help: "Which words may appear: train or test.")
  var split: Split

  @Option(help: "Seed of every draw.")
  var seed: UInt64

  @Option(help: "Documents of each type.")
  var count: Int

  @Option(help: "Document types, separated by commas, or 'all'; 'practice' only by its name.")
  var docType = "all"

  @Option(help: "Families of the print: usual, or unseen (in no page for training).")
  var fonts = Fonts.usual

  @Flag(help: "Say where every character stands (pages[].lines[].runs).")
  var extents = false

  @Flag(
    help: "Draw doses and values without regard to what is usual (prescription, lab-result).")
  var counterfactual = false

  @Argument(help: "Directory to make; a dataset is never mixed into other files.")
  var directory: String

  func validate() throws {
    guard (1...100_000).contains(count) else {
      throw ValidationError("--count \(count): 1 to 100000 documents a type.")
    }
  }

  func run() throws {
    let bar = ProgressBar()
    defer { bar.finish() }
    let generator = DatasetGenerator(
      types: try types(), count: count, split: split, seed: seed, extents: extents,
      printFamilies: fonts.families, counterfactual: counterfactual)
    try generator.write(to: directory) { done, total in bar.show(done, of: total, "documents") }
  }

  private func types() throws -> [DocumentType] {
    if docType == "all" { return DatasetGenerator.drawableTypes }
    var types: [DocumentType] = []
    for name in CommaList.items([docType]) {
      let type =
        name == DocumentType.practice.rawValue
        ? .practice : try ProfileSet.builtIn.profile(named: name).type
      if !types.contains(type) { types.append(type) }
    }
    guard !types.isEmpty else { throw ValidationError("--doc-type: a type, a list, or 'all'.") }
    return types
  }
}

/// What print is set in.
enum Fonts: String, CaseIterable, ExpressibleByArgument {
  case usual
  case unseen

  var families: [FontFamily] {
    switch self {
    case .usual: FontFamily.print
    case .unseen: FontFamily.unseen
    }
  }
}

extension Split: ExpressibleByArgument {}
