import Foundation
import FoundationNetworking
import Synchronization

/// One GET whose body is handed on as it comes.
final class HubRequest: NSObject, URLSessionDataDelegate {
  struct Failure: Error {
    var reason: String
  }

  private struct State {
    var error: (any Error)?
    var redirects = 0
    var continuation: CheckedContinuation<Void, any Error>?
  }

  private let state = Mutex(State())
  private let onResponse: @Sendable (HTTPURLResponse) throws -> Void
  private let onData: @Sendable (Data) throws -> Void

  /// What a handler throws ends the request and is thrown by `run`.
  init(
    onResponse: @escaping @Sendable (HTTPURLResponse) throws -> Void,
    onData: @escaping @Sendable (Data) throws -> Void
  ) {
    self.onResponse = onResponse
    self.onData = onData
  }

  /// - Throws: `Failure` where the connection fails or breaks off, or what a handler threw.
  func run(_ request: URLRequest) async throws {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = 60
    // Every call of this delegate comes after the one before has returned.
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 1
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
    defer { session.finishTasksAndInvalidate() }
    let task = session.dataTask(with: request)
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { $0.continuation = continuation }
        task.resume()
      }
    } onCancel: {
      task.cancel()
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    do {
      guard let response = response as? HTTPURLResponse else {
        throw Failure(reason: "an answer that is not HTTP")
      }
      try onResponse(response)
      completionHandler(.allow)
    } catch {
      keep(error)
      completionHandler(.cancel)
      dataTask.cancel()
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    guard state.withLock({ $0.error == nil }) else { return }
    do {
      try onData(data)
    } catch {
      keep(error)
      dataTask.cancel()
    }
  }

  /// The hub sends large files from other hosts, which must not see the token.
  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    let count = state.withLock { state in
      state.redirects += 1
      return state.redirects
    }
    let from = task.currentRequest?.url ?? response.url
    let isSafe =
      request.url?.scheme == "https" || request.url?.scheme == "http" && from?.scheme == "http"
    guard count <= 5, isSafe else {
      keep(Failure(reason: "a redirection that leads nowhere safe"))
      completionHandler(nil)
      return task.cancel()
    }
    var next = request
    if from?.host != request.url?.host || from?.port != request.url?.port {
      next.setValue(nil, forHTTPHeaderField: "Authorization")
    } else if let token = task.originalRequest?.value(forHTTPHeaderField: "Authorization"),
      task.originalRequest?.url?.host == request.url?.host,
      task.originalRequest?.url?.port == request.url?.port
    {
      next.setValue(token, forHTTPHeaderField: "Authorization")
    }
    if let range = task.originalRequest?.value(forHTTPHeaderField: "Range") {
      next.setValue(range, forHTTPHeaderField: "Range")
    }
    completionHandler(next)
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    let (continuation, kept) = state.withLock { state in
      defer { state.continuation = nil }
      return (state.continuation, state.error)
    }
    if let kept {
      continuation?.resume(throwing: kept)
    } else if let error {
      let isCancelled = (error as? URLError)?.code == .cancelled
      continuation?.resume(
        throwing: isCancelled ? CancellationError() : Failure(reason: error.localizedDescription))
    } else {
      continuation?.resume()
    }
  }

  private func keep(_ error: any Error) {
    state.withLock { if $0.error == nil { $0.error = error } }
  }
}
