/// A font family that fontconfig does not find under its own name.
public struct MissingFont: Error, CustomStringConvertible, Equatable {
  public let family: FontFamily

  public init(family: FontFamily) { self.family = family }

  public var description: String {
    "font family \"\(family.rawValue)\" is not installed: apt-get install \(family.debianPackage)"
  }
}

/// A character that neither the asked typeface nor its named fallbacks draw with ink.
public struct UndrawableCharacter: Error, CustomStringConvertible, Equatable {
  public let scalar: Unicode.Scalar
  public let family: FontFamily

  public var description: String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    return "U+\(code) has no ink in \"\(family.rawValue)\": "
      + "write it another way or name a fallback family that draws it"
  }
}
