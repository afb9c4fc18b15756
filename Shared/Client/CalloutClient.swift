public import Logging
internal import NIOCore
internal import NIOPosix
public import Policy
internal import Transport
public import Wire

/// A client of the three services.
///
/// ```swift
/// let client = try CalloutClient(configuration: configuration)
/// var request = TicketGetRequest()
/// request.number = 17
/// let ticket = try await client.intake.ticketGet(request).ticket
/// print(ticket.subject)
/// await client.close()
/// ```
///
/// Make one for a process and share it: it keeps a few connections to each service, connects when first needed, and again
/// when one breaks. All of it is safe to use from many tasks. Close it when done.
public final class CalloutClient: Sendable {
  /// Accounts, contacts, assets and tickets.
  public let intake: IntakeClient
  /// Agreements, credits, charges and statements.
  public let ledger: LedgerClient
  /// Clocks, rotas, escalations and deliveries.
  public let notifier: NotifierClient
  /// The configuration's tenant.
  public let tenant: TenantID?
  let keys: KeySource
  let surroundings: Surroundings

  /// All three.
  public var services: [any ServiceClient] { [intake, ledger, notifier] }

  /// A client.
  ///
  /// - Throws: ``CalloutError/configuration(_:)`` if a PEM file cannot be used. Nothing is connected yet.
  public convenience init(configuration: CalloutConfiguration, logger: Logger? = nil) throws(CalloutError) {
    let logger = logger ?? Logger(label: "callout.client") { _ in SwiftLogNoOpLogHandler() }
    let files = TLSFiles(
      certificateChain: configuration.certificate, privateKey: configuration.key, trustRoots: configuration.trust)
    let material: TLSMaterial
    do {
      material = try TLSMaterial(files: files, domain: configuration.domain, logger: logger)
    } catch {
      throw .configuration("\(error)")
    }
    var connection = ClientConfiguration(name: configuration.name)
    connection.callTimeout = .seconds(30)
    self.init(
      configuration: configuration,
      connectors: { service in
        TLSConnector(
          service: service, material: material, configuration: connection, group: .singletonMultiThreadedEventLoopGroup,
          logger: logger)
      })
  }

  init(
    configuration: CalloutConfiguration, connectors: (ServiceName) -> any ServiceConnector,
    surroundings: Surroundings = .real
  ) {
    let keys = KeySource(surroundings)
    func caller(_ service: ServiceName) -> ServiceCaller {
      let pool = ConnectionPool(
        addresses: configuration.addresses[service] ?? [], perAddress: configuration.connectionsPerAddress,
        connector: connectors(service), surroundings: surroundings)
      return ServiceCaller(
        service: service, pool: pool, tenant: configuration.tenant, retry: configuration.retry, keys: keys,
        surroundings: surroundings)
    }
    intake = IntakeClient(caller: caller(.intake))
    ledger = LedgerClient(caller: caller(.ledger))
    notifier = NotifierClient(caller: caller(.notifier))
    tenant = configuration.tenant
    self.keys = keys
    self.surroundings = surroundings
  }

  /// The client of one service.
  public func service(_ name: ServiceName) -> any ServiceClient {
    switch name {
    case .intake: intake
    case .ledger: ledger
    case .notifier: notifier
    }
  }

  /// Finishes what is under way and closes all connections.
  public func close() async {
    for service in services { await service.caller.pool.close() }
  }

  /// Does the same in all three services at once.
  ///
  /// - Returns: What each answered, in the order of ``services``.
  /// - Throws: The first service's error; the others may have answered.
  func everywhere<Reply: Sendable>(
    _ body: @escaping @Sendable (any ServiceClient) async throws(CalloutError) -> Reply
  ) async throws(CalloutError) -> [Reply] {
    let outcomes = await withTaskGroup(of: (Int, Result<Reply, CalloutError>).self) { group in
      for (index, service) in services.enumerated() {
        group.addTask {
          do throws(CalloutError) { return (index, .success(try await body(service))) } catch {
            return (index, .failure(error))
          }
        }
      }
      var found: [(Int, Result<Reply, CalloutError>)] = []
      for await outcome in group { found.append(outcome) }
      return found.sorted { $0.0 < $1.0 }
    }
    var replies: [Reply] = []
    for (_, outcome) in outcomes { replies.append(try outcome.get()) }
    return replies
  }
}
