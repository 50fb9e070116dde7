import COpenSSL

/// A checksum (FIPS 180-4) of bytes that come in pieces.
package struct Checksum: ~Copyable {
  package enum Algorithm: Sendable {
    case sha256
    /// For git's object names only: it keeps nobody from forging.
    case sha1
  }

  private let context: OpaquePointer

  package init(_ algorithm: Algorithm) {
    let kind =
      switch algorithm {
      case .sha256: EVP_sha256()
      case .sha1: EVP_sha1()
      }
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, kind, nil) == 1 else {
      preconditionFailure("libcrypto offers no such checksum")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1)
  }

  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  package consuming func digest() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    precondition(EVP_DigestFinal_ex(context, &digest, &count) == 1)
    return Array(digest.prefix(Int(count)))
  }

  /// Lower-case hexadecimal digits, 64 of SHA-256 and 40 of SHA-1.
  package consuming func hexadecimal() -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The SHA-256 of bytes that are all at hand, as `sha256sum` prints it.
  package static func sha256(of bytes: [UInt8]) -> String {
    var checksum = Checksum(.sha256)
    checksum.update(bytes)
    return checksum.hexadecimal()
  }
}
