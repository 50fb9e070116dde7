/// The normalisation before fields are compared: NFC, full-width forms to half-width, the squared
/// units U+3380...33DF written out, µ as U+00B5, each run of white space as one space, none at the
/// ends.
///
/// Never NFKC, which makes 10³ into 103 and ½ into 1⁄2.
public func medicineSafe(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var pendingSpace = false
  for scalar in text.composed.unicodeScalars where !scalar.isInvisibleMark {
    if scalar.isBlank {
      pendingSpace = !result.isEmpty
      continue
    }
    if pendingSpace {
      result.append(" ")
      pendingSpace = false
    }
    switch scalar.value {
    case 0x20...0x7e, 0xac00...0xd7a3: result.append(scalar)
    case 0xff01...0xff5e: result.append(Unicode.Scalar(scalar.value - 0xfee0)!)
    case 0xffe0...0xffe6: result.append(fullWidthSigns[Int(scalar.value - 0xffe0)])
    case 0x3380...0x33df:
      result.append(contentsOf: squaredUnits[Int(scalar.value - 0x3380)].unicodeScalars)
    case 0x3bc: result.append("\u{b5}")
    default: result.append(scalar)
    }
  }
  return String(result).composed
}

/// Full-width forms as half-width, code point for code point, so that spans stay: a page read in full
/// width is aligned with its truth as if it were not.
func widthFolded(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { $0.isFullWidth }) else { return text }
  var folded = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x3000: folded.append(" ")
    case 0xff01...0xff5e: folded.append(Unicode.Scalar(scalar.value - 0xfee0)!)
    default: folded.append(scalar)
    }
  }
  return String(folded)
}

extension Unicode.Scalar {
  fileprivate var isFullWidth: Bool { value == 0x3000 || (0xff01...0xff5e).contains(value) }
}

/// U+FFE0...FFE6
private let fullWidthSigns: [Unicode.Scalar] = ["¢", "£", "¬", "¯", "¦", "¥", "₩"]

/// U+3380...33DF: Unicode's compatibility forms, but with exponents kept (㎡ is m² and not m2),
/// the litre as L, µ as U+00B5 and pH as chemists write it.
private let squaredUnits: [String] = [
  "pA", "nA", "µA", "mA", "kA", "KB", "MB", "GB",
  "cal", "kcal", "pF", "nF", "µF", "µg", "mg", "kg",
  "Hz", "kHz", "MHz", "GHz", "THz", "µL", "mL", "dL",
  "kL", "fm", "nm", "µm", "mm", "cm", "km", "mm²",
  "cm²", "m²", "km²", "mm³", "cm³", "m³", "km³", "m/s",
  "m/s²", "Pa", "kPa", "MPa", "GPa", "rad", "rad/s", "rad/s²",
  "ps", "ns", "µs", "ms", "pV", "nV", "µV", "mV",
  "kV", "MV", "pW", "nW", "µW", "mW", "kW", "MW",
  "kΩ", "MΩ", "a.m.", "Bq", "cc", "cd", "C/kg", "Co.",
  "dB", "Gy", "ha", "HP", "in", "KK", "KM", "kt",
  "lm", "ln", "log", "lx", "mb", "mil", "mol", "pH",
  "p.m.", "PPM", "PR", "sr", "Sv", "Wb", "V/m", "A/m",
]

/// With one space for several side by side, and none where a line ends: laid out in columns, a
/// page's blanks would else be aligned with the letters of a row that was left out.
func singleSpaced(_ text: String) -> String {
  var previous: Unicode.Scalar = "\n"
  let isSpaced = text.unicodeScalars.contains { scalar in
    defer { previous = scalar }
    return previous.isSpace && (scalar.isSpace || scalar == "\n")
  }
  guard isSpaced else { return text }
  var spaced = String.UnicodeScalarView()
  var isDue = false
  for scalar in text.unicodeScalars {
    if scalar.isSpace {
      isDue = true
      continue
    }
    if isDue, scalar != "\n" { spaced.append(" ") }
    isDue = false
    spaced.append(scalar)
  }
  return String(spaced)
}

extension Unicode.Scalar {
  fileprivate var isSpace: Bool { self == " " || self == "\t" || self == "\u{a0}" }
}
