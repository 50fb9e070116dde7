import OCRInference
import Testing

@Suite struct ConfigTests {
  static let qwen2: [String: String] = [
    "model_type": #""qwen2""#, "hidden_size": "128", "num_hidden_layers": "1",
    "num_attention_heads": "4", "num_key_value_heads": "2", "intermediate_size": "160",
    "vocab_size": "300", "max_position_embeddings": "64", "rope_theta": "1e4",
  ]

  static let neox: [String: String] = [
    "model_type": #""gpt_neox""#, "hidden_size": "128", "num_hidden_layers": "1",
    "num_attention_heads": "4", "intermediate_size": "160", "vocab_size": "300",
    "max_position_embeddings": "64",
  ]

  /// The error of a config in which some values were changed; "" removes a key.
  private func refusal(
    _ changes: [String: String], of base: [String: String] = qwen2
  ) -> ConfigError? {
    let members = base.merging(changes) { $1 }.filter { $1 != "" }
    let json = "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
    let pool = ThreadPool(threads: 1)
    do {
      _ = try ArchitectureTable.decoder(
        config: ConfigFile(bytes: Array(json.utf8), path: "m/config.json"),
        weights: RandomWeights(type: .f32, pool: pool), pool: pool)
      return nil
    } catch {
      return error as? ConfigError
    }
  }

  @Test("A sound config makes a decoder, numbers written either way")
  func sound() {
    #expect(refusal([:]) == nil)
    #expect(refusal(["hidden_size": "128.0", "rope_scaling": "null"]) == nil)
    #expect(refusal([:], of: Self.neox) == nil)
  }

  @Test(
    "What is missing, absurd or at odds is named by its key",
    arguments: [
      (["hidden_size": ""], "hidden_size", "is missing"),
      (["hidden_size": "-1"], "hidden_size", "is not a whole number from 1 to 65536"),
      (["hidden_size": "1e300"], "hidden_size", "is not a whole number from 1 to 65536"),
      (["vocab_size": "\"300\""], "vocab_size", "is not a whole number from 1 to 4000000"),
      (["num_key_value_heads": "3"], "num_key_value_heads", "3 does not divide 4 heads"),
      (
        ["num_attention_heads": "6", "num_key_value_heads": "6"], "num_attention_heads",
        "6 heads do not divide hidden_size, 128"
      ),
      (["head_dim": "33"], "head_dim", "heads of 33 values, odd"),
      (["hidden_act": "\"relu\""], "hidden_act", "is not silu"),
      (["rope_theta": "0"], "rope_theta", "is not a number from 1.0 to 1000000000000.0"),
      (["rope_scaling": "4"], "rope_scaling", "is not an object"),
      (
        ["rope_scaling": #"{"type": "yarn", "factor": 4}"#], "rope_scaling.type",
        "\"yarn\" is none of default, linear, llama3, mrope"
      ),
      (["rope_scaling": #"{"type": "linear"}"#], "rope_scaling.factor", "is missing"),
      (
        ["rope_scaling": #"{"type": "mrope", "mrope_section": [4, 6, 5]}"#],
        "rope_scaling.mrope_section",
        "is not three numbers whose sum is 16, half of the values of a head that turn"
      ),
      (
        ["use_sliding_window": "true", "max_window_layers": "0"], "use_sliding_window",
        "sliding windows are not supported"
      ),
      (
        ["model_type": "\"qwen\""], "model_type",
        "\"qwen\" is none of gpt_neox, llama, qwen2, qwen2_5_vl, qwen2_vl; "
          + "did you mean \"qwen2\"?"
      ),
    ] as [([String: String], String, String)])
  func refused(changes: [String: String], key: String, defect: String) {
    #expect(
      refusal(changes) == ConfigError(path: "m/config.json", key: key, defect: defect))
  }

  @Test("GPT-NeoX: heads and the turned part of them must fit")
  func neox() {
    #expect(
      refusal(["head_dim": "16"], of: Self.neox)
        == ConfigError(
          path: "m/config.json", key: "head_dim", defect: "4 heads of 16 are not 128"))
    #expect(
      refusal(["rotary_pct": "0.1"], of: Self.neox)
        == ConfigError(
          path: "m/config.json", key: "rotary_pct",
          defect: "turns 3 values of a head; give an even number"))
  }

  @Test("What is no JSON object is refused, and an error is one line")
  func notJSON() {
    func defect(_ text: String) -> String? {
      do throws(ConfigError) {
        _ = try ConfigFile(bytes: Array(text.utf8), path: "a\nb/config.json")
        return nil
      } catch { return error.description }
    }
    #expect(
      defect("[1]")
        == "a\\u{a}b/config.json: is not a JSON object; "
        + "give the config.json that belongs to the weights")
    #expect(defect("{\"a\": }")?.contains("is not JSON from byte 6 on") == true)
    #expect(defect(String(repeating: "[", count: 100_000)) != nil)
  }
}
