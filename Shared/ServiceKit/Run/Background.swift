public import Logging
public import Policy
public import SwiftProtobuf
public import Wire

/// What a service's work beside the requests may use, such as delivering messages. See
/// ``ServiceDefinition/background(_:)``.
public struct Background<State: ServiceState>: Sendable {
  /// The value of a setting of the service's own, by its key in the file (`maildir`); nil if it is not set.
  public let setting: @Sendable (_ key: String) -> String?
  /// The process's logger.
  public let logger: Logger
  /// All tenants that the service knows, in order.
  public let tenants: @Sendable () async throws -> [TenantID]
  /// Runs queries in one transaction that reaches these tenants, on a thread of their own. They may change what belongs to
  /// no rule, such as a lease. Each must filter by `tenant_id`.
  public let run: @Sendable (_ queries: [Query], _ serving: [TenantID]) async throws -> ReadResults
  /// A time that only grows, for measuring how long something takes.
  public let uptime: @Sendable () -> Duration
  /// Returns when the time has passed; throws at once when the task is cancelled.
  public let sleep: @Sendable (_ duration: Duration) async throws -> Void
  /// Returns when something that makes work was committed in this process since the last call, and of which tenants; with
  /// none when the time has passed, or the task is cancelled. See ``ServiceDefinition/makesWork(_:)``.
  public let waitForWork: @Sendable (_ atMost: Duration) async -> Set<TenantID>
  private let submission:
    @Sendable (WriteEntry<State>, TenantID, [UInt8], [UInt8]) async -> Result<[UInt8], CommandRefused>

  /// Access as the kit makes it, or a test.
  ///
  /// - Parameter submit: puts a request into a lane as the service itself: the operation, the tenant, the idempotency key
  ///   (8 to 64 bytes) and the request's bytes; returns the reply's bytes.
  public init(
    setting: @escaping @Sendable (String) -> String?, logger: Logger,
    tenants: @escaping @Sendable () async throws -> [TenantID],
    run: @escaping @Sendable ([Query], [TenantID]) async throws -> ReadResults,
    uptime: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    waitForWork: @escaping @Sendable (Duration) async -> Set<TenantID>,
    submit: @escaping @Sendable (WriteEntry<State>, TenantID, [UInt8], [UInt8]) async -> Result<[UInt8], CommandRefused>
  ) {
    self.setting = setting
    self.logger = logger
    self.tenants = tenants
    self.run = run
    self.uptime = uptime
    self.sleep = sleep
    self.waitForWork = waitForWork
    self.submission = submit
  }

  /// A published plan, read from its document unless this process knows the version; nil if it cannot be read.
  public func plan(_ version: PlanVersion, document: [UInt8]) -> Plan? {
    PlanCache.shared.plan(version, document: document)
  }

  /// Puts a request into a lane as the service itself, and waits for its answer. The same key with the same request has
  /// one effect.
  public func submit<Operation: WriteOperation>(
    _ operation: Operation.Type, tenant: TenantID, key: [UInt8], _ request: Operation.Request
  ) async throws -> Operation.Reply where Operation.State == State, Operation.Reply: Message {
    let bytes: [UInt8] = try request.serializedBytes()
    return try Operation.Reply(
      serializedBytes: try await submission(WriteEntry(operation), tenant, key, bytes).get())
  }
}

/// A command that the service put into a lane itself was refused.
public struct CommandRefused: Error, Sendable {
  /// Why, and whether the same key may succeed later.
  public let refusal: Callout_V1_Refusal

  /// A refusal as given.
  public init(_ refusal: Callout_V1_Refusal) {
    self.refusal = refusal
  }
}
