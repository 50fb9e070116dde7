import Foundation
import OCRInference
import Testing

@Suite struct ModelLocationTests {
  /// `--model`, then `MEDBENCH_MODEL_PATH`, then the name in the cache, then the hub.
  @Test func theFirstThatIsGivenWins() throws {
    let revision = String(repeating: "a", count: 40)
    let folder = "models--maker--reader"
    let files: [String: [UInt8]] = [
      "given/x": [], "set/x": [], "models/medocr-nano/config.json": [],
      "hub/\(folder)/refs/main": Array(revision.utf8),
      "hub/\(folder)/snapshots/\(revision)/config.json": [],
      "hub/\(folder)/snapshots/\(revision)/model.safetensors": [],
    ]
    try withModel(files) { root in
      let path = root.path
      let environment = ["MEDBENCH_MODEL_PATH": path + "/set", "HF_HOME": path]
      func resolved(_ model: String?, _ name: String?, _ environment: [String: String]) throws
        -> ModelLocation
      {
        try ModelLocation.resolve(
          model: model, name: name, environment: environment,
          bundled: BundledModel(executable: path + "/bin/x", workingDirectory: path + "/work"))
      }
      let given = try resolved(path + "/given", "maker/reader", environment)
      let set = try resolved(nil, "maker/reader", environment)
      let cached = try resolved(nil, "maker/reader", ["HF_HOME": path])
      let other = try resolved(nil, "maker/other", ["HF_HOME": path])
      let snapshot = try ModelDirectory("\(path)/hub/\(folder)/snapshots/\(revision)")
      #expect(given == .directory(try ModelDirectory(path + "/given"), by: .given))
      #expect(set == .directory(try ModelDirectory(path + "/set"), by: .environment))
      #expect(cached == .directory(snapshot, by: .named))
      #expect(other == .hub(try HubRepository("maker/other")))
      let own = try resolved(nil, nil, ["MEDBENCH_MODEL_PATH": ""])
      #expect(own == .directory(try ModelDirectory(path + "/models/medocr-nano"), by: .bundled))
      #expect(throws: ModelLocationError.offline("maker/other", cache: path + "/hub")) {
        try resolved(nil, "maker/other", ["HF_HOME": path, "HF_HUB_OFFLINE": "1"])
      }
    }
  }

  @Test func medbenchsOwnModelLiesAboveItsProgramElseInTheCurrentDirectory() throws {
    let files: [String: [UInt8]] = [
      "package/models/medocr-nano/config.json": [], "package/.build/release/medbench": [],
      // A directory of that name that holds no model.
      "package/.build/models/medocr-nano/README.md": [],
      "elsewhere/models/medocr-nano/config.json": [], "empty/x": [], "links/x": [],
    ]
    try withModel(files) { root in
      let path = URL(filePath: root.path).resolvingSymlinksInPath().path
      let program = path + "/package/.build/release/medbench"
      func found(_ executable: String, in working: String) throws -> String {
        try BundledModel(executable: executable, workingDirectory: path + working).directory().path
      }
      #expect(try found(program, in: "/elsewhere") == path + "/package/models/medocr-nano")
      #expect(
        try found(path + "/empty/x", in: "/elsewhere") == path + "/elsewhere/models/medocr-nano")
      // A link to the program leads to its package.
      let link = path + "/links/medbench"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: program)
      #expect(try found(link, in: "/empty") == path + "/package/models/medocr-nano")
      #expect(
        throws: ModelLocationError.noBundledModel(above: path + "/empty/x", under: path + "/links")
      ) { try found(path + "/empty/x", in: "/links") }
    }
  }

  @Test func whereMedbenchsOwnModelIsMissingThePlacesAndTheMendAreSaid() async throws {
    let bundled = BundledModel(executable: "/no-such/bin/medbench", workingDirectory: "/no-such")
    let error = await #expect(throws: EngineUnavailable.self) {
      try await LocalEngine.make(LocalEngineOptions(), environment: [:], bundled: bundled)
    }
    #expect(
      error?.description
        == "engine 'local': no models/medocr-nano in a directory above /no-such/bin/medbench nor in "
        + "/no-such; restore it from medbench's repository, give --model DIR or --model-name "
        + "OWNER/NAME, or choose --engine tesseract")
  }

  /// A download that stopped between two shards must not be opened.
  @Test func aSnapshotThatLacksAShardIsNotFound() throws {
    let revision = String(repeating: "a", count: 40)
    let snapshot = "models--maker--reader/snapshots/\(revision)"
    let index = #"{"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}"#
    var files: [String: [UInt8]] = [
      "models--maker--reader/refs/main": Array(revision.utf8), "\(snapshot)/config.json": [],
      "\(snapshot)/model.safetensors.index.json": Array(index.utf8),
      "\(snapshot)/1.safetensors": [],
    ]
    let repository = try HubRepository("maker/reader")
    try withModel(files) {
      let found = HubCache(path: $0.path).model(repository)
      #expect(found == nil)
    }
    files["\(snapshot)/2.safetensors"] = []
    try withModel(files) {
      let found = HubCache(path: $0.path).model(repository)
      #expect(found?.path == "\($0.path)/\(snapshot)")
    }
  }

  @Test(arguments: ["../../etc", "\n", ""])
  func aReferenceThatIsNoCommitIsIgnored(revision: String) throws {
    let repository = try HubRepository("maker/reader")
    try withModel(["models--maker--reader/refs/main": Array(revision.utf8)]) {
      let found = HubCache(path: $0.path).model(repository)
      #expect(found == nil)
    }
  }

  @Test(arguments: [
    "reader", "maker/", "/reader", "maker/reader/x", "maker/..", "../reader", "maker/a..b",
    "maker/a--b", "maker/-a", "maker/a.", "maker/a b", "maker/가", "maker/a\n",
    "maker/" + String(repeating: "a", count: 97),
  ])
  func aNameThatIsNotOwnerAndNameIsRefused(name: String) {
    #expect(throws: ModelLocationError.malformedName(name)) { try HubRepository(name) }
  }

  @Test(arguments: [
    (["HF_HUB_CACHE": "/c", "HF_HOME": "/h", "HOME": "/u"], "/c"),
    (["HF_HUB_CACHE": "", "HF_HOME": "/h", "HOME": "/u"], "/h/hub"),
    (["HOME": "/u"], "/u/.cache/huggingface/hub"),
    (["XDG_CACHE_HOME": "/x", "HOME": "/u"], "/x/huggingface/hub"),
  ])
  func theCacheIsWhereTheHubsOwnToolsKeepIt(environment: [String: String], path: String) {
    #expect(HubCache(environment: environment).path == path)
  }
}
