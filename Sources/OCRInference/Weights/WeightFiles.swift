import Boundary

/// The safetensors files of a model, one or an indexed set of shards, with every tensor's place.
struct WeightFiles: Sendable {
  struct Place: Sendable {
    var file: Int
    var tensor: StoredTensor
  }

  /// model.safetensors or the index: what errors about the whole name.
  let path: String
  let files: [SafetensorsFile]
  /// By canonical name.
  let places: [String: Place]

  /// Ten times what the index of the largest published model takes.
  static let indexLimit = 16 << 20

  init(in directory: ModelDirectory) throws(WeightError) {
    var found: [SafetensorsFile] = []
    var names: [String: String]?
    if let whole = directory.existing(.weights) {
      path = whole
      found = [try SafetensorsFile(whole)]
    } else if let index = directory.existing(.weightIndex) {
      path = index
      let shards = try Self.shards(of: index)
      for shard in Set(shards.values).sorted() {
        found.append(try SafetensorsFile(directory.path(of: shard)))
      }
      names = shards
    } else {
      throw WeightError(path: directory.path, problem: .noWeights)
    }
    files = found
    do {
      places = try Self.places(in: found, named: names, of: directory)
    } catch {
      throw WeightError(path: path, problem: error)
    }
  }

  /// An index places every tensor in one shard; without one the only file holds all.
  private static func places(
    in files: [SafetensorsFile], named shards: [String: String]?, of directory: ModelDirectory
  ) throws(WeightProblem) -> [String: Place] {
    var stored: [String: Place] = [:]
    for (number, file) in files.enumerated() {
      for tensor in file.tensors {
        // A tensor that the index places elsewhere, or not at all, is no part of the model.
        if let shards, shards[tensor.name].map(directory.path(of:)) != file.path { continue }
        stored[tensor.name] = Place(file: number, tensor: tensor)
      }
    }
    for (tensor, shard) in (shards ?? [:]).sorted(by: { $0.key < $1.key })
    where stored[tensor] == nil {
      throw .shardLacks(tensor: tensor, shard: shard)
    }
    let names = CanonicalNames(stored: stored.keys)
    var places: [String: Place] = [:]
    for (name, place) in stored.sorted(by: { $0.key < $1.key }) {
      if let other = places.updateValue(place, forKey: names.canonical(name)) {
        throw .sameTensor(other.tensor.name, name)
      }
    }
    return places
  }

  /// `{"weight_map": {"TENSOR": "SHARD"}}`.
  static func shards(of index: String) throws(WeightError) -> [String: String] {
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(of: index, limit: indexLimit)
    } catch {
      throw WeightError(path: index, problem: .unreadable(error.reason))
    }
    do {
      return try shards(parsing: bytes)
    } catch {
      throw WeightError(path: index, problem: error)
    }
  }

  private static func shards(parsing bytes: [UInt8]) throws(WeightProblem) -> [String: String] {
    let index: JSONValue
    do {
      index = try JSONValue(parsing: bytes[...])
    } catch {
      throw .indexSyntax(offset: error.offset)
    }
    guard case .object(let members)? = index["weight_map"], !members.isEmpty else {
      throw .indexShape("an object “weight_map” from tensors to shards")
    }
    var shards: [String: String] = [:]
    for member in members {
      guard isPlain(member.key), case .string(let shard) = member.value, isPlain(shard) else {
        throw .indexShape("a “weight_map” of printable ASCII names")
      }
      guard staysInside(shard) else { throw .shardOutside(shard) }
      guard shards.updateValue(shard, forKey: member.key) == nil else {
        throw .repeated(tensor: member.key)
      }
    }
    return shards
  }

  /// As in a safetensors header.
  private static func isPlain(_ name: String) -> Bool {
    name.utf8.count <= SafetensorsScanner.nameLimit
      && name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
  }

  private static func staysInside(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/")
      && !path.split(separator: "/", omittingEmptySubsequences: false)
        .contains { $0.isEmpty || $0 == "." || $0 == ".." }
  }
}
