// swift-tools-version: 6.2
import PackageDescription

/// Every module is held to the same rules: Swift 6 mode (the tools version's default), no warning left standing, and
/// an import that says how far it reaches.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// The four rooms of a service, less its executable: `Rules` decides, `Service` maps and stores, and may have edges of its
/// own, and pages beside it.
func rooms(_ name: String, edges: [Target.Dependency] = [], pages: [String] = []) -> [Target] {
  [
    .target(name: "\(name)Rules", dependencies: ["Policy"], path: "Services/\(name)/Rules", swiftSettings: strict),
    .target(
      name: "\(name)Service",
      dependencies: [
        "Policy", "Wire", "ServiceKit", .target(name: "\(name)Rules"), logging,
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ] + edges,
      path: "Services/\(name)",
      exclude: ["Rules", "Main"] + pages,
      sources: ["Service"],
      resources: [.embedInCode("Migrations")],
      swiftSettings: strict),
    .executableTarget(
      name: "\(name)Main",
      dependencies: ["ServiceKit", .target(name: "\(name)Service")],
      path: "Services/\(name)/Main",
      swiftSettings: strict),
    .testTarget(
      name: "\(name)RulesTests", dependencies: ["Policy", .target(name: "\(name)Rules")],
      path: "Tests/\(name)RulesTests",
      swiftSettings: strict),
  ]
}

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
  name: "callout",
  products: [
    .executable(name: "intake", targets: ["IntakeMain"]),
    .executable(name: "ledger", targets: ["LedgerMain"]),
    .executable(name: "notifier", targets: ["NotifierMain"]),
    .executable(name: "callout", targets: ["CalloutMain"]),
    .library(name: "CalloutClient", targets: ["CalloutClient", "Policy", "Wire"]),
    .library(name: "CalloutTransport", targets: ["Transport", "Wire"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "Policy",
      dependencies: [.product(name: "Yams", package: "Yams"), .product(name: "Crypto", package: "swift-crypto")],
      path: "Shared/Policy", swiftSettings: strict),
    .target(name: "InternetMail", path: "Shared/Mail", exclude: ["MAIL.md"], swiftSettings: strict),
    .target(
      name: "Wire", dependencies: [nioCore, protobuf], path: "Shared/Wire",
      exclude: ["PROTOCOL.md", "Schema", "Vectors"], swiftSettings: strict),
    .target(
      name: "Transport",
      dependencies: [
        "Wire", logging, nioCore, nioPosix, nioTLS, nioSSL, x509, asn1,
        .product(name: "DequeModule", package: "swift-collections"),
      ],
      path: "Shared/Transport", swiftSettings: strict),
    .target(
      name: "Courier",
      dependencies: [
        nioCore, nioPosix, nioTLS, nioSSL, nioHTTP, .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Shared/Courier", swiftSettings: strict),
    .systemLibrary(
      name: "CLibpq", path: "Shared/CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev", "libssl-dev"])]),
    .target(name: "Postgres", dependencies: ["CLibpq"], path: "Shared/Postgres", swiftSettings: strict),
    .target(
      name: "ServiceKit",
      dependencies: [
        "Policy", "Wire", "Transport", "Postgres", logging, lifecycle, unixSignals, nioCore, nioPosix, nioSSL, protobuf,
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Metrics", package: "swift-metrics"),
      ],
      path: "Shared/ServiceKit", exclude: ["SETTINGS.md"], resources: [.embedInCode("Migrations")],
      swiftSettings: strict),
    .target(
      name: "CalloutClient",
      dependencies: ["Policy", "Wire", "Transport", logging, nioCore, nioPosix, nioSSL, protobuf],
      path: "Shared/Client", swiftSettings: strict),
    .target(
      name: "CalloutCommand",
      dependencies: [
        "CalloutClient", "Policy", "Wire", protobuf,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ],
      path: "Shared/CLI", exclude: ["Main", "SCENARIOS.md"], swiftSettings: strict),
    .executableTarget(
      name: "CalloutMain", dependencies: ["CalloutCommand"], path: "Shared/CLI/Main", swiftSettings: strict),

    .testTarget(name: "PolicyTests", dependencies: ["Policy"], path: "Tests/PolicyTests", swiftSettings: strict),
    .testTarget(
      name: "InternetMailTests", dependencies: ["InternetMail"], path: "Tests/InternetMailTests", exclude: ["Corpus"],
      swiftSettings: strict),
    .testTarget(
      name: "WireTests", dependencies: ["Wire", nioCore, protobuf], path: "Tests/WireTests", swiftSettings: strict),
    .testTarget(
      name: "TransportTests",
      dependencies: [
        "Transport", "Wire", logging, nioCore, nioPosix, nioTLS, nioSSL, x509, asn1,
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      path: "Tests/TransportTests", swiftSettings: strict),
    // For tests alone: mail servers and a webhook receiver as a process of its own.
    .target(name: "Peers", path: "Tests/Peers", swiftSettings: strict),
    .testTarget(
      name: "CourierTests",
      dependencies: [
        "Courier", "Peers", nioCore, nioTLS, nioHTTP, .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      path: "Tests/CourierTests", swiftSettings: strict),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres"], path: "Tests/PostgresTests", swiftSettings: strict),
    // For tests alone: it counts every allocation of the program that links it.
    .target(name: "CAllocations", path: "Tests/Counting/CAllocations"),
    .target(
      name: "Counting", dependencies: ["CAllocations", "Postgres"], path: "Tests/Counting/Counting",
      swiftSettings: strict),
    .testTarget(
      name: "ServiceKitTests",
      dependencies: ["ServiceKit", "Counting", "Policy", "Postgres", "Wire", "Transport", nioCore, logging, protobuf],
      path: "Tests/ServiceKitTests", swiftSettings: strict),
    .testTarget(
      name: "CalloutCommandTests",
      dependencies: ["CalloutCommand", "CalloutClient", "Policy", "Wire", "Transport", nioCore, protobuf],
      path: "Tests/CalloutCommandTests", swiftSettings: strict),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "ServiceKit", "Counting", "Peers", "Courier", "Policy", "Postgres", "Wire", "Transport", "IntakeService",
        "IntakeRules",
        "LedgerService",
        "LedgerRules", "NotifierService", "NotifierRules", logging, nioCore, protobuf,
      ],
      path: "Tests/IntegrationTests", swiftSettings: strict),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "ServiceKit", "CalloutClient", "Policy", "Postgres", "Wire", "Transport", "IntakeService", "IntakeRules",
        "LedgerService", "LedgerRules", "NotifierService", "NotifierRules", logging, nioCore, nioTLS, protobuf,
      ],
      path: "Tests/Simulation", exclude: ["README.md"], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "CalloutClient", "Peers", "Policy", "Wire", "Transport", "Postgres", nioCore, nioPosix, nioSSL, x509, asn1,
        protobuf,
      ],
      path: "Tests/EndToEndTests", swiftSettings: strict),
  ] + rooms("Intake", edges: ["InternetMail", nioCore, nioPosix]) + rooms("Ledger")
    + rooms("Notifier", edges: ["Courier"], pages: ["GATEWAY.md"])
)
