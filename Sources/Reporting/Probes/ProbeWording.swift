import Datasets
import DocProfiles
import Pipeline

/// What reports call probes, in both languages.
extension Language {
  func name(of kind: ProbeKind) -> String {
    switch kind {
    case .counterfactual: self("값 바꿔 쓰기", "Changed value")
    case .blank: self("빈 서식", "Blank form")
    case .blankField: self("빈 칸", "Blank field")
    case .distractor: self("취소선·도장", "Crossed out or stamped")
    case .legibility: self("뭉갠 값", "Unreadable value")
    case .repeated: self("다시 읽기", "Read again")
    }
  }

  /// What the rate counts.
  func name(of measure: ProbeMeasure) -> String {
    switch measure {
    case .followed: self("쪽에 있는 대로 읽음 (높을수록 좋음)", "read as on the page (more is better)")
    case .invented: self("없는 값을 읽음", "something read where nothing is")
    case .misled: self("틀리게 읽음", "read wrong because of the mark")
    case .guessed: self("확신하며 읽음", "read without doubt")
    case .flipped: self("값이 달라짐", "came out otherwise")
    }
  }

  func name(ofPart part: String) -> String {
    switch part {
    case "digit": self("숫자", "digit")
    case "unit": self("단위", "unit")
    case "drug": self("약물", "drug")
    case "side": self("좌우", "side")
    case "negation": self("부정", "negation")
    case "comparator": self("부등호", "comparator")
    case "erased": self("지움", "erased")
    case "page": self("쪽 전체", "whole page")
    case "struck": self("취소선", "crossed out")
    case "stamped": self("도장", "stamp")
    case "smeared": self("뭉갬", "smeared")
    case "again": self("같은 쪽", "same page")
    default: part
    }
  }

  func name(of result: ProbeTrial.Result, _ kind: ProbeKind) -> String {
    switch result {
    case .right: self("맞음", "right")
    case .recalled: self("원래 값을 읽음", "read as before the change")
    case .other:
      kind == .repeated ? self("달라짐", "came out otherwise") : self("다른 값을 읽음", "something else")
    }
  }

  var probesTitle: String { self("읽는가, 짐작하는가", "Does it read, or guess?") }

  var probesNote: String {
    self(
      "쪽 그림의 한 곳을 바꾸거나 지우고 다시 읽힌 결과입니다. 한계는 문서 단위 단측 신뢰한계입니다.",
      "Pages were changed in single places and read again. Bounds are one-sided, by documents.")
  }

  /// Names a model that gives what used to stand there.
  func memorySentence(_ record: ProbeRecord, type: String) -> String {
    let percent = Figures.percent(Double(record.recalled) / Double(max(record.n, 1)))
    return self(
      "\(type) \(record.dpi) DPI, \(name(of: record.kind)): 기억으로 읽습니다. "
        + "\(record.n)곳 중 \(record.recalled)곳(\(percent))을 바꾸기 전의 값으로 읽었습니다.",
      "\(type) at \(record.dpi) DPI, \(name(of: record.kind).lowercased()): reads from memory. "
        + "\(record.recalled) of \(record.n) places (\(percent)) came out as they were before.")
  }
}
