import Boundary
import Testing

@Suite struct ChecksumTests {
  /// FIPS 180-4 examples (NIST, "abc" and the two-block message) and a million "a".
  @Test(arguments: [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func checksumsAreThePublishedOnes(text: String, times: Int, expected: String) {
    let bytes = Array(String(repeating: text, count: times).utf8)
    #expect(Checksum.sha256(of: bytes) == expected)
  }

  /// The same document's SHA-1 of "abc".
  @Test func theSHA1OfABCIsThePublishedOne() {
    var checksum = Checksum(.sha1)
    checksum.update(Array("abc".utf8))
    #expect(checksum.hexadecimal() == "a9993e364706816aba3e25717850c26c9cd0d89d")
  }

  @Test func piecesGiveTheChecksumOfTheWhole() {
    var checksum = Checksum(.sha256)
    for piece in ["a", "", "bc"] { checksum.update(Array(piece.utf8)) }
    #expect(checksum.hexadecimal() == Checksum.sha256(of: Array("abc".utf8)))
  }
}
