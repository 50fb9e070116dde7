import Foundation
import Reporting
import Testing

@Suite struct TerminalTableTests {
  @Test func hangulTakesTwoColumnsSoNumbersStayInLine() {
    var table = TerminalTable([.left("문서 유형"), .right("CER"), .left("판정")])
    table.add(["처방전", "0.0042", "PASS"])
    table.add(["lab-result", "0.0131", StyledText("FAIL", .bad)])
    #expect(
      table.rendered() == """
        문서 유형      CER  판정
        ────────────────────────
        처방전      0.0042  PASS
        lab-result  0.0131  FAIL

        """)
  }

  @Test func everyLineIsAsWideAsTheRuleOrNarrower() {
    var table = TerminalTable([.left("a"), .right("약물명"), .right("b")])
    table.add(["㎎", "한", "1"])
    table.add(["e\u{301}", "나다라마", "12345"])
    let widths = table.rendered().split(separator: "\n").map { TerminalWidth.of($0) }
    #expect(widths == [19, 19, 19, 19])
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("처방전", 6), ("e\u{301}", 1), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("한".decomposedStringWithCanonicalMapping, 2), ("≥±°", 3), ("㎎", 2), ("（）", 4), ("①", 1),
    ("\u{200B}a", 1), ("✅", 2), ("👩‍⚕️", 2), ("🇰🇷", 2), ("ﾊﾝ", 2), ("漢字", 4), ("½", 1),
  ])
  func widths(text: String, width: Int) {
    #expect(TerminalWidth.of(text) == width, "\(text.unicodeScalars.map(\.value))")
  }

  @Test func colourAddsNoWidthAndIsOffUnlessAsked() {
    var table = TerminalTable([.right("x")])
    table.add([StyledText("1", .good)])
    #expect(!table.rendered().contains("\u{1B}"))
    #expect(table.rendered(coloured: true).contains("\u{1B}[1;32m1\u{1B}[0m\n"))
  }

  @Test func colourHonoursTheTerminalAndNOCOLOR() {
    #expect(TerminalStyle.isColoured(environment: [:], isTerminal: true))
    #expect(TerminalStyle.isColoured(environment: ["NO_COLOR": ""], isTerminal: true))
    #expect(!TerminalStyle.isColoured(environment: [:], isTerminal: false))
    #expect(!TerminalStyle.isColoured(environment: ["NO_COLOR": "1"], isTerminal: true))
    #expect(!TerminalStyle.isColoured(environment: ["TERM": "dumb"], isTerminal: true))
  }

  @Test func outputCannotSteerTheTerminal() {
    let hostile = StyledText("a\u{1B}[2Jb\nc\u{202E}d")
    #expect(hostile.text == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d")
  }

  @Test func aTableWithoutTitlesIsOnlyItsRows() {
    var table = TerminalTable([.left(""), .right("")])
    table.add(["P50", "1"])
    table.add(["P99", "23"])
    table.add(["only"])
    #expect(table.rendered(indent: 2) == "  P50    1\n  P99   23\n  only\n")
  }
}
