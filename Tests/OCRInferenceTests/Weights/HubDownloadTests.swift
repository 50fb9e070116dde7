import Boundary
import Foundation
import OCRInference
import Synchronization
import Testing

/// A model fetched from a hub on this machine: no test reaches the network.
@Suite struct HubDownloadTests {
  @Test func aModelLandsInTheCacheAsTheHubsOwnToolsLayItOut() async throws {
    try await withHub { hub, environment, cache in
      let seen = Mutex<[HubDownload.Progress]>([])
      let model = try await download(environment) { step in seen.withLock { $0.append(step) } }
      let folder = cache + "/models--maker--reader"
      #expect(model.path == "\(folder)/snapshots/\(Self.revision)")
      #expect(try String(contentsOfFile: folder + "/refs/main", encoding: .utf8) == Self.revision)
      let link = try FileManager.default.destinationOfSymbolicLink(
        atPath: model.path(of: .weights))
      #expect(link == "../../blobs/" + Checksum.sha256(of: Self.weights))
      let files = try FileManager.default.contentsOfDirectory(atPath: model.path).sorted()
      #expect(files == ["config.json", "model.safetensors"])
      #expect(try Checkpoint(model).vector("model.norm.weight", count: 50_000)[7] == 7)
      let last = seen.withLock { $0.last }
      let total = Self.weights.count + Self.config.count
      #expect(last == HubDownload.Progress(bytes: total, total: total))
      // The next start finds it without a word to the hub.
      let asked = hub.requests.count
      let found = try ModelLocation.resolve(
        model: nil, name: "maker/reader", environment: environment)
      #expect(found == .directory(model, by: .named))
      #expect(hub.requests.count == asked)
    }
  }

  @Test func aBrokenConnectionGoesOnWhereItStopped() async throws {
    try await withHub { hub, environment, _ in
      hub.change { $0.breaks[Self.weightsPath] = [70_000, 50_000] }
      let model = try await download(environment)
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: model.path(of: .weights))) == Data(Self.weights))
      let ranges = hub.requests.filter { $0.path == Self.weightsPath }.map(\.range)
      #expect(ranges == [nil, "bytes=70000-", "bytes=120000-"])
    }
  }

  @Test func aServerWithoutRangesSendsAllAgain() async throws {
    try await withHub { hub, environment, _ in
      hub.change {
        $0.knowsRanges = false
        $0.breaks[Self.weightsPath] = [70_000]
      }
      let model = try await download(environment)
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: model.path(of: .weights))) == Data(Self.weights))
    }
  }

  @Test func aLineThatAlwaysBreaksIsGivenUpAndWhatCameIsKept() async throws {
    try await withHub { hub, environment, cache in
      hub.change { $0.breaks[Self.weightsPath] = [70_000, 0, 0, 0] }
      let error = await #expect(throws: ModelLocationError.self) { try await download(environment) }
      guard case .noNetwork? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let part =
        "\(cache)/models--maker--reader/blobs/\(Checksum.sha256(of: Self.weights)).incomplete"
      #expect(try Data(contentsOf: URL(fileURLWithPath: part)).count == 70_000)
      let location = try ModelLocation.resolve(
        model: nil, name: "maker/reader", environment: environment)
      #expect(location == .hub(try HubRepository("maker/reader")))
      _ = try await download(environment)
    }
  }

  @Test func bytesThatAreNotThePromisedOnesAreThrownAway() async throws {
    try await withHub { hub, environment, cache in
      hub.change { $0.bodies[Self.weightsPath]![9] ^= 1 }
      await #expect(throws: ModelLocationError.checksumDiffers(file: "model.safetensors")) {
        try await download(environment)
      }
      hub.change { $0.bodies[Self.weightsPath]![9] ^= 1 }
      hub.change { $0.bodies[Self.configPath] = Array("{ }".utf8) }
      try FileManager.default.removeItem(atPath: cache)
      await #expect(throws: ModelLocationError.checksumDiffers(file: "config.json")) {
        try await download(environment)
      }
    }
  }

  @Test func aBodyOfAnotherLengthIsRefused() async throws {
    try await withHub { hub, environment, _ in
      hub.change { $0.bodies[Self.configPath] = Array("{}  ".utf8) }
      await #expect(
        throws: ModelLocationError.sizeDiffers(file: "config.json", expected: 3, found: 4)
      ) { try await download(environment) }
      hub.change { $0.bodies[Self.configPath] = Array("{".utf8) }
      await #expect(throws: ModelLocationError.self) { try await download(environment) }
    }
  }

  @Test func theTokenGoesToTheHubAndNotBeyond() async throws {
    let other = try LocalHub(LocalHub.Answers(bodies: ["/large": Self.weights]))
    defer { other.stop() }
    try await withHub { hub, environment, _ in
      hub.change { $0.redirections[Self.weightsPath] = other.endpoint + "/large" }
      _ = try await download(environment.merging(["HF_TOKEN": "secret"]) { $1 })
      #expect(hub.requests.allSatisfy { $0.authorization == "Bearer secret" })
      #expect(
        other.requests == [LocalHub.Request(path: "/large", range: nil, authorization: nil)])
    }
  }

  @Test(arguments: [
    (401, ModelLocationError.noSuchModel("maker/reader")),
    (404, .noSuchModel("maker/reader")), (403, .notAllowed("maker/reader")),
    (503, .status(503, what: "maker/reader")),
  ])
  func aRefusalSaysWhatToDo(status: Int, error: ModelLocationError) async throws {
    try await withHub { hub, environment, _ in
      hub.change { $0.statuses[Self.listingPath] = status }
      await #expect(throws: error) { try await download(environment) }
    }
  }

  @Test func noServerIsNoNetwork() async throws {
    let hub = try LocalHub(LocalHub.Answers())
    hub.stop()
    let environment = ["HF_ENDPOINT": hub.endpoint, "HF_HUB_CACHE": "/nonexistent"]
    let error = await #expect(throws: ModelLocationError.self) { try await download(environment) }
    guard case .noNetwork("maker/reader", _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    "", "{}", #"{"sha":"../..","siblings":[]}"#,
    #"{"sha":"\#(revision)","siblings":[{"rfilename":"config.json"}]}"#,
    #"{"sha":"\#(revision)","siblings":[{"rfilename":"config.json","size":-1,"blobId":"\#(revision)"}]}"#,
    #"{"sha":"\#(revision)","siblings":[{"rfilename":"config.json","size":1,"blobId":"../../../x"}]}"#,
  ])
  func aListingThatLiesIsRefused(listing: String) async throws {
    try await withHub { hub, environment, cache in
      hub.change { $0.bodies[Self.listingPath] = Array(listing.utf8) }
      let error = await #expect(throws: ModelLocationError.self) { try await download(environment) }
      guard case .malformedListing? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(!FileManager.default.fileExists(atPath: cache))
    }
  }

  // MARK: A hub with one model

  private static let revision = String(repeating: "0123456789", count: 4)
  private static let config = Array("{}\n".utf8)
  private static let weights = safetensors([
    TestTensor("model.norm.weight", shape: [50_000], values: (0..<50_000).map { Float($0) })
  ])
  private static let listingPath = "/api/models/maker/reader/revision/main?blobs=true"
  private static let weightsPath = "/maker/reader/resolve/\(revision)/model.safetensors"
  private static let configPath = "/maker/reader/resolve/\(revision)/config.json"

  private func withHub(
    _ body: (LocalHub, [String: String], String) async throws -> Void
  ) async throws {
    var git = Checksum(.sha1)
    git.update(Array("blob \(Self.config.count)\0".utf8) + Self.config)
    let listing = """
      {"sha":"\(Self.revision)","siblings":[
      {"rfilename":"README.md"},{"rfilename":"onnx/model.json"},{"rfilename":"../evil.json"},
      {"rfilename":"config.json","size":\(Self.config.count),"blobId":"\(git.hexadecimal())"},
      {"rfilename":"model.safetensors","size":\(Self.weights.count),"blobId":"x",
       "lfs":{"sha256":"\(Checksum.sha256(of: Self.weights))","size":\(Self.weights.count)}}]}
      """
    let hub = try LocalHub(
      LocalHub.Answers(bodies: [
        Self.listingPath: Array(listing.utf8), Self.weightsPath: Self.weights,
        Self.configPath: Self.config,
      ]))
    defer { hub.stop() }
    let cache = FileManager.default.temporaryDirectory.path + "/medbench-hub-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: cache) }
    try await body(hub, ["HF_ENDPOINT": hub.endpoint + "/", "HF_HUB_CACHE": cache], cache)
  }

  @discardableResult
  private func download(
    _ environment: [String: String],
    progress: @escaping @Sendable (HubDownload.Progress) -> Void = { _ in }
  ) async throws -> ModelDirectory {
    try await HubDownload(HubRepository("maker/reader"), environment: environment)
      .run(progress: progress)
  }
}
