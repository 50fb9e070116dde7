import Datasets
import DocProfiles
import Planting
import Testing

private let pages = [prescription, labResult].map { PlantingPage($0, page: 0) }
private let planting = Planting(lexicon: lexicon, perRecipe: 100)

@Suite struct PlantingTests {
  @Test func `every plant changes the page and no two of its edits meet`() {
    for page in pages {
      for plant in planting.plants(on: page) {
        #expect(
          !plant.reading(of: page).unicodeScalars.elementsEqual(page.transcript.unicodeScalars),
          "\(plant.recipe)")
        let ranges = plant.edits.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
        for (first, second) in zip(ranges, ranges.dropFirst()) {
          #expect(first.upperBound <= second.lowerBound, "\(plant.recipe)")
        }
      }
    }
  }

  @Test func `the two pages have room for nearly every class and rewrite`() {
    var classes: Set<ErrorClass> = []
    var rewrites: Set<Rewrite> = []
    for page in pages {
      for plant in planting.plants(on: page) {
        switch plant.subject {
        case .harmful(let errorClass):
          classes.insert(errorClass)
          #expect(plant.expected.contains { $0.errorClass == errorClass }, "\(plant.recipe)")
        case .harmless(let rewrite):
          rewrites.insert(rewrite)
          #expect(plant.expected.isEmpty, "\(plant.recipe)")
        case .combined:
          #expect(!plant.expected.isEmpty)
        }
      }
    }
    // No diagnosis by name stands on them.
    let all = Set(ErrorClass.allCases).subtracting([.freeText, .rewritten, .diagnosisName])
    #expect(all.subtracting(classes) == [])
    #expect(Set(Rewrite.allCases).subtracting(rewrites) == [.lines])
  }

  @Test func `readings are what their recipes say`() {
    let readings = pages.flatMap { page in
      planting.plants(on: page).map { ($0.recipe, $0.reading(of: page)) }
    }
    for (recipe, part) in [
      ("amount times ten", "암로디핀정 50 mg 1일 1회"), ("amount by ten", "암로디핀정 0.5 mg"),
      ("amount by ten", "로사르탄정 5mg"), ("unit exchanged", "5 µg"),
      ("other route", "5 mg 1일 1회 정맥주사"),
      ("strength times ten", "메트포르민정5000밀리그램"), ("row left out", "E11.9\n로사르탄정"),
      ("values in each other's rows", "암로디핀정 50mg 1일 1회 경구 30일\n로사르탄정 5 mg"),
      ("rows in another order", "28일\n암로디핀정 5 mg"), ("flag turned", "5.8 L mmol/L"),
      ("flag lost", "5.8 mmol/L"), ("flag H added", "140 H mmol/L"), ("sign lost", "excess 3.5 L"),
      ("comparator turned", ">0.50"), ("finding reversed", "HBsAg 양성"), ("in grams", "0.005 g"),
      ("same date", "2024년 6월 28일"), ("same code", "E119"), ("side turned", "좌측 무릎"),
      ("없음 read as 있음", "출혈은 있음"), ("duration in text", "9일 후"), ("same frequency", "하루 세 번"),
      ("whole page full-width", "５　ｍｇ"), ("table in Markdown", "| 암로디핀정 | 5 mg | 1일 1회 |"),
      ("sex misread", "남 / 35세"), ("same range", "3.5–5.1"),
    ] {
      #expect(readings.contains { $0.0 == recipe && $0.1.contains(part) }, "\(recipe): \(part)")
    }
  }

  @Test func `a page gets so many plants of a recipe, and the same ones every time`() {
    let few = Planting(lexicon: lexicon, perRecipe: 1)
    for page in pages {
      let plants = few.plants(on: page)
      #expect(plants == few.plants(on: page))
      for (recipe, all) in Dictionary(grouping: plants, by: \.recipe) {
        #expect(all.count(where: { $0.subject != .combined }) <= 1, "\(recipe)")
      }
    }
  }

  @Test func `a decomposed page is the same text`() {
    let plant = planting.plants(on: pages[0]).first { $0.dressing == .decomposed }!
    let reading = plant.reading(of: pages[0])
    #expect(plant.expected.isEmpty && reading == pages[0].transcript)
    #expect(reading.unicodeScalars.count > pages[0].transcript.unicodeScalars.count)
  }
}
