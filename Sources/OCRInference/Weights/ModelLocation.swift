import Boundary
import Glibc

/// Where a model's directory is, or that it has yet to be downloaded.
public enum ModelLocation: Sendable, Equatable {
  /// The first of these that is given or found decides.
  public enum Rule: Sendable, Equatable {
    /// `--model`
    case given
    /// `MEDBENCH_MODEL_PATH`
    case environment
    /// `--model-name`
    case named
    /// The model that comes with medbench.
    case bundled
  }

  case directory(ModelDirectory, by: Rule)
  /// Not in the local cache; `HubDownload` puts it there.
  case hub(HubRepository)

  /// - Parameters:
  ///   - model: a directory, as `--model` gives it; it wins over all else.
  ///   - name: `OWNER/NAME`, as `--model-name` gives it; asked after `MEDBENCH_MODEL_PATH`.
  ///   - bundled: where the model that comes with medbench may lie.
  /// - Throws: `WeightError` for a path that is no directory, `ModelLocationError` where nothing was
  ///   named and medbench's own model is missing, or where the network is needed and `HF_HUB_OFFLINE` forbids it.
  public static func resolve(
    model: String?, name: String?, environment: [String: String],
    bundled: BundledModel = BundledModel()
  ) throws -> ModelLocation {
    if let model { return .directory(try ModelDirectory(model), by: .given) }
    if let path = environment["MEDBENCH_MODEL_PATH"], !path.isEmpty {
      return .directory(try ModelDirectory(path), by: .environment)
    }
    guard let name else { return .directory(try bundled.directory(), by: .bundled) }
    let repository = try HubRepository(name)
    let cache = HubCache(environment: environment)
    if let directory = cache.model(repository) { return .directory(directory, by: .named) }
    if HubSettings(environment: environment).isOffline {
      throw ModelLocationError.offline(name, cache: cache.path)
    }
    return .hub(repository)
  }
}

/// A model's name on the hub.
public struct HubRepository: Sendable, Hashable, CustomStringConvertible {
  public let owner: String
  public let name: String
  public var description: String { "\(owner)/\(name)" }

  /// - Throws: where it is not OWNER/NAME by the hub's rules: letters, digits, `-`, `_` and `.`, at
  ///   most 96 each, no `--` or `..`, none of `-` and `.` at an end. So no name can be a path.
  public init(_ text: String) throws(ModelLocationError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy(Self.isPlain) else { throw .malformedName(text) }
    owner = parts[0]
    name = parts[1]
  }

  private static func isPlain(_ part: String) -> Bool {
    let bytes = Array(part.utf8)
    let isAllowed = bytes.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    return isAllowed && (1...96).contains(bytes.count) && !part.contains("--")
      && !part.contains("..") && !"-.".contains(part.first!) && !"-.".contains(part.last!)
  }
}

/// The local cache that Hugging Face's own tools fill:
/// models--OWNER--NAME/{refs/main, snapshots/REVISION/FILE → ../../blobs/HASH}.
public struct HubCache: Sendable, Hashable {
  public let path: String

  public init(path: String) { self.path = path }

  /// `HF_HUB_CACHE`, else `HF_HOME`/hub, else ~/.cache/huggingface/hub.
  public init(environment: [String: String]) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    path =
      value("HF_HUB_CACHE") ?? value("HF_HOME").map { $0 + "/hub" }
      ?? (value("XDG_CACHE_HOME") ?? (value("HOME") ?? ".") + "/.cache") + "/huggingface/hub"
  }

  func folder(of repository: HubRepository) -> String {
    "\(path)/models--\(repository.owner)--\(repository.name)"
  }

  /// The revision that `main` was when it was downloaded; nil unless all of it is there.
  public func model(_ repository: HubRepository) -> ModelDirectory? {
    let folder = folder(of: repository)
    guard let bytes = try? RegularFile.bytes(of: folder + "/refs/main", limit: 256) else {
      return nil
    }
    let revision = String(decoding: bytes, as: UTF8.self)
    guard Self.isRevision(revision),
      let directory = try? ModelDirectory("\(folder)/snapshots/\(revision)"),
      directory.existing(.config) != nil
    else { return nil }
    if directory.existing(.weights) != nil { return directory }
    guard let index = directory.existing(.weightIndex),
      let shards = try? WeightFiles.shards(of: index),
      Set(shards.values).allSatisfy({ access(directory.path(of: $0), F_OK) == 0 })
    else { return nil }
    return directory
  }

  /// A commit of git: 40 hexadecimal digits.
  static func isRevision(_ text: String) -> Bool { isHexadecimal(text, digits: 40) }

  static func isHexadecimal(_ text: String, digits: Int) -> Bool {
    text.utf8.count == digits
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

/// What the environment says of the hub.
public struct HubSettings: Sendable {
  /// `HF_ENDPOINT`, else the public hub.
  public let endpoint: String
  /// `HF_TOKEN`: sent to the endpoint alone.
  public let token: String?
  /// `HF_HUB_OFFLINE`
  public let isOffline: Bool

  public init(environment: [String: String]) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    var endpoint = value("HF_ENDPOINT") ?? "https://huggingface.co"
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    self.endpoint = endpoint
    token = value("HF_TOKEN")
    isOffline = ["1", "ON", "YES", "TRUE"].contains(value("HF_HUB_OFFLINE")?.uppercased() ?? "")
  }
}

/// A model that cannot be found or fetched: what happened, and the mend.
public enum ModelLocationError: Error, Equatable, Sendable, CustomStringConvertible {
  case noBundledModel(above: String, under: String)
  case malformedName(String)
  case offline(String, cache: String)
  case malformedEndpoint(String)
  /// No answer, or it broke off; what was fetched stays for the next try.
  case noNetwork(String, reason: String)
  case noSuchModel(String)
  case notAllowed(String)
  case status(Int, what: String)
  case malformedListing(String, expected: String)
  case noWeights(String)
  case sizeDiffers(file: String, expected: Int, found: Int)
  case checksumDiffers(file: String)
  case busy(file: String)
  case notWritten(FileWriteError)

  public var description: String {
    switch self {
    case .noBundledModel(let executable, let working):
      "no \(BundledModel.place) in a directory above \(executable.onOneLine) nor in \(working.onOneLine); restore it "
        + "from medbench's repository, give --model DIR or --model-name OWNER/NAME, or choose --engine tesseract"
    case .malformedName(let name):
      "“\(name.excerptOnOneLine)” is no model's name; write it as the hub does: OWNER/NAME"
    case .offline(let name, let cache):
      "\(name) is not in \(cache.onOneLine) and HF_HUB_OFFLINE forbids the network; unset it, or "
        + "copy the model here and give --model DIR"
    case .malformedEndpoint(let endpoint):
      "HF_ENDPOINT “\(endpoint.excerptOnOneLine)” is no address; expected https://HOST"
    case .noNetwork(let what, let reason):
      "\(what): no connection (\(reason.excerptOnOneLine)); try again, which goes on where it "
        + "stopped, or copy the model here and give --model DIR"
    case .noSuchModel(let name):
      "\(name): the hub has no such model that it would show; check the name, and for a private "
        + "model set HF_TOKEN"
    case .notAllowed(let name):
      "\(name): the hub does not let you have it; accept its terms there and set HF_TOKEN"
    case .status(let code, let what):
      "\(what.excerptOnOneLine): the hub answered \(code); try again later"
    case .malformedListing(let name, let expected):
      "\(name): the hub's list of files lacks \(expected); check HF_ENDPOINT"
    case .noWeights(let name):
      "\(name) has no config.json with safetensors weights; choose a model that has"
    case .sizeDiffers(let file, let expected, let found):
      "\(file.onOneLine): \(expected) bytes expected, \(found) came; try again"
    case .checksumDiffers(let file):
      "\(file.onOneLine): what came has the wrong checksum and was thrown away; try again"
    case .busy(let file):
      "\(file.onOneLine): another process is downloading it; wait for it and try again"
    case .notWritten(let error): error.description
    }
  }
}
