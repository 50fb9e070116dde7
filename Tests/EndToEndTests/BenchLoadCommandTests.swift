import Foundation
import Testing

/// `medbench bench load` as a stranger runs it, on the bundled model and on programs.
@Suite struct BenchLoadCommandTests {
  private func load(_ scratch: Scratch, _ arguments: String...) throws -> MedbenchProcess.End {
    try MedbenchProcess(
      ["bench", "load", "--output-dir", scratch.path + "/out"] + arguments
    ).end()
  }

  private func report(_ scratch: Scratch) throws -> [String: Any] {
    let name = try #require(try scratch.contents(of: "out").first { $0.hasSuffix(".json") })
    let data = try Data(contentsOf: URL(filePath: scratch.path + "/out/" + name))
    return try JSONSerialization.jsonObject(with: data) as! [String: Any]
  }

  @Test func `A sweep leaves JSON, text and chart`() throws {
    let scratch = try Scratch()
    let end = try load(
      scratch, "--mode", "sweep", "--input-lengths", "8,16", "--output-length", "4",
      "--batch-sizes", "1,2", "--iterations", "2", "--p99", "60000")
    #expect(end.status == 0, "\(end.error)")
    #expect(end.output.contains("TTFT(ms)") && end.output.contains("decoded together: 2"))
    let files = try scratch.contents(of: "out")
    #expect(files.map { URL(filePath: $0).pathExtension } == ["json", "png", "txt"])
    let report = try report(scratch)
    let rows = try #require(report["results"] as? [[String: Any]])
    #expect(rows.count == 4 && report["partial"] as? Bool == false)
    for row in rows {
      #expect(row["output_length"] as? Int == 4 && row["num_errors"] as? Int == 0)
      // All within a minute: goodput is the rate of requests.
      #expect(
        row["goodput_requests_per_sec"] as? Double == row["throughput_requests_per_sec"] as? Double)
    }
  }

  @Test func `Stress, soak, long context and prefixes run from the command line`() throws {
    for arguments in [
      ["--mode", "soak", "--duration", "0.2s"], ["--mode", "prefix-sharing"],
      ["--mode", "stress", "--p99", "0.001"], ["--mode", "long-context"],
    ] {
      let scratch = try Scratch()
      let end = try MedbenchProcess(
        [
          "bench", "load", "--output-dir", scratch.path + "/out", "--input-lengths", "16,4096",
          "--output-length", "4", "--iterations", "2", "--batch-sizes", "2",
        ] + arguments
      ).end()
      #expect(end.status == 0, "\(arguments) \(end.error)")
      _ = try report(scratch)
      if arguments[1] == "long-context" || arguments[1] == "prefix-sharing" {
        #expect(end.output.contains("does not fit: needs 4100 of 2048 positions"))
      }
    }
  }

  @Test func `A program reads pages, and two engines are compared`() throws {
    let small = try SmallDataset()
    let reader = try small.reader(SmallDataset.transcripts)
    let pages = [
      "--doc-type", "prescription", "--dataset", small.directory, "--engine", "command",
      "--command", reader, "--iterations", "2", "--warmup", "0",
    ]
    for (place, batch) in [("one", "1"), ("two", "2")] {
      let end = try MedbenchProcess(
        [
          "bench", "load", "--mode", "batch", "--batch-sizes", batch, "--output-dir",
          small.scratch.path + "/" + place,
        ] + pages
      ).end()
      #expect(end.status == 0, "\(end.error)")
      #expect(end.output.contains("one page after another"))
    }
    let (one, two) = (small.scratch.path + "/one", small.scratch.path + "/two")
    let compared = try MedbenchProcess.run("compare", one, two)
    #expect(compared.status == 0, "\(compared.error)")
    #expect(compared.output.contains("Batch=1, prescription"))
    #expect(compared.output.contains("N/A |        N/A |        N/A |            N/A |        N/A"))

    let name = try #require(try small.scratch.contents(of: "two").first { $0.hasSuffix(".json") })
    let text = try String(contentsOfFile: two + "/" + name, encoding: .utf8)
    try text.replacing("\"schema_version\" : 1", with: "\"schema_version\" : 2")
      .write(toFile: two + "/" + name, atomically: true, encoding: .utf8)
    let refused = try MedbenchProcess.run("compare", one, two)
    #expect(refused.status == 65 && refused.error.contains("schema version 2"))
    let mixed = try MedbenchProcess.run("compare", one, small.directory)
    #expect(mixed.status == 64 && mixed.error.contains("compare like with like"))
  }

  @Test func `The bundled model reads pages together`() throws {
    let (small, scratch) = (try SmallDataset(), try Scratch())
    let end = try load(
      scratch, "--mode", "batch", "--batch-sizes", "2", "--iterations", "1", "--warmup", "0",
      "--doc-type", "prescription", "--dataset", small.directory)
    #expect(end.status == 0, "\(end.error)")
    #expect(end.output.contains("pages, decoded together"))
    let metadata = try #require(try report(scratch)["metadata"] as? [String: Any])
    #expect(metadata["reads_pages"] as? Bool == true)
    #expect(metadata["pages_together"] as? Bool == true)
  }

  @Test(arguments: [
    (["--batch-sizes", "0"], "--batch-sizes 0: from 1 to 64"),
    (["--batch-sizes", "1,65"], "--batch-sizes 65: from 1 to 64"),
    (["--input-lengths", "512,9000"], "--input-lengths 9000: from 1 to 8192"),
    (["--input-lengths", "x"], "--input-lengths x: from 1 to 8192"),
    (["--output-length", "0"], "--output-length 0: from 1"),
    (["--iterations", "0"], "--iterations 0: from 1"),
    (["--mode", "stress", "--p99", "0"], "--p99 0.0: more than 0"),
    (["--mode", "stress"], "add --p99"),
    (["--duration", "30"], "--duration 30: a number with s, m or h"),
    (["--duration=-3m"], "a number with s, m or h"),
    (["--timeout", "0"], "--timeout 0.0: more than 0"),
    (["--rate", "nan"], "--rate nan: more than 0"),
    (["--workload", "document", "--output-length", "4"], "leave out --output-length"),
    (["--engine", "tesseract"], "--engine tesseract reads pages: add --doc-type"),
    (["--doc-type", "prescription", "--mode", "long-context"], "leave out --doc-type"),
    (["--doc-type", "prescription", "--input-lengths", "8"], "--input-lengths is of prompts"),
    (["--output-dir", "/proc/none"], "--output-dir /proc/none"),
  ])
  func `Bad input is one line with flag, value and bound`(
    arguments: [String], says: String
  ) throws {
    let scratch = try Scratch()
    let place = arguments.contains("--output-dir") ? [] : ["--output-dir", scratch.path + "/out"]
    let end = try MedbenchProcess(["bench", "load"] + place + arguments).end()
    #expect(end.status == 64, "\(end.error)")
    #expect(end.error.contains(says), "\(end.error)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/out"))
  }

  @Test func `Ctrl-C keeps what was measured, marked partial`() throws {
    let scratch = try Scratch()
    let running = try MedbenchProcess([
      "bench", "load", "--mode", "soak", "--duration", "10m", "--input-lengths", "8",
      "--output-length", "2", "--output-dir", scratch.path + "/out",
    ])
    let end = try running.interrupted()
    #expect(end.status == 0, "\(end.error)")
    #expect(try report(scratch)["partial"] as? Bool == true)
  }
}
