// swift-tools-version: 6.2
import PackageDescription

// What times the engine and the judge: a package of its own, so that medbench's users neither build nor see it. It links
// the library as it ships.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "medbench", path: "..")],
  targets: [
    .executableTarget(
      name: "medbench-speed",
      dependencies: [.product(name: "OCRInference", package: "medbench")]),
    .executableTarget(
      name: "scoring-speed", dependencies: [.product(name: "Scoring", package: "medbench")]),
  ],
  swiftLanguageModes: [.v6]
)
