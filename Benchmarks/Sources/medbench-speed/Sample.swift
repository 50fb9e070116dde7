import Glibc

/// A JSON line: names and numbers that need no escape.
struct Sample {
  private var text: String

  init(_ options: Options, test: String) {
    text = #""model":"\#(options.model)","dtype":"\#(options.dtype.rawValue)","test":"\#(test)""#
  }

  init(ceiling: String, perSecond: Double) {
    text = #""ceiling":"\#(ceiling)","per_second":\#(perSecond)"#
  }

  func adding(_ name: String, _ number: Double) -> Sample {
    var sample = self
    sample.text += #","\#(name)":\#(number)"#
    return sample
  }

  func adding(_ name: String, _ number: Int) -> Sample { adding(name, Double(number)) }

  /// At once, also into a pipe: what was measured stays when the rest is cut off.
  func print() {
    Swift.print("{\(text)}")
    fflush(nil)
  }
}
