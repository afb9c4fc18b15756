import BenchmarkReport
import CalloutClient
import Foundation
import Logging
import NIOPosix
import Transport
import Wire

/// What the services weigh: memory, programs, start-up, and what a request costs.
enum WeightBenchmark: Benchmark {
  static let name = "weight"
  static let title = "memory at rest, by connection and by request; allocations; programs; start-up"

  static func run(_ bench: Bench) async throws -> Report {
    let population = try await bench.population()
    var report = Report(benchmark: name, title: title)
    try await addRest(to: &report, bench)
    try await addConnections(to: &report, bench)
    let requests = [
      Request(
        name: "charge.post", inFlight: bench.settings.pick(quick: 16, whole: 256),
        run: { line, turn in
          try await ChargesBenchmark.post(population, Load.scatter(line, turn, below: population.customers))
        }),
      Request(name: "balance.get", inFlight: bench.settings.pick(quick: 16, whole: 256)) { line, turn in
        try await ReadsBenchmark.balance(population, Load.scatter(line, turn, below: population.customers))
      },
    ]
    try await addInFlight(to: &report, bench, population)
    report.figures = try await bench.rounds(requests.map { $0.contestant })
    try await addAllocations(of: requests, to: &report, bench)
    try await addStarts(to: &report, bench)
    try addPrograms(to: &report, bench)
    return report
  }

  private struct Request: Sendable {
    let name: String
    let inFlight: Int
    let run: @Sendable (_ line: Int, _ turn: Int) async throws -> Int

    var contestant: Contestant {
      Contestant(name: "\(name), \(inFlight) in flight") { time in
        try await Load.closed(inFlight: inFlight, for: time, run)
      }
    }
  }

  private static func memory(_ service: ServiceName, _ installation: Installation) throws -> ProcessMemory {
    guard let pid = installation.pid(service) else { throw BenchError.process("\(service.rawValue) does not run") }
    return try ProcessMemory(of: pid)
  }

  private static func addRest(to report: inout Report, _ bench: Bench) async throws {
    try bench.installation.restart()
    try await Task.sleep(for: .seconds(bench.settings.pick(quick: 1, whole: 5)))
    for service in ServiceName.allCases {
      let memory = try memory(service, bench.installation)
      report.values += [
        Value("\(service.rawValue) at rest", memory.resident / 1024, "MiB"),
        Value("\(service.rawValue) at rest, its own pages", memory.anonymous / 1024, "MiB"),
      ]
      report.targets.append(Target("\(service.rawValue) at rest", memory.resident / 1024, .atMost, 64, "MiB"))
    }
  }

  /// Opens connections to the ledger that do nothing.
  private static func addConnections(to report: inout Report, _ bench: Bench) async throws {
    let installation = bench.installation
    let count = bench.settings.pick(quick: 100, whole: 1000)
    try installation.restart([.ledger], environment: ["CALLOUT_LISTEN_CONNECTIONS_PER_ADDRESS_MAX": "4096"])
    let identity = try Issuer(folder: "\(installation.folder)/certs").identity(of: Population.tenant(1), role: "desk")
    let material = try CalloutEcho.material(identity)
    func connect(_ count: Int) async throws -> [ClientConnection] {
      var connections: [ClientConnection] = []
      var configuration = ClientConfiguration(name: "callout-bench")
      // Of the client nothing is heard while it is idle, so that nothing but the connection weighs.
      configuration.idleTimeout = .seconds(600)
      for _ in 0..<count {
        connections.append(
          try await ClientConnection.connect(
            host: "127.0.0.1", port: installation.port(.ledger), tls: material, expecting: "ledger",
            configuration: configuration, on: .singletonMultiThreadedEventLoopGroup, logger: CalloutEcho.logger))
      }
      return connections
    }
    // The first ones bring about what a service needs once.
    let first = try await connect(10)
    let before = try memory(.ledger, installation).resident
    let connections = try await connect(count)
    try await Task.sleep(for: .seconds(1))
    let each = (try memory(.ledger, installation).resident - before) / Double(count)
    report.values.append(Value("an idle TLS connection, of \(count)", each, "KiB"))
    report.targets.append(Target("an idle TLS connection", each, .atMost, 64, "KiB"))
    for connection in first + connections { await connection.close() }
  }

  /// How much more memory the ledger takes at most with many charges in flight than with few, on the same wallets.
  private static func addInFlight(to report: inout Report, _ bench: Bench, _ population: Population) async throws {
    let installation = bench.installation
    try installation.restart([.ledger])
    guard let pid = installation.pid(.ledger) else { throw BenchError.process("the ledger does not run") }
    func peak(_ inFlight: Int) async throws -> Double {
      try ProcessMemory.forgetPeak(of: pid)
      _ = try await Load.closed(inFlight: inFlight, for: bench.settings.time) { line, turn in
        let tenant = Load.scatter(line, turn, below: population.tenants)
        return try await ChargesBenchmark.post(population, tenant * population.customersOfTenant)
      }
      return try ProcessMemory(of: pid).peak
    }
    let few = 16
    let many = bench.settings.pick(quick: 256, whole: 4096)
    _ = try await peak(few)
    let (low, high) = (try await peak(few), try await peak(many))
    report.values.append(
      Value("a charge in flight, of \(many) over \(few)", max(0, high - low) / Double(many - few), "KiB"))
  }

  /// Counts what the ledger allocates for requests. Counting slows it, so that these runs tell nothing else.
  private static func addAllocations(of requests: [Request], to report: inout Report, _ bench: Bench) async throws {
    let installation = bench.installation
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let library = URL(fileURLWithPath: program).deletingLastPathComponent().appending(path: "libAllocationCount.so")
      .path
    let file = "\(installation.folder)/allocations"
    try? FileManager.default.removeItem(atPath: file)
    try installation.restart([.ledger], environment: ["LD_PRELOAD": library, "ALLOCATION_COUNT_FILE": file])
    func counted() throws -> (blocks: Double, bytes: Double) {
      let data = try Data(contentsOf: URL(fileURLWithPath: file))
      guard data.count == 16 else { throw BenchError.process("\(file) has \(data.count) bytes") }
      func number(at offset: Int) -> Double {
        Double(data.dropFirst(offset).prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
      }
      return (number(at: 0), number(at: 8))
    }
    for request in requests {
      _ = try await request.contestant.run(bench.settings.warmUp)
      let before = try counted()
      let run = try await request.contestant.run(bench.settings.time)
      let after = try counted()
      guard after.blocks > before.blocks else { throw BenchError.process("nothing counted what the ledger allocates") }
      let count = Double(max(run.operations, 1))
      report.values += [
        Value("allocations, \(request.name)", (after.blocks - before.blocks) / count, ""),
        Value("allocated, \(request.name)", (after.bytes - before.bytes) / count, "bytes"),
      ]
    }
    try installation.restart([.ledger])
  }

  /// From the process's begin until it says that it is ready, with a database that needs no migration.
  private static func addStarts(to report: inout Report, _ bench: Bench) async throws {
    let installation = bench.installation
    for service in ServiceName.allCases {
      try installation.stop([service])
      var times: [Double] = []
      for _ in 0..<bench.settings.pick(quick: 1, whole: 5) {
        let start = ContinuousClock.now
        let process = try installation.spawn(
          "\(installation.binaries)/\(service.rawValue)",
          ["serve", "--config", "\(installation.folder)/etc/\(service.rawValue).yaml"], input: FileHandle.nullDevice,
          output: FileHandle.nullDevice, error: FileHandle.nullDevice)
        while !OpsProbe.isReady(port: installation.opsPort(service)) {
          guard start.secondsSince < 60, process.isRunning else {
            throw BenchError.late("\(service.rawValue) is not ready")
          }
          usleep(1000)
        }
        times.append(start.secondsSince * 1000)
        process.terminate()
        process.waitUntilExit()
      }
      try installation.start([service])
      report.values.append(Value("\(service.rawValue) until ready", times.sorted().percentile(0.5) ?? .nan, "ms"))
    }
  }

  private static func addPrograms(to report: inout Report, _ bench: Bench) throws {
    let installation = bench.installation
    func size(_ path: String) throws -> Double {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      return ((attributes[.size] as? NSNumber)?.doubleValue ?? 0) / 1_048_576
    }
    for service in ServiceName.allCases {
      let program = "\(installation.binaries)/\(service.rawValue)"
      let stripped = "\(installation.folder)/stripped"
      try installation.run("/usr/bin/env", ["strip", "-o", stripped, program])
      report.values += [
        Value("\(service.rawValue), the program", try size(program), "MiB"),
        Value("\(service.rawValue), stripped", try size(stripped), "MiB"),
      ]
      try FileManager.default.removeItem(atPath: stripped)
    }
  }
}
