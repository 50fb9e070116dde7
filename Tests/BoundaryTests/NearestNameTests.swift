import Boundary
import Testing

struct NearestNameTests {
  private let names = ["prescription", "diagnosis", "lab-result", "dose", "date"]

  @Test(arguments: [
    ("perscription", "prescription"), ("Diagnosi", "diagnosis"), ("labresult", "lab-result"),
    ("dsoe", "dose"), ("dose", "dose"),
  ])
  func aSlipIsRecognised(word: String, name: String) {
    #expect(names.nearest(to: word) == name)
  }

  @Test(arguments: [
    "", "xyz", "invoice", "doses-of-all", String(repeating: "prescription", count: 6),
  ])
  func aWordFarFromAllIsNotGuessed(word: String) {
    #expect(names.nearest(to: word) == nil)
  }

  @Test func theFirstOfEqualsIsTaken() {
    #expect(["rate", "date"].nearest(to: "late") == "rate")
    #expect([String]().nearest(to: "late") == nil)
  }
}
