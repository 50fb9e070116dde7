import Synchronization

/// Hands on the text of strips that are decoded at once in reading order: the first unfinished strip as it comes,
/// later ones when their turn has come. Each chunk keeps the time at which it was decoded.
final class OrderedText: Sendable {
  private struct State {
    var front = 0
    var pending: [[TextChunk]]
    var ended: [Bool]
  }

  private let separators: [String]
  private let yield: @Sendable (TextChunk) -> Void
  private let state: Mutex<State>

  /// - Parameter separators: what stands before each strip's text.
  init(separators: [String], yield: @escaping @Sendable (TextChunk) -> Void) {
    self.separators = separators
    self.yield = yield
    let count = separators.count
    state = Mutex(
      State(
        pending: separators.map { $0.isEmpty ? [] : [Self.separator($0)] },
        ended: [Bool](repeating: false, count: count)))
  }

  /// Certain for the model, which has no part in it: the line finder parts the strips.
  private static func separator(_ text: String) -> TextChunk {
    TextChunk(ConfidentText(text, confidence: 1), tokens: 0, time: .now)
  }

  func add(_ chunk: TextChunk, to strip: Int) {
    state.withLock { state in
      state.pending[strip].append(chunk)
      handOn(&state)
    }
  }

  func end(_ strip: Int) {
    state.withLock { state in
      state.ended[strip] = true
      handOn(&state)
    }
  }

  private func handOn(_ state: inout State) {
    while state.front < state.pending.count {
      for chunk in state.pending[state.front] { yield(chunk) }
      state.pending[state.front] = []
      guard state.ended[state.front] else { return }
      state.front += 1
    }
  }
}
