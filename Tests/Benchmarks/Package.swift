// swift-tools-version: 6.2
import PackageDescription

/// The benchmarks are a package of their own, so that what stands beside the product weighs nothing on it.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "callout-benchmarks",
  products: [.executable(name: "callout-bench", targets: ["CalloutBench"])],
  dependencies: [
    .package(name: "callout", path: "../.."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibpqPeer", path: "CLibpqPeer", pkgConfig: "libpq", providers: [.apt(["libpq-dev", "libssl-dev"])]),
    .executableTarget(
      name: "CalloutBench",
      dependencies: [
        "CLibpqPeer",
        .product(name: "CalloutClient", package: "callout"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      path: "Program", swiftSettings: strict),
  ]
)
