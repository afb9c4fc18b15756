import CoreMetrics
import Foundation
import Logging
import NIOCore
import NIOPosix
import Policy
import Wire
import Postgres
import ServiceLifecycle
import Synchronization
import Transport
import UnixSignals

/// What the executable of a service runs.
public enum ServiceMain<Definition: ServiceDefinition> {
  /// Does what the command line asks (`serve`, `migrate`, `--check-config`, `--version`, `--help`) and exits: 0 if it was
  /// done, 1 if not, 2 if the command line or the settings are wrong.
  public static func run() async {
    do {
      try await run(CommandLineOptions(Array(CommandLine.arguments.dropFirst())))
      exit(0)
    } catch let error as UsageError {
      say("\(Definition.name.rawValue): \(error.text)\n\(usage)")
      exit(2)
    } catch let error as SettingsError {
      for problem in error.problems { say("\(Definition.name.rawValue): \(problem)") }
      exit(2)
    } catch {
      say("\(Definition.name.rawValue): \(error)")
      exit(1)
    }
  }

  private static func run(_ options: CommandLineOptions) async throws {
    switch options.action {
    case .help: print(usage)
    case .version: print("\(Definition.name.rawValue) \(softwareVersion)")
    case .checkConfig:
      _ = try await settings(options)
      print("the settings are good")
    case .migrate:
      let settings = try await settings(options)
      let applied = try await migrate(settings.database)
      print(applied.isEmpty ? "the database is up to date" : "applied \(applied.joined(separator: ", "))")
    case .serve: try await serve(try await settings(options))
    }
  }

  private static func settings(_ options: CommandLineOptions) async throws -> ServiceSettings {
    let reader = try await SettingsReader(file: options.config, environment: ProcessInfo.processInfo.environment)
    let settings = ServiceSettings(reader, service: Definition.name, extra: Definition.settings)
    for problem in Definition.problems({ name in settings.extra[name].flatMap { $0.isEmpty ? nil : $0 } }) {
      reader.problem(problem)
    }
    do throws(PostgresError) {
      try settings.database.configuration("check").validate()
    } catch {
      reader.problem("database.conninfo: \(error)")
    }
    try reader.finish()
    return settings
  }

  private static func migrate(_ database: ServiceSettings.Database) async throws -> [String] {
    let migrations = try ServiceMigrations(of: Definition.self, serviceRole: database.serviceRole)
    let executor = ThreadExecutor(name: "migrate")
    defer { executor.shutdown() }
    let schema = SchemaSession(on: executor, configuration: database.ownerConfiguration, seed: 1)
    let applied = try await schema.withConnection { connection in
      try migrations.apply(on: connection, deadline: .now + .seconds(600))
    }
    await schema.close()
    return applied
  }

  // MARK: Serving

  private static func serve(_ settings: ServiceSettings) async throws {
    let (level, form) = (settings.logLevel, settings.logForm)
    LoggingSystem.bootstrap { label in LineLogHandler(label: label, level: level, form: form) }
    let metrics = PrometheusMetrics()
    MetricsSystem.bootstrap(metrics)
    let logger = Logger(label: Definition.name.rawValue)
    if settings.database.migrateAtStart {
      let applied = try await migrate(settings.database)
      if !applied.isEmpty { logger.info("migrated", metadata: ["applied": "\(applied.joined(separator: ", "))"]) }
    }
    let tls = try TLSMaterial(files: settings.tls, domain: settings.domain, logger: logger)
    guard tls.identity == .service(name: Definition.name.rawValue) else {
      throw SettingsError(problems: [
        "tls.certificate: its identity is \(tls.identity.uri(in: settings.domain)); it must be "
          + PeerIdentity.service(name: Definition.name.rawValue).uri(in: settings.domain)
      ])
    }
    let group = MultiThreadedEventLoopGroup.singleton
    let peers = settings.peers.mapValuesWithKeys { name, addresses in
      WirePeer(name, addresses: addresses, tls: tls, group: group, logger: logger) as any EventPeer
    }
    let edges = ServiceEdges.real(settings.database, service: Definition.name)
    let engine = ServiceEngine<Definition>(
      settings: settings, peers: peers, edges: edges,
      status: .init(version: softwareVersion, startedAt: edges.clock.now), logger: logger)
    let server = try TransportServer(
      configuration: settings.server, tls: tls, receiver: engine.gateway, logger: logger)
    let migrations = try ServiceMigrations(of: Definition.self, serviceRole: settings.database.serviceRole)
    let schemaThread = ThreadExecutor(name: "schema")
    let schema = SchemaSession(
      on: schemaThread, configuration: settings.database.configuration("callout \(Definition.name.rawValue) schema"),
      seed: edges.seed())
    let state = Readiness(schema: schema, migrations: migrations)
    let ops = OpsPort(
      host: settings.opsHost, port: settings.opsPort, unreadiness: { await state.reason() },
      metrics: {
        measure(engine, server)
        return metrics.text
      }, logger: logger)
    // The last of the list is shut down first.
    let services: [any Service] = [
      Stage("database") {
        try await gracefulShutdown()
      } finally: {
        await engine.close()
        await schema.close()
        schemaThread.shutdown()
      },
      Stage("ops") {
        try await ops.run()
      } finally: {
      },
      Stage("background") {
        await cancelWhenGracefulShutdown { await engine.runBackground() }
      } finally: {
      },
      Stage("lanes") {
        try await gracefulShutdown()
      } finally: {
        await engine.finish()
      },
      Stage("beside requests") {
        try await runBeside(engine)
      } finally: {
      },
      Stage("certificates") {
        await reloadCertificates(tls)
      } finally: {
      },
      Stage("wire") {
        try await serveWire(server, settings, logger) {
          state.drain()
          engine.gateway.drain()
        }
      } finally: {
      },
    ]
    let serviceGroup = ServiceGroup(
      services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    try await serviceGroup.run()
    logger.info("stopped")
  }

  /// A definition may have nothing to do beside the requests: then this only waits.
  private static func runBeside(_ engine: ServiceEngine<Definition>) async throws {
    await cancelWhenGracefulShutdown { await engine.runDefinition() }
    try? await gracefulShutdown()
  }

  private static func serveWire(
    _ server: TransportServer, _ settings: ServiceSettings, _ logger: Logger, draining: @escaping @Sendable () -> Void
  ) async throws {
    let port = try await server.start()
    logger.info("serving", metadata: ["address": "\(settings.server.host):\(port)", "version": "\(softwareVersion)"])
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await server.run() }
      tasks.addTask {
        try? await gracefulShutdown()
        draining()
        logger.info("draining")
        await server.drain(within: settings.drainTimeout)
      }
      try await tasks.next()
      tasks.cancelAll()
    }
  }

  /// SIGHUP reads the certificates anew; changed files are noticed without it too.
  private static func reloadCertificates(_ tls: TLSMaterial) async {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
          for await _ in await UnixSignalsSequence(trapping: .sighup) { tls.reload() }
        }
        tasks.addTask {
          while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(30))
            if !Task.isCancelled { tls.reloadIfChanged() }
          }
        }
        await tasks.waitForAll()
      }
    }
  }

  private static func measure(_ engine: ServiceEngine<Definition>, _ server: TransportServer) {
    let (commands, reads) = engine.queued
    let counts = server.counts
    Gauge(label: "callout_commands_queued").record(commands)
    Gauge(label: "callout_reads_queued").record(reads)
    Gauge(label: "callout_events_waiting").record(engine.relay.waiting)
    Gauge(label: "callout_connections_open").record(counts.open)
    Gauge(label: "callout_connections_accepted").record(Int64(clamping: counts.accepted))
    Gauge(label: "callout_connections_rejected").record(Int64(clamping: counts.rejected))
    Gauge(label: "callout_connections_over_cap").record(Int64(clamping: counts.overCap))
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  private static var usage: String {
    """
    usage: \(Definition.name.rawValue) [serve|migrate] [--config FILE] [--check-config] [--version] [--help]

      serve           runs the service until SIGTERM or SIGINT; the default
      migrate         brings the database's schema to what this program needs, as its owner
      --config FILE   settings in YAML; environment variables CALLOUT_… win over it
      --check-config  says everything that is wrong with the settings, and exits
      --version       prints the version
      --help          prints this
    """
  }
}

/// The version of the software.
let softwareVersion = "0.1.0"

extension Dictionary {
  /// The same keys with other values.
  fileprivate func mapValuesWithKeys<Other>(_ transform: (Key, Value) -> Other) -> [Key: Other] {
    Dictionary<Key, Other>(uniqueKeysWithValues: map { ($0.key, transform($0.key, $0.value)) })
  }
}

/// One part of a service that is run, and ended in its turn.
private struct Stage: Service, CustomStringConvertible {
  let description: String
  private let body: @Sendable () async throws -> Void
  private let end: @Sendable () async -> Void

  init(
    _ name: String, _ body: @escaping @Sendable () async throws -> Void,
    finally end: @escaping @Sendable () async -> Void
  ) {
    self.description = name
    self.body = body
    self.end = end
  }

  func run() async throws {
    do {
      try await body()
    } catch {
      await end()
      throw error
    }
    await end()
  }
}

/// Whether the service can do its work.
final class Readiness: Sendable {
  private let schema: SchemaSession
  private let migrations: ServiceMigrations
  private let isDraining = Atomic<Bool>(false)

  init(schema: SchemaSession, migrations: ServiceMigrations) {
    self.schema = schema
    self.migrations = migrations
  }

  /// From now on not ready.
  func drain() {
    isDraining.store(true, ordering: .relaxed)
  }

  /// Why not; nil if it can.
  func reason() async -> String? {
    if isDraining.load(ordering: .relaxed) { return "draining" }
    let migrations = migrations
    do {
      let pending = try await schema.withConnection { connection in
        try migrations.migrator.pending(on: connection, deadline: .now + .seconds(5)).map(\.name)
      }
      return pending.isEmpty ? nil : "the database lacks migrations: \(pending.joined(separator: ", "))"
    } catch {
      return "\(error)"
    }
  }
}

/// What the command line asks for.
struct CommandLineOptions: Equatable {
  enum Action: Equatable {
    case serve, migrate, checkConfig, version, help
  }

  var action = Action.serve
  var config: String?

  init(_ arguments: [String]) throws(UsageError) {
    var command: Action?
    var flag: Action?
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "serve" where command == nil: command = .serve
      case "migrate" where command == nil: command = .migrate
      case "--check-config": flag = .checkConfig
      case "--version": flag = .version
      case "--help", "-h": flag = .help
      case "--config":
        guard let path = rest.popFirst() else { throw UsageError(text: "--config needs a file") }
        config = path
      case _ where argument.hasPrefix("--config="): config = String(argument.dropFirst("--config=".count))
      default: throw UsageError(text: "\(argument) is not understood")
      }
    }
    action = flag ?? command ?? .serve
  }
}

/// A command line that is not understood.
struct UsageError: Error, Equatable {
  let text: String
}
