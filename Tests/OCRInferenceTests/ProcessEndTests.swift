import Foundation
import OCRInference
import Testing

/// However a page ends, no process and no page file stays behind.
@Suite struct ProcessEndTests {
  /// Long enough that the script has begun, on a busy machine too.
  static let limit = Duration.seconds(3)

  @Test func timeOutKeepsWhatCame() async throws {
    let command = try ScriptedCommand(
      "echo $$ > $DIR/leader; echo partial; echo slow >&2; sleep 60; echo never")
    let transcript = await command.engine.transcribe(.blank, timeout: Self.limit)
    #expect(
      transcript.outcome
        == PageOutcome(
          status: .timedOut, detail: "stopped after 3000.0 ms", diagnostics: "slow"))
    #expect(transcript.text == "partial")
    #expect(transcript.timing.endToEnd == 3000)
    #expect(try !command.runs("leader"))
    #expect(try !command.pageIsLeft())
  }

  @Test(arguments: [
    "trap '' TERM; while :; do sleep 1; done",
    "exec >&- 2>&-; sleep 60",
    #"sh -c 'trap "" TERM; echo $$ > $DIR/child; while :; do sleep 1; done' & wait"#,
  ])
  func stubbornChildrenEndAtTheTimeOut(script: String) async throws {
    let command = try ScriptedCommand(
      "echo $$ > $DIR/leader; echo $$ > $DIR/child\n\(script)")
    let transcript = await command.engine.transcribe(.blank, timeout: Self.limit)
    #expect(transcript.outcome.status == .timedOut)
    #expect(try !command.runs("leader"))
    #expect(try !command.runs("child"))
    #expect(try !command.pageIsLeft())
  }

  @Test func childLeftBehindIsNeitherWaitedForNorLeft() async throws {
    let command = try ScriptedCommand("sleep 60 & echo $! > $DIR/child; echo text")
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(60))
    #expect(transcript.outcome.status == .read)
    #expect(transcript.text == "text")
    #expect(try !command.runs("child"))
  }

  @Test func cancelledTaskEndsTheChild() async throws {
    let command = try ScriptedCommand("echo $$ > $DIR/leader; echo $$; sleep 60")
    let engine = command.engine
    let task = Task { await engine.transcribe(.blank, timeout: .seconds(60)) }
    while (try? command.note("leader"))?.isEmpty != false {
      try await Task.sleep(for: .milliseconds(5))
    }
    task.cancel()
    #expect(await task.value.outcome.status == .timedOut)
    #expect(try !command.runs("leader"))
    #expect(try !command.pageIsLeft())
  }

  @Test func droppedStreamEndsTheChild() async throws {
    let command = try ScriptedCommand("echo $$ > $DIR/leader; echo $$; sleep 60")
    for try await _ in command.engine.read(.blank) { break }
    // Nobody is left to wait for the end: give it as long as it takes.
    while try command.runs("leader") { try await Task.sleep(for: .milliseconds(10)) }
  }
}
