import Boundary
import Glibc
import OCRInference

// fuzz READER [libFuzzer's options] [CORPUS]: every byte string is either read or refused with a
// typed error; a trap, a hang or too much memory ends the run and keeps the input.

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ read: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let readers: [String: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt] = [
  "safetensors": { bytes, count in
    readSafetensors(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  },
  "tokenizer": { bytes, count in
    readTokenizer(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  },
  "config": { bytes, count in
    readConfig(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  },
  "template": { bytes, count in
    readTemplate(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  },
]

guard CommandLine.argc > 1, let read = readers[CommandLine.arguments[1]] else {
  print("usage: Fuzz \(readers.keys.sorted().joined(separator: "|")) [OPTIONS] [CORPUS]")
  exit(2)
}
// libFuzzer takes the rest, after the program's name.
var count = CommandLine.argc - 1
var arguments = CommandLine.unsafeArgv + 1
arguments[0] = CommandLine.unsafeArgv[0]
exit(runFuzzer(&count, &arguments, read))
