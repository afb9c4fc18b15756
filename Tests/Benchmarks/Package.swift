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
  products: [
    .executable(name: "callout-bench", targets: ["CalloutBench"]),
    .library(name: "AllocationCount", type: .dynamic, targets: ["AllocationCount"]),
  ],
  dependencies: [
    .package(name: "callout", path: "../.."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.0"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.0"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibpqPeer", path: "CLibpqPeer", pkgConfig: "libpq", providers: [.apt(["libpq-dev", "libssl-dev"])]),
    .target(name: "AllocationCount", path: "AllocationCount"),
    .target(name: "BenchmarkReport", path: "Report", swiftSettings: strict),
    .executableTarget(
      name: "CalloutBench",
      dependencies: [
        "CLibpqPeer", "BenchmarkReport",
        .product(name: "CalloutClient", package: "callout"),
        .product(name: "CalloutTransport", package: "callout"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRPCCore", package: "grpc-swift-2"),
        .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
        .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      path: "Program", swiftSettings: strict),
    .testTarget(
      name: "BenchmarkReportTests", dependencies: ["BenchmarkReport"], path: "ReportTests", swiftSettings: strict),
  ]
)
