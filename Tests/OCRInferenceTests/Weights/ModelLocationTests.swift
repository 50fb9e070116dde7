import Foundation
import OCRInference
import Testing

@Suite struct ModelLocationTests {
  /// `--model`, then `MEDBENCH_MODEL_PATH`, then the name in the cache, then the hub.
  @Test func theFirstThatIsGivenWins() throws {
    let revision = String(repeating: "a", count: 40)
    let folder = "models--maker--reader"
    let files: [String: [UInt8]] = [
      "given/x": [], "set/x": [],
      "hub/\(folder)/refs/main": Array(revision.utf8),
      "hub/\(folder)/snapshots/\(revision)/config.json": [],
      "hub/\(folder)/snapshots/\(revision)/model.safetensors": [],
    ]
    try withModel(files) { root in
      let path = root.path
      let environment = ["MEDBENCH_MODEL_PATH": path + "/set", "HF_HOME": path]
      func resolved(_ model: String?, _ name: String?, _ environment: [String: String]) throws
        -> ModelLocation
      { try ModelLocation.resolve(model: model, name: name, environment: environment) }
      let given = try resolved(path + "/given", "maker/reader", environment)
      let set = try resolved(nil, "maker/reader", environment)
      let cached = try resolved(nil, "maker/reader", ["HF_HOME": path])
      let other = try resolved(nil, "maker/other", ["HF_HOME": path])
      #expect(given == .directory(try ModelDirectory(path + "/given")))
      #expect(set == .directory(try ModelDirectory(path + "/set")))
      #expect(
        cached == .directory(try ModelDirectory("\(path)/hub/\(folder)/snapshots/\(revision)")))
      #expect(other == .hub(try HubRepository("maker/other")))
      #expect(throws: ModelLocationError.nothingNamed) { try resolved(nil, nil, [:]) }
      #expect(throws: ModelLocationError.offline("maker/other", cache: path + "/hub")) {
        try resolved(nil, "maker/other", ["HF_HOME": path, "HF_HUB_OFFLINE": "1"])
      }
    }
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
