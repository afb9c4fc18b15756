public import ArgumentParser
import CalloutClient
import Policy
public import Wire

/// How results are written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case table
  /// For programs.
  case json
}

/// What every command that asks a service takes.
struct CommonOptions: ParsableArguments {
  @Option(name: .customLong("context"), help: "Who and where: a name of `callout context list`.")
  var context: String?
  @Option(name: [.customShort("o"), .customLong("output")], help: "table or json.")
  var output: OutputFormat = .table
  @Option(
    name: .customLong("key"),
    help: "Idempotency key of a write, 8 to 64 bytes: the same command with the same key has one effect.")
  var key: String?
  @Option(name: .customLong("timeout"), help: "Seconds to wait in all, 1 to 300.")
  var timeout: Int = 5
  @Option(name: .customLong("tenant"), help: ArgumentHelp("The tenant, for the operator.", valueName: "id"))
  var tenant: String?
  @Option(
    name: .customLong("zone"),
    help: "IANA zone whose civil time is shown and may be written; without it times are in UTC.")
  var zone: String?

  func validate() throws {
    guard (1...300).contains(timeout) else { throw ValidationError("--timeout is 1 to 300 seconds.") }
    if let key, !(8...64).contains(key.utf8.count) { throw ValidationError("--key has 8 to 64 bytes.") }
    if let tenant, TenantID(tenant) == nil { throw ValidationError("--tenant is a UUID in lower case.") }
  }

  /// The context that these options choose.
  func chosenContext() throws -> NamedContext {
    try ContextsFile.load().chosen(context ?? Surface.current.environment["CALLOUT_CONTEXT"])
  }

  /// A client for the context that these options choose.
  func makeClient() throws -> CalloutClient {
    try Surface.current.makeClient(try chosenContext().configuration())
  }

  /// What a call asks for beyond its request.
  func callOptions() -> CallOptions {
    CallOptions(
      deadline: .seconds(timeout), idempotencyKey: key.map { Array($0.utf8) }, tenant: tenant.flatMap { TenantID($0) })
  }

  /// How times are read and shown.
  func coding() throws -> MessageCoding { try CivilReading(zone: zone.map { try ZoneFiles.load($0) }).coding }

  func printer() throws -> Printer {
    Printer(format: output, times: CivilReading(zone: try zone.map { try ZoneFiles.load($0) }))
  }
}

/// Which service a method that all three offer is asked of.
struct ServiceChoice: ParsableArguments {
  @Option(name: .customLong("service"), help: "intake, ledger or notifier.")
  var service: ServiceName?
}

extension ServiceName: ExpressibleByArgument {}
