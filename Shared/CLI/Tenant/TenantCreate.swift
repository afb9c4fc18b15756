import ArgumentParser
import CalloutClient
import Policy
import Wire

/// `callout tenant create`
struct TenantCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Creates a tenant in all three services, and prints it with its id.",
    discussion: """
      The id stands in the names of the tenant's identities, so create the tenant first and issue certificates then. If it \
      fails midway, repeat it with the same --id. Callers: operator.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "Its name, 1 to 200 bytes.")
  var name: String
  @Flag(name: .customLong("test"), help: "A test tenant: its clock stands still and is moved by callout clock advance.")
  var test = false
  @Option(name: .customLong("at"), help: ArgumentHelp("A test tenant's first instant.", valueName: "time"))
  var at: String?
  @Option(
    name: .customLong("language"),
    help: "What customers are written to in where their account names no language, such as de-AT; without one, en.")
  var language = ""
  @Option(name: .customLong("id"), help: "Its id; without one, a new one.")
  var id: String?

  func validate() throws {
    if test != (at != nil) { throw ValidationError("--test and --at belong together.") }
    if let id, TenantID(id) == nil { throw ValidationError("--id is a UUID in lower case.") }
  }

  func run() async throws {
    let reading = CivilReading(zone: try common.zone.map { try ZoneFiles.load($0) })
    var clock: Instant?
    if let at {
      clock = reading.instant(at)
      guard clock != nil else {
        throw CommandFailure(.usage, "--at \(at) is no instant such as 2026-03-02T09:00:00+08:00.")
      }
    }
    let (options, first) = (common.callOptions(), clock)
    let given = (id ?? common.tenant).flatMap { TenantID($0) }
    let (name, language) = (name, language)
    let tenant = try await common.withClient { client throws(CalloutError) in
      try await client.createTenant(
        name: name, id: given, testClock: first, language: language, options: options)
    }
    try common.printer().print(
      object: .object([
        .init("id", .text(tenant.description)), .init("name", .text(name)), .init("test", .flag(test)),
        .init("clock", clock.map { .text(reading.text($0)) } ?? .null),
      ]))
  }
}

extension CommonOptions {
  /// Runs `body` with a client, and closes it.
  func withClient<Value: Sendable>(
    _ body: (CalloutClient) async throws(CalloutError) -> Value
  ) async throws -> Value {
    let client = try makeClient()
    let result: Result<Value, CalloutError>
    do throws(CalloutError) { result = .success(try await body(client)) } catch { result = .failure(error) }
    await client.close()
    return try result.get()
  }
}
