import Foundation
import Testing

/// SwiftPM rebuilds a target when a module in its list changes, and leaves it stale when only an
/// unlisted one does, whatever it imports. So every module of ours that a target imports is listed.
@Suite struct PackageManifestTests {
  @Test func everyImportedModuleIsListed() throws {
    let lists = try dependencyLists()
    #expect(lists.count > 20)
    var unlisted: [String] = []
    for folder in ["Sources", "Tests"] {
      let root = MedbenchProcess.home.appendingPathComponent(folder)
      for target in try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() {
        let listed = lists[target] ?? []
        for module in try imports(in: root.appendingPathComponent(target))
        where lists[module] != nil && module != target && !listed.contains(module) {
          unlisted.append("\(target) imports \(module)")
        }
      }
    }
    #expect(unlisted == [])
  }

  /// The names in each target's `dependencies`, by the target's name.
  private func dependencyLists() throws -> [String: Set<String>] {
    let manifest = try String(
      contentsOf: MedbenchProcess.home.appendingPathComponent("Package.swift"), encoding: .utf8)
    var lists: [String: Set<String>] = [:]
    for call in manifest.components(separatedBy: "arget(").dropFirst() {
      guard let name = call.firstMatch(of: /name: "(\w+)"/)?.1 else { continue }
      let list = call.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 ?? ""
      lists[String(name)] = Set(list.matches(of: /"(\w+)"/).map { String($0.1) })
    }
    return lists
  }

  private func imports(in directory: URL) throws -> Set<String> {
    var modules = Set<String>()
    let files = try FileManager.default.subpathsOfDirectory(atPath: directory.path)
    for file in files where file.hasSuffix(".swift") {
      let source = try String(
        contentsOf: directory.appendingPathComponent(file), encoding: .utf8)
      for line in source.matches(of: /(?m)^(?:@\w+ )?import (\w+)/) {
        modules.insert(String(line.1))
      }
    }
    return modules
  }
}
