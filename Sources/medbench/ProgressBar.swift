import Foundation
import Pipeline

/// A bar on standard error; nothing where that is no terminal.
struct ProgressBar: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private let start = ContinuousClock().now
  private static let cells = 24

  /// While pages are read.
  func show(_ progress: RunProgress) {
    show(
      progress.pagesDone, of: progress.pagesInAll,
      "pages  \(progress.type) \(progress.dpi) DPI  \(remaining(progress))")
  }

  /// - Parameter words: what is counted, and anything more.
  func show(_ done: Int, of total: Int, _ words: @autoclosure () -> String) {
    guard isShown else { return }
    let filled = Self.cells * done / max(total, 1)
    let bar =
      String(repeating: "█", count: filled)
      + String(repeating: "░", count: Self.cells - filled)
    draw("\(bar) \(done)/\(total) \(words())")
  }

  func finish() {
    guard isShown else { return }
    draw("")
  }

  /// Carriage return and erase-line: the bar draws over itself.
  private func draw(_ text: String) {
    FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
  }

  private func remaining(_ progress: RunProgress) -> String {
    guard progress.pagesReadNow > 0 else { return "" }
    let perPage = start.duration(to: clock.now) / progress.pagesReadNow
    let left = (perPage * (progress.pagesInAll - progress.pagesDone)).components.seconds
    return "about \(left / 60) min \(left % 60) s left"
  }
}
