import Foundation
import OCRInference
import PageImaging
import Testing

/// Real children, well and badly behaved.
@Suite struct CommandEngineTests {
  @Test func textComesInTranscriptForm() async throws {
    let command = try ScriptedCommand(#"printf '  처방전 \r\n\r\n약물명:  아스피린\f'"#)
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(transcript.text == "처방전\n약물명:  아스피린")
    #expect(transcript.outcome == PageOutcome(status: .read))
    #expect(transcript.fields == nil)
    let ttft = try #require(transcript.timing.ttft)
    #expect(ttft <= transcript.timing.endToEnd)
    #expect(transcript.timing.tpot == nil)
  }

  @Test func programIsToldThePage() async throws {
    let command = try ScriptedCommand(
      #"""
      stat -c %a "$(dirname "$1")"
      head -c 8 "$1" | od -An -tx1
      echo "$MEDBENCH_PAGE_ID $MEDBENCH_DPI $#"
      """#)
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(transcript.text == "700\n89 50 4e 47 0d 0a 1a 0a\nrx-0001/1 300 1")
    #expect(try !command.pageIsLeft())
  }

  @Test func pageGoesWhereTheArgumentsSay() async throws {
    let command = try ScriptedCommand(
      #"echo "$2"; test -f "${1#--image=}" && echo there"#,
      arguments: ["--image={page}", "two words"])
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(transcript.text == "two words\nthere")
  }

  @Test func standardInputIsEmpty() async throws {
    let command = try ScriptedCommand("cat; echo done")
    #expect(await command.engine.transcribe(.blank, timeout: .seconds(20)).text == "done")
  }

  @Test func exitCodeAndStandardErrorAreKept() async throws {
    let command = try ScriptedCommand("echo half; echo 'no model file' >&2; exit 3")
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(
      transcript.outcome
        == PageOutcome(status: .exited, detail: "exit code 3", diagnostics: "no model file"))
    #expect(transcript.text == "half")
    #expect(try !command.pageIsLeft())
  }

  @Test func crashNamesItsSignal() async throws {
    let command = try ScriptedCommand("kill -SEGV $$")
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(transcript.outcome.status == .crashed)
    #expect(transcript.outcome.detail == "signal 11 (Segmentation fault)")
  }

  @Test(arguments: ["", #"printf ' \n\f'"#, #"echo '{"text": " "}'"#])
  func blankOutputIsEmpty(script: String) async throws {
    let command = try ScriptedCommand(script)
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(transcript.outcome.status == .empty)
    #expect(transcript.text == "")
    #expect(transcript.timing.ttft == nil)
  }

  @Test func outputThatIsNotUTF8IsUnreadable() async throws {
    let command = try ScriptedCommand(#"echo odd >&2; printf 'ab\377cd'"#)
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(
      transcript.outcome
        == PageOutcome(
          status: .unreadableOutput, detail: "output is not UTF-8", diagnostics: "odd"))
  }

  @Test func characterSplitBetweenReadsIsWhole() async throws {
    let command = try ScriptedCommand(#"printf 'a\355\225'; sleep 0.1; printf '\234b'"#)
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(transcript.text == "a한b")
    #expect(transcript.timing.chunks == 2)
  }

  @Test func jsonLinesStreamInOrder() async throws {
    let command = try ScriptedCommand(
      #"""
      printf '%s\n' '{"text": "첫 줄\n", "tokens": 3}'; sleep 0.05
      echo '{"text": "둘째 줄", "tokens": 4}'; sleep 0.05
      echo '{"fields": {"dose": 5.0}}'
      """#, streamsTokens: true)
    var chunks: [TextChunk] = []
    for try await chunk in command.engine.read(.blank) { chunks.append(chunk) }
    #expect(chunks.map(\.text) == ["첫 줄\n", "둘째 줄", ""])
    #expect(chunks[0].time < chunks[1].time && chunks[1].time < chunks[2].time)

    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(20))
    #expect(transcript.text == "첫 줄\n둘째 줄")
    #expect(transcript.fields == [.init(key: "dose", value: "5.0")])
    #expect(transcript.timing.outputTokens == 7)
    let ttft = try #require(transcript.timing.ttft)
    #expect(ttft < transcript.timing.endToEnd)
    #expect(transcript.timing.tpot != nil)
  }

  @Test func floodIsCutWithoutDeadlock() async throws {
    let command = try ScriptedCommand("echo $$ > $DIR/leader; yes 0123456789 | head -c 50000000")
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(60))
    #expect(transcript.outcome.status == .unreadableOutput)
    #expect(transcript.outcome.detail?.hasPrefix("more than 4 MiB of output") == true)
    #expect(try !command.runs("leader"))
  }

  @Test func fullStandardErrorDoesNotBlock() async throws {
    let command = try ScriptedCommand(
      "yes noise | head -c 600000 >&2; echo last >&2; echo read; exit 1")
    let transcript = await command.engine.transcribe(.blank, timeout: .seconds(60))
    let diagnostics = try #require(transcript.outcome.diagnostics)
    #expect(diagnostics.utf8.count <= 8192)
    #expect(diagnostics.hasSuffix("noise\nlast"))
    #expect(transcript.text == "read")
  }

  @Test func manyPagesAtOnceStayApart() async throws {
    let command = try ScriptedCommand(#"echo "$MEDBENCH_PAGE_ID"; test -f "$1""#)
    let engine = command.engine
    await withTaskGroup(of: (String, Transcript).self) { group in
      for number in 0..<24 {
        var page = EnginePage.blank
        page.id = "p\(number)"
        group.addTask { [page] in (page.id, await engine.transcribe(page, timeout: .seconds(60))) }
      }
      for await (id, transcript) in group {
        #expect(transcript.text == id)
        #expect(transcript.outcome.status == .read)
      }
    }
  }

  @Test func missingProgramSaysWhatToDo() {
    #expect {
      _ = try CommandEngine.make(command: ["no-such-program-here"])
    } throws: {
      "\($0)"
        == "no-such-program-here: no program of that name in PATH; install it or give its path"
    }
    #expect(throws: EngineUnavailable.self) { _ = try CommandEngine.make(command: ["/etc/passwd"]) }
    #expect(throws: EngineUsageError.self) { _ = try CommandEngine.make(command: []) }
  }

  @Test func fileThatCannotBeRunIsAnOutcome() async throws {
    let command = try ScriptedCommand("")
    let file = command.directory.appendingPathComponent("program")
    try Data("\u{7F}no program".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    let engine = try CommandEngine.make(command: [file.path])
    let transcript = await engine.transcribe(.blank, timeout: .seconds(20))
    #expect(transcript.outcome.status == .unreadableOutput)
    let detail = try #require(transcript.outcome.detail)
    #expect(detail.contains("program") && !detail.contains("\n"), "\(detail)")
  }
}
