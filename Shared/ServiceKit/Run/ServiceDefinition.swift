public import Policy
public import Wire

/// What makes a service out of the kit: its tables, its operations, its migrations, and what it does about news and
/// timers. Everything else - lanes, idempotency, relay, tenants, plans, clocks, ports - is the kit's.
///
/// A conforming type is an `enum` without cases in the service's `Service` room; `Main/main.swift` is one line:
/// `await ServiceMain<IntakeService>.run()`.
public protocol ServiceDefinition: Sendable {
  /// The service's state of one tenant.
  associatedtype State: ServiceState

  /// Which service it is.
  static var name: ServiceName { get }
  /// The service's tables, less those that all services have.
  static var tables: [AnyTable<State>] { get }
  /// What changes something, less what all services offer.
  static var writes: [WriteEntry<State>] { get }
  /// What only reads, less what all services offer.
  static var reads: [ReadEntry] { get }
  /// The service's migrations, numbered from 101; the kit's own come first.
  static var migrations: [MigrationScript] { get }

  /// Settings beside those that all services have. None by default.
  static var settings: [ExtraSetting] { get }
  /// What is wrong with them, one sentence each, beyond what each setting's own bounds say; nothing by default. `setting` gives
  /// a setting's value by its name, or nil if it is not set.
  static func problems(_ setting: (String) -> String?) -> [String]

  /// The messages that an event of the rules becomes.
  static func outgoing(_ event: State.Event) -> [OutgoingEvent]

  /// Asks for what ``apply(_:_:_:)`` looks at.
  static func needs(_ event: Callout_V1_Event, _ state: State, _ needs: inout Needs<State>) throws(Refused)
  /// Takes news from another service. Duplicates and stale versions never come here. A refusal is final: the event is
  /// laid aside for an operator to look at.
  static func apply(_ event: Callout_V1_Event, _ state: inout State, _ context: inout Context) -> Decision<Void>

  /// Asks for what ``fire(_:_:_:)`` looks at.
  static func needs(_ timer: Timer, _ state: State, _ needs: inout Needs<State>) throws(Refused)
  /// Does what has fallen due. The timer is disarmed already, and may be armed anew. `context.now` is the instant at which
  /// it was due for a test tenant, and the present for a live one. A refusal undoes what was done and is logged.
  static func fire(_ timer: Timer, _ state: inout State, _ context: inout Context) -> Decision<Void>

  /// Finds the tenant that a request of the installation's gateway is about, which names none. By default it is refused: the
  /// tenant must be named (204).
  ///
  /// - Parameter body: the request's message, as it came.
  static func tenant(
    of method: Wire.Method, _ body: [UInt8], _ access: Background<State>
  ) async throws(CommandRefused) -> TenantID

  /// Works beside the requests, such as delivering messages, until its task is cancelled, which happens while the lanes
  /// still take commands. Nothing by default.
  static func background(_ access: Background<State>) async
  /// Whether what a batch has changed of a tenant is work for ``background(_:)``, which is told so once it is committed. Never
  /// by default.
  static func makesWork(_ state: State) -> Bool
  /// SQL that counts what waits although its time has come, beside timers and events, such as messages to deliver: one
  /// number, with the tenant as `$1`. What `pending.get` tells as due includes it. `setting` gives a setting's value by its name,
  /// or nil if it is not set. Nil by default.
  static func pendingSQL(_ setting: (String) -> String?) -> String?
}

extension ServiceDefinition {
  /// Refused.
  public static func tenant(
    of method: Wire.Method, _ body: [UInt8], _ access: Background<State>
  ) async throws(CommandRefused) -> TenantID { throw CommandRefused(Callout_V1_Refusal(.tenantMissing)) }
  /// Nothing.
  public static func background(_ access: Background<State>) async {}
  /// Never.
  public static func makesWork(_ state: State) -> Bool { false }
  /// Nothing waits.
  public static func pendingSQL(_ setting: (String) -> String?) -> String? { nil }
  /// None.
  public static var settings: [ExtraSetting] { [] }
  /// Nothing.
  public static func problems(_ setting: (String) -> String?) -> [String] { [] }
}

/// News for other services: a snapshot of a subject, which supersedes older ones.
public struct OutgoingEvent: Sendable {
  /// Who is told.
  public let destinations: [ServiceName]
  /// What the snapshot is of.
  public let subject: SubjectID
  /// The subject's version, from 1.
  public let version: Int64
  /// The snapshot.
  public let body: Callout_V1_Event.OneOf_Body

  /// News as given.
  public init<Tag>(
    to destinations: ServiceName..., about subject: ID<Tag>, version: Int64, _ body: Callout_V1_Event.OneOf_Body
  ) {
    self.destinations = destinations
    self.subject = subject.as()
    self.version = version
    self.body = body
  }
}

/// One migration: a script of SQL with its number.
///
/// In the script `:service_role` stands for the role that the service connects as.
public struct MigrationScript: Sendable {
  /// Its number: 1 to 99 are the kit's, a service's own start at 101. Once released, a migration never changes.
  public let number: Int
  /// What it does, as in its file's name.
  public let name: String
  /// The SQL.
  public let sql: String

  /// A script as given.
  public init(_ number: Int, _ name: String, _ sql: [UInt8]) {
    self.number = number
    self.name = name
    self.sql = String(decoding: sql, as: UTF8.self)
  }
}
