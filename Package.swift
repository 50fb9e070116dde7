// swift-tools-version: 6.2
import PackageDescription

// Arrows run importer -> imported, one way only; docs/design.md draws them and says why. Every
// module that a target imports stands in its list: SwiftPM rebuilds a target when a listed module
// changes, and leaves it stale, laid out for the old types, when only an unlisted one does.
let package = Package(
  name: "medbench",
  products: [
    .executable(name: "medbench", targets: ["medbench"]),
    .library(name: "OCRInference", targets: ["OCRInference"]),
    .library(name: "Scoring", targets: ["Scoring", "DocProfiles"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // MARK: The command
    .executableTarget(
      name: "medbench",
      dependencies: [
        "Reporting", "History", "Benchmarking", "Charts", "Synthesis", "Pipeline", "Planting",
        "Scoring", "OCRInference", "Datasets", "DocProfiles", "Drawing", "PageImaging", "Boundary",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: The judge
    .target(
      name: "Reporting",
      dependencies: [
        "Pipeline", "Scoring", "OCRInference", "Datasets", "DocProfiles", "PageImaging", "Boundary",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [
        .embedInCode("Templates/report.mustache"),
        .embedInCode("Templates/style.mustache"),
        .embedInCode("Templates/style-harm.mustache"),
        .embedInCode("Templates/page.mustache"),
        .embedInCode("Templates/harm.mustache"),
        .embedInCode("Templates/matrix.mustache"),
        .embedInCode("Templates/rates.mustache"),
        .embedInCode("Templates/shot.mustache"),
        .embedInCode("Templates/group.mustache"),
        .embedInCode("Templates/table.mustache"),
        .embedInCode("Templates/histogram.mustache"),
        .embedInCode("Templates/worst.mustache"),
        .embedInCode("Templates/probes.mustache"),
        .embedInCode("Templates/probes-style.mustache"),
        .embedInCode("Templates/probes-page.mustache"),
      ]),
    .target(
      name: "History",
      dependencies: [
        "Pipeline", "Scoring", "OCRInference", "DocProfiles", "Boundary",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "Pipeline",
      dependencies: [
        "OCRInference", "Planting", "Scoring", "Datasets", "DocProfiles", "PageImaging",
        "Boundary",
      ]),
    .target(name: "Scoring", dependencies: ["DocProfiles", "Boundary"]),

    // MARK: The judge's own test: sees truth, never a rule
    .target(name: "Planting", dependencies: ["Datasets", "DocProfiles", "PageImaging"]),

    // MARK: Where the time goes
    .target(
      name: "Benchmarking",
      dependencies: ["Charts", "OCRInference", "DocProfiles", "PageImaging", "Boundary"]),
    .target(name: "Charts", dependencies: ["Drawing", "PageImaging"]),

    // MARK: The model under test: sees pixels, never truth
    .target(
      name: "OCRInference",
      dependencies: [
        "PageImaging", "Boundary", "CKernels",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),

    // MARK: Documents
    .target(
      name: "Synthesis",
      dependencies: ["Datasets", "DocProfiles", "Drawing", "PageImaging", "Boundary"]),
    .target(name: "Datasets", dependencies: ["DocProfiles", "PageImaging", "Boundary"]),
    .target(
      name: "DocProfiles", dependencies: ["Boundary", .product(name: "Yams", package: "Yams")]),

    // MARK: Pixels
    .target(name: "PageImaging", dependencies: ["Boundary", "CPNG"]),
    .target(name: "Drawing", dependencies: ["PageImaging", "Boundary", "CPango"]),

    // MARK: Arithmetic in C
    .target(
      name: "CKernels",
      // Kernels at -O0 are fifteen times slower: a debug build would be of no use.
      cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),

    // MARK: What crosses into and out of medbench
    .target(name: "Boundary", dependencies: ["COpenSSL"]),

    // MARK: System libraries, each behind one Swift target
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // MARK: Tests mirror Sources
    .target(name: "SchemaChecking", path: "Tests/SchemaChecking"),
    .testTarget(name: "CKernelsTests", dependencies: ["CKernels"]),
    .testTarget(name: "BoundaryTests", dependencies: ["Boundary"]),
    .testTarget(name: "DocProfilesTests", dependencies: ["DocProfiles", "Boundary"]),
    .testTarget(
      name: "PageImagingTests", dependencies: ["PageImaging", "Boundary"],
      resources: [.copy("Golden")]),
    .testTarget(name: "DrawingTests", dependencies: ["Drawing", "PageImaging"]),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "DocProfiles", "PageImaging", "Boundary"]),
    .testTarget(
      name: "SynthesisTests",
      dependencies: ["Synthesis", "Datasets", "DocProfiles", "Drawing", "PageImaging"]),
    .testTarget(
      name: "PlantingTests", dependencies: ["Planting", "Datasets", "DocProfiles", "PageImaging"]),
    .testTarget(
      name: "ScoringTests", dependencies: ["Scoring", "DocProfiles", "Boundary"],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "OCRInferenceTests", dependencies: ["OCRInference", "PageImaging", "Boundary"],
      resources: [.copy("Golden")]),
    .testTarget(name: "ChartsTests", dependencies: ["Charts", "Drawing", "PageImaging"]),
    .testTarget(
      name: "BenchmarkingTests",
      dependencies: [
        "Benchmarking", "Charts", "OCRInference", "DocProfiles", "PageImaging", "SchemaChecking",
      ]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Pipeline", "Planting", "Scoring", "OCRInference", "Datasets", "DocProfiles",
        "PageImaging", "Boundary",
      ]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Reporting", "Pipeline", "Scoring", "Datasets", "OCRInference", "DocProfiles",
        "SchemaChecking",
      ],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "HistoryTests",
      dependencies: [
        "History", "Pipeline", "Scoring", "OCRInference", "DocProfiles",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Reporting", "History", "Pipeline", "Scoring", "OCRInference", "DocProfiles", "PageImaging",
        "medbench",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
