import Boundary
import Foundation
import FoundationNetworking
import Synchronization

/// Fetches a model into the local cache, in the layout that Hugging Face's own tools use, so that
/// either finds what the other fetched.
///
/// A file grows as blobs/HASH.incomplete and goes on there after a break; once its size and its
/// checksum are right it is renamed. refs/main is written last: a model that is named is whole.
public struct HubDownload: Sendable {
  public struct Progress: Sendable, Equatable {
    public var bytes: Int
    public var total: Int

    public init(bytes: Int, total: Int) {
      self.bytes = bytes
      self.total = total
    }
  }

  private let repository: HubRepository
  private let settings: HubSettings
  private let cache: HubCache

  /// Broken connections in a row that bring nothing before it is given up.
  private static let attempts = 3

  public init(_ repository: HubRepository, environment: [String: String]) {
    self.repository = repository
    settings = HubSettings(environment: environment)
    cache = HubCache(environment: environment)
  }

  /// - Parameter progress: called as bytes come, from any thread; what earlier tries left counts.
  /// - Throws: `ModelLocationError`, or `CancellationError` where the task was cancelled.
  public func run(
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> ModelDirectory {
    guard !settings.isOffline else {
      throw ModelLocationError.offline(repository.description, cache: cache.path)
    }
    let listing = try await listing()
    let folder = cache.folder(of: repository)
    let snapshot = "\(folder)/snapshots/\(listing.revision)"
    for directory in [folder + "/blobs", folder + "/refs", snapshot] { try make(directory) }
    let total = listing.files.reduce(0) { $0.saturatingAdd($1.size) }
    var done = 0
    for file in listing.files {
      let before = done
      try await fetch(file, of: listing.revision, into: folder + "/blobs") {
        progress(Progress(bytes: before + $0, total: total))
      }
      try link(file, in: snapshot)
      done += file.size
    }
    do {
      try AtomicFile.write(listing.revision.utf8, to: folder + "/refs/main")
    } catch {
      throw ModelLocationError.notWritten(error)
    }
    return try ModelDirectory(snapshot)
  }

  private func listing() async throws -> HubListing {
    let request = try request("/api/models/\(repository)/revision/main?blobs=true")
    let body = Mutex<[UInt8]>([])
    let name = repository.description
    try await send(request) { response in
      try Self.check(response, of: name)
    } onData: { data in
      try body.withLock { body in
        guard body.count + data.count <= HubListing.byteLimit else {
          throw ModelLocationError.malformedListing(name, expected: "an end")
        }
        body.append(contentsOf: data)
      }
    }
    return try HubListing(parsing: body.withLock { $0 }, of: repository)
  }

  /// Fetches one file unless it is there, over as many connections as it takes.
  private func fetch(
    _ file: HubListing.File, of revision: String, into blobs: String,
    progress: @escaping @Sendable (Int) -> Void
  ) async throws {
    let path = "\(blobs)/\(file.checksum.digits)"
    if FileManager.default.fileExists(atPath: path) { return progress(file.size) }
    let blob = try PartialFile(path + ".incomplete", named: file.name, size: file.size)
    let address = "/\(repository)/resolve/\(revision)/\(file.name)"
    var failures = 0
    // Only getting further than ever counts, so that no server can keep this going for ever.
    var furthest = -1
    while blob.count < file.size {
      let before = blob.count
      progress(before)
      do {
        try await send(try request(address, from: before)) { response in
          if before > 0, response.statusCode == 200 || response.statusCode == 416 {
            try blob.restart()
            guard response.statusCode == 200 else { throw HubRequest.Failure(reason: "range") }
          }
          try Self.check(response, of: "\(repository)/\(file.name)")
        } onData: { data in
          try blob.append(data)
          progress(blob.count)
        }
        guard blob.count > max(before, furthest) else {
          throw ModelLocationError.sizeDiffers(
            file: file.name, expected: file.size, found: blob.count)
        }
      } catch ModelLocationError.noNetwork(let what, let reason) {
        failures = blob.count > max(before, furthest) ? 0 : failures + 1
        furthest = max(furthest, blob.count)
        guard failures < Self.attempts else {
          throw ModelLocationError.noNetwork(what, reason: reason)
        }
        try await Task.sleep(for: .milliseconds(200 << failures))
      }
    }
    try blob.finish(as: path, checksum: file.checksum)
  }

  /// snapshots/REVISION/FILE → ../../blobs/HASH
  private func link(_ file: HubListing.File, in snapshot: String) throws(ModelLocationError) {
    let path = "\(snapshot)/\(file.name)"
    let target = "../../blobs/\(file.checksum.digits)"
    let temporary = "\(path).\(getpid()).tmp"
    unlink(temporary)
    guard symlink(target, temporary) == 0, rename(temporary, path) == 0 else {
      throw .notWritten(FileWriteError(path: path, code: errno))
    }
  }

  private func make(_ directory: String) throws(ModelLocationError) {
    do { try PrivateDirectory.make(directory) } catch { throw .notWritten(error) }
  }

  // MARK: Requests

  private func request(_ path: String, from offset: Int = 0) throws -> URLRequest {
    guard let url = URL(string: settings.endpoint + path), url.host != nil,
      url.scheme == "https" || url.scheme == "http"
    else { throw ModelLocationError.malformedEndpoint(settings.endpoint) }
    var request = URLRequest(url: url)
    request.setValue("medbench", forHTTPHeaderField: "User-Agent")
    // A compressed body would not be the bytes that the ranges count.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if let token = settings.token {
      request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
    }
    if offset > 0 { request.setValue("bytes=\(offset)-", forHTTPHeaderField: "Range") }
    return request
  }

  private func send(
    _ request: URLRequest, onResponse: @escaping @Sendable (HTTPURLResponse) throws -> Void,
    onData: @escaping @Sendable (Data) throws -> Void
  ) async throws {
    do {
      try await HubRequest(onResponse: onResponse, onData: onData).run(request)
    } catch let failure as HubRequest.Failure {
      throw ModelLocationError.noNetwork(repository.description, reason: failure.reason)
    }
  }

  private static func check(_ response: HTTPURLResponse, of what: String) throws {
    switch response.statusCode {
    case 200, 206: return
    // The hub says 401 of a model that it does not show, whether there is one or not.
    case 401, 404: throw ModelLocationError.noSuchModel(what)
    case 403: throw ModelLocationError.notAllowed(what)
    case let code: throw ModelLocationError.status(code, what: what)
    }
  }
}

extension Int {
  fileprivate func saturatingAdd(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
}
