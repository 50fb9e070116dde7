import Foundation
import Synchronization

/// An HTTP server on 127.0.0.1 with a port of the system's choice, one request a connection, that
/// can fail as a hub or a line can.
final class LocalHub: Sendable {
  struct Request: Sendable, Equatable {
    var path: String
    var range: String?
    var authorization: String?
  }

  struct Answers: Sendable {
    var bodies: [String: [UInt8]] = [:]
    var statuses: [String: Int] = [:]
    /// Where a path sends its caller.
    var redirections: [String: String] = [:]
    /// Bytes of the body before the connection breaks, once for each entry.
    var breaks: [String: [Int]] = [:]
    var knowsRanges = true
  }

  let port: UInt16
  private let socket: Int32
  private let answers: Mutex<Answers>
  private let log = Mutex<[Request]>([])

  init(_ answers: Answers) throws {
    signal(SIGPIPE, SIG_IGN)
    let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
    socket = listener
    port = UInt16(bigEndian: address.sin_port)
    self.answers = Mutex(answers)
    Thread { [self] in serve() }.start()
  }

  var endpoint: String { "http://127.0.0.1:\(port)" }
  var requests: [Request] { log.withLock { $0 } }

  func change(_ body: (inout Answers) -> Void) { answers.withLock { body(&$0) } }

  /// No more connections; the thread ends.
  func stop() {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  private func serve() {
    while true {
      let connection = accept(socket, nil, nil)
      guard connection >= 0 else { return }
      answer(connection)
      close(connection)
    }
  }

  private func answer(_ connection: Int32) {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual([13, 10, 13, 10]), read(connection, &byte, 1) == 1 {
      head.append(byte)
    }
    let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    func field(_ name: String) -> String? {
      lines.first { $0.lowercased().hasPrefix(name + ": ") }.map {
        String($0.dropFirst(name.count + 2))
      }
    }
    guard let path = lines.first?.split(separator: " ").dropFirst().first.map(String.init) else {
      return
    }
    log.withLock {
      $0.append(
        Request(path: path, range: field("range"), authorization: field("authorization")))
    }
    let range = field("range")
    let bytes = answers.withLock { answers in
      let (head, body) = reply(to: path, range: range, &answers)
      return Array(head.utf8) + body
    }
    send(bytes, to: connection)
  }

  private func reply(
    to path: String, range: String?, _ answers: inout Answers
  ) -> (String, ArraySlice<UInt8>) {
    if let status = answers.statuses[path] {
      return ("HTTP/1.1 \(status) No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", [])
    }
    if let target = answers.redirections[path] {
      return (
        "HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        []
      )
    }
    guard let whole = answers.bodies[path] else {
      return ("HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", [])
    }
    var status = "200 OK"
    var body = whole[...]
    if answers.knowsRanges,
      let first = range?.split(whereSeparator: { $0 == "=" || $0 == "-" }).last,
      let start = Int(first)
    {
      guard start < whole.count else {
        return ("HTTP/1.1 416 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", [])
      }
      status = "206 Partial Content"
      body = whole[start...]
    }
    let head = "HTTP/1.1 \(status)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    if let limit = answers.breaks[path]?.first {
      answers.breaks[path]?.removeFirst()
      body = body.prefix(limit)
    }
    return (head, body)
  }

  private func send(_ bytes: [UInt8], to connection: Int32) {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = write(connection, buffer.baseAddress! + done, buffer.count - done)
        guard count > 0 else { return }
        done += count
      }
    }
  }
}
