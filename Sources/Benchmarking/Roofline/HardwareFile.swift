import DocProfiles
import Foundation

/// `--hardware FILE.yaml`: a machine that medbench does not know.
///
/// ```yaml
/// name: my-server
/// peak_tflops: 42
/// bandwidth_tb_s: 0.4
/// memory_gb: 256
/// ```
public enum HardwareFile {
  public static func hardware(at file: URL) throws(ProfileFileError) -> HardwareCeiling {
    let yaml = try yamlText(at: file, what: "hardware", entries: "values", option: "--hardware")
    return try hardware(yaml: yaml, file: file.relativePath)
  }

  static func hardware(yaml: String, file: String) throws(ProfileFileError) -> HardwareCeiling {
    let top = try YAMLMapping(
      document: yaml, file: file, mend: "write it as docs/benchmarks.md shows")
    try top.allow(keys: ["name", "peak_tflops", "bandwidth_tb_s", "memory_gb", "source"])
    func number(_ key: String) throws(ProfileFileError) -> Double {
      guard let value = try top.number(key, in: 1e-6...1e6) else {
        throw top.failure("\"\(key)\" is missing", "add it")
      }
      return value
    }
    guard let name = try top.text("name") else {
      throw top.failure("\"name\" is missing", "add it")
    }
    return HardwareCeiling(
      name: name, title: name, peakTFLOPS: try number("peak_tflops"),
      bandwidthTBs: try number("bandwidth_tb_s"), memoryGB: try number("memory_gb"),
      source: try top.text("source") ?? "from \(file)")
  }
}
