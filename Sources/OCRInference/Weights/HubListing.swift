import Boundary

/// The files of a model at one commit, as `GET /api/models/OWNER/NAME/revision/main?blobs=true`
/// lists them.
struct HubListing {
  struct File: Equatable {
    var name: String
    var size: Int
    /// Which the blob in the cache is named by.
    var checksum: FileChecksum
  }

  let revision: String
  /// Only what reading a page needs.
  let files: [File]

  static let byteLimit = 16 << 20

  init(parsing bytes: [UInt8], of repository: HubRepository) throws(ModelLocationError) {
    let name = repository.description
    guard let listing = try? JSONValue(parsing: bytes[...]),
      case .string(let sha)? = listing["sha"],
      HubCache.isRevision(sha)
    else { throw .malformedListing(name, expected: "a commit “sha”") }
    guard case .array(let siblings)? = listing["siblings"] else {
      throw .malformedListing(name, expected: "“siblings”")
    }
    var files: [File] = []
    for sibling in siblings {
      guard case .string(let file)? = sibling["rfilename"], Self.isNeeded(file) else { continue }
      guard let entry = File(sibling, name: file) else {
        throw .malformedListing(name, expected: "size and checksum of “\(file.excerptOnOneLine)”")
      }
      files.append(entry)
    }
    // A whole file makes shards beside it superfluous.
    if files.contains(where: { $0.name == ModelDirectory.File.weights.rawValue }) {
      files.removeAll {
        $0.name.hasSuffix(".safetensors") && $0.name != ModelDirectory.File.weights.rawValue
          || $0.name == ModelDirectory.File.weightIndex.rawValue
      }
    }
    let names = Set(files.map(\.name))
    guard names.count == files.count else {
      throw .malformedListing(name, expected: "different names of its files")
    }
    guard names.contains("config.json"), names.contains(where: { $0.hasSuffix(".safetensors") })
    else { throw .noWeights(name) }
    revision = sha
    self.files = files.sorted { ($0.size, $0.name) < ($1.size, $1.name) }
  }

  /// Settings, templates and `model*.safetensors` of the top directory.
  private static func isNeeded(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: "/") }
    guard isPlain, !name.hasPrefix("."), name.utf8.count <= 255 else { return false }
    return name.hasSuffix(".json") || name.hasSuffix(".jinja")
      || name.hasPrefix("model") && name.hasSuffix(".safetensors")
  }
}

extension HubListing.File {
  /// A large file has `lfs.sha256`, any other the name that git gives its bytes.
  fileprivate init?(_ sibling: JSONValue, name: String) {
    let checksum: FileChecksum
    let size: Int?
    if case .object? = sibling["lfs"], let lfs = sibling["lfs"] {
      guard case .string(let digits)? = lfs["sha256"], HubCache.isHexadecimal(digits, digits: 64)
      else { return nil }
      checksum = .sha256(digits)
      size = lfs["size"]?.integer
    } else {
      guard case .string(let digits)? = sibling["blobId"],
        HubCache.isHexadecimal(digits, digits: 40)
      else { return nil }
      checksum = .gitBlob(digits)
      size = sibling["size"]?.integer
    }
    guard let size, size >= 0 else { return nil }
    self.init(name: name, size: size, checksum: checksum)
  }
}

/// What a downloaded file must be.
enum FileChecksum: Equatable {
  case sha256(String)
  /// SHA-1 of `blob SIZE`, a zero byte and the bytes.
  case gitBlob(String)

  var digits: String {
    switch self {
    case .sha256(let digits), .gitBlob(let digits): digits
    }
  }

  func holds(for file: MappedFile?) -> Bool {
    let bytes = file?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
    defer { withExtendedLifetime(file) {} }
    switch self {
    case .sha256(let digits):
      var checksum = Checksum(.sha256)
      checksum.update(bytes)
      return checksum.hexadecimal() == digits
    case .gitBlob(let digits):
      var checksum = Checksum(.sha1)
      checksum.update(Array("blob \(bytes.count)\0".utf8))
      checksum.update(bytes)
      return checksum.hexadecimal() == digits
    }
  }
}
