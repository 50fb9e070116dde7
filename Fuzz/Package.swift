// swift-tools-version: 6.2
import PackageDescription

// The readers of a model's files under libFuzzer, and no more than they need: links lead to medbench's
// own sources. A package of its own, because the sanitizer's flags go for a whole build.
let package = Package(
  name: "Fuzz",
  targets: [
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto"),
    .target(name: "Boundary", dependencies: ["COpenSSL"]),
    .target(name: "CKernels"),
    .target(name: "OCRInference", dependencies: ["Boundary", "CKernels"]),
    .executableTarget(name: "Fuzz", dependencies: ["OCRInference", "Boundary"]),
  ],
  swiftLanguageModes: [.v6]
)
