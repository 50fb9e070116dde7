import Foundation
import Pipeline

/// A bar on standard error while a run reads pages; nothing where standard error is no terminal.
struct ProgressBar {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private let start = ContinuousClock().now
  private static let cells = 24

  func show(_ progress: RunProgress) {
    guard isShown else { return }
    let filled = Self.cells * progress.pagesDone / max(progress.pagesInAll, 1)
    let bar =
      String(repeating: "█", count: filled)
      + String(repeating: "░", count: Self.cells - filled)
    let text =
      "\(bar) \(progress.pagesDone)/\(progress.pagesInAll) pages  \(progress.type) "
      + "\(progress.dpi) DPI  \(remaining(progress))"
    // Carriage return and erase-line: the bar draws over itself.
    FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
  }

  func finish() {
    guard isShown else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
  }

  private func remaining(_ progress: RunProgress) -> String {
    guard progress.pagesReadNow > 0 else { return "" }
    let perPage = start.duration(to: clock.now) / progress.pagesReadNow
    let left = (perPage * (progress.pagesInAll - progress.pagesDone)).components.seconds
    return "about \(left / 60) min \(left % 60) s left"
  }
}
