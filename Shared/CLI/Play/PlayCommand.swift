import ArgumentParser
import CalloutClient
import Policy
import Wire

/// `callout play`
struct PlayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play", abstract: "Plays a scenario against a test tenant.",
    discussion: """
      A scenario is a file of timed operations with expectations; its format is described in Shared/CLI/SCENARIOS.md. It \
      stops at the first expectation that does not hold, with exit code 6. A run that was cut off can be repeated: what was \
      done stays done once. The context of --context moves the clock; each step is made by its own identity.
      """)

  /// The context that creates the tenant where the services do not know it.
  private static let operatorContext = "operator"

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("The scenario, YAML.", valueName: "file"))
  var file: String
  @Option(name: .customLong("patience"), help: "Seconds to wait for a service that is away, 1 to 300.")
  var patience: Int = 60
  @Flag(name: .customLong("check"), help: "Only read the file and say what is wrong with it.")
  var checkOnly = false

  func validate() throws {
    guard (1...300).contains(patience) else { throw ValidationError("--patience is 1 to 300 seconds.") }
  }

  func run() async throws {
    let scenario = try Scenario(yaml: try Surface.current.readText(file), path: file)
    if checkOnly {
      Surface.current.err("\(file): \(scenario.steps.count) steps\n")
      return
    }
    let contexts = try ContextsFile.load()
    let chosen = try common.chosenContext()
    guard let tenant = (common.tenant ?? chosen.tenant).flatMap({ TenantID($0) }) else {
      throw CommandFailure(.usage, "Which tenant? Give --tenant, or a context that has one.")
    }
    let clients = PlayClients(contexts: contexts, tenant: tenant)
    do {
      try await play(scenario, tenant: tenant, clock: chosen.name, clients: clients)
    } catch {
      await clients.close()
      throw error
    }
    await clients.close()
  }

  private func play(_ scenario: Scenario, tenant: TenantID, clock: String, clients: PlayClients) async throws {
    let patience = Duration.seconds(patience)
    let clockClient = try clients.client(clock)
    let options = CallOptions(deadline: patience, tenant: tenant)
    do {
      _ = try await clockClient.intake.tenantGet(TenantGetRequest(), options: options)
    } catch {
      let isUnknown = error.refusal?.code == .tenantUnknown || error.refusal?.code == .notFound
      guard isUnknown, clients.has(Self.operatorContext) else { throw error }
      try await clients.client(Self.operatorContext).createTenant(
        name: scenario.title, id: tenant, testClock: scenario.start, options: options)
      Surface.current.err("the tenant \(tenant) is created\n")
    }
    var player = Player(
      scenario: scenario, path: file, tenant: tenant, patience: patience, clockClient: clockClient,
      client: { try clients.client($0) }, progress: Progress(surface: Surface.current))
    try await player.play()
  }
}

/// The clients of a run, one a context.
final class PlayClients {
  private let contexts: ContextsFile
  private let tenant: TenantID
  private var clients: [String: CalloutClient] = [:]

  init(contexts: ContextsFile, tenant: TenantID) {
    self.contexts = contexts
    self.tenant = tenant
  }

  func has(_ name: String) -> Bool { contexts.contexts.contains { $0.name == name } }

  func client(_ name: String) throws -> CalloutClient {
    if let client = clients[name] { return client }
    var configuration = try contexts.chosen(name).configuration()
    configuration.tenant = tenant
    configuration.name = "callout-play"
    // A service that is away is waited for: the deadline of each call bounds it, not the number of attempts.
    configuration.retry = RetryPolicy(attemptCountMax: 10_000, longestPause: .milliseconds(500))
    let client = try Surface.current.makeClient(configuration)
    clients[name] = client
    return client
  }

  func close() async {
    for client in clients.values { await client.close() }
  }
}
