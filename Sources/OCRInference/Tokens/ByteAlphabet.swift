/// GPT-2's way of writing any byte as a printable character: a vocabulary of bytes that JSON can hold.
///
/// `bytes_to_unicode` of openai/gpt-2: printable Latin-1 stands for itself, the other 68 bytes for
/// U+0100 onwards in their order.
enum ByteAlphabet {
  /// UTF-8 of the character that stands for each byte.
  static let characters: [[UInt8]] = {
    var next: UInt32 = 0x100
    return (0...UInt8.max).map { byte in
      var scalar = Unicode.Scalar(byte)
      if !isPrintable(byte) {
        scalar = Unicode.Scalar(next)!
        next += 1
      }
      return Array(UTF8.encode(scalar)!)
    }
  }()

  private static func isPrintable(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: true
    default: false
    }
  }

  private static let bytes: [Unicode.Scalar: UInt8] = {
    var table: [Unicode.Scalar: UInt8] = [:]
    for (byte, character) in characters.enumerated() {
      table[String(decoding: character, as: UTF8.self).unicodeScalars.first!] = UInt8(byte)
    }
    return table
  }()

  /// The bytes that a token's characters stand for. A token with any other character, as added tokens
  /// may have, stands for its own UTF-8.
  static func bytes(of token: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for scalar in String(decoding: token, as: UTF8.self).unicodeScalars {
      guard let byte = bytes[scalar] else { return token }
      result.append(byte)
    }
    return result
  }
}
