/// What a service knows about one tenant while it decides a batch: bags of rows, and what all services have in common.
///
/// The kit fills it before a rule runs and saves what a rule left in it. It holds one tenant only: rows carry no tenant,
/// so that no rule can reach another's.
public protocol ServiceState: Sendable {
  /// What the rules of this service tell other services. The service maps each event to the messages that they get.
  associatedtype Event: Sendable

  /// The state of one tenant, nothing loaded.
  init(tenant: TenantID)

  /// What all services have in common.
  var common: CommonState<Event> { get set }

  /// A plan was published in this service for the first time; nothing but the common state is loaded. Nothing by default.
  mutating func published(_ plan: Plan, _ context: inout Context)
}

extension ServiceState {
  /// Nothing.
  public mutating func published(_ plan: Plan, _ context: inout Context) {}

  /// Lends the common part: reading ``common`` copies all of it.
  @inlinable
  public mutating func withCommon<Value>(_ body: (inout CommonState<Event>) -> Value) -> Value { body(&common) }
}

/// The part of a tenant's state that all services share.
public struct CommonState<Event: Sendable>: Sendable {
  /// The tenant that this state belongs to.
  public let tenantID: TenantID
  /// At most one row: the tenant as this service knows it.
  public var tenants = Records<Tenant>()
  /// The published plans that were asked for, by version.
  public var publishedPlans = Records<PublishedPlan>()
  /// The newest version of each subject that a peer's event has reported.
  public var eventVersions = Records<EventVersion>()
  /// The parsed plans that were asked for, by version. A version that is not here is not published in this service.
  public var plans: [PlanVersion: Plan] = [:]
  /// What is armed, and what the rules arm and disarm.
  public var timers = Timers()
  /// Numbers that this tenant hands out, such as a ticket's.
  public var numbers = Numbers()
  /// What the rules told other services, in order.
  public private(set) var events = Appends<Event>()
  /// What the rules told those who watch, in order.
  public private(set) var changes = Appends<Change>()

  /// Nothing loaded.
  public init(tenant: TenantID) {
    self.tenantID = tenant
  }

  /// The version that was published last, of those of a plan that were asked for.
  public func newestVersion(of plan: String) -> PlanVersion? {
    publishedPlans.members(of: plan).min {
      $0.publishedAt == $1.publishedAt ? $0.version < $1.version : $0.publishedAt > $1.publishedAt
    }?.version
  }

  /// That version, parsed.
  public func newest(of plan: Plan) -> Plan? { newestVersion(of: plan.id).flatMap { plans[$0] } }

  /// The tenant, if this service knows it.
  public var tenant: Tenant? { tenants[tenantID] }

  /// Tells other services. The event is saved with the change that caused it, and sent after the commit.
  public mutating func emit(_ event: Event) {
    events.append(event)
  }

  /// Tells those who watch this tenant, after the commit.
  ///
  /// - Parameters:
  ///   - kind: noun and past tense, such as `ticket.opened`.
  ///   - subject: what changed.
  ///   - version: the subject's version after the change, from 1.
  ///   - text: the change in words, at most 1,000 bytes.
  public mutating func changed<Tag>(_ kind: String, _ subject: ID<Tag>, version: Int64, _ text: String) {
    changes.append(Change(kind: kind, subject: subject.as(), version: version, text: text))
  }
}

/// A point that a tenant's common state can be put back to.
public struct CommonMark: Sendable {
  fileprivate let timers: Int
  fileprivate let numbers: Int
  fileprivate let events: Int
  fileprivate let changes: Int
}

extension CommonState {
  /// Where a command begins. The rows in ``tenants``, ``publishedPlans`` and ``eventVersions`` are marked apart, like
  /// any other table's.
  public func mark() -> CommonMark {
    CommonMark(timers: timers.mark(), numbers: numbers.mark(), events: events.mark(), changes: changes.mark())
  }

  /// What was told and armed is saved: begins anew. The rows and plans stay.
  public mutating func settle() {
    timers = Timers()
    numbers = Numbers()
    events = Appends()
    changes = Appends()
  }

  /// Undoes everything since `mark`.
  public mutating func rollback(to mark: CommonMark) {
    timers.rollback(to: mark.timers)
    numbers.rollback(to: mark.numbers)
    events.rollback(to: mark.events)
    changes.rollback(to: mark.changes)
  }
}

/// One provider that this installation serves.
public struct Tenant: Record {
  /// How a tenant's time passes.
  public enum Clock: String, Hashable, Sendable {
    /// By the wall clock.
    case live
    /// By a clock of its own, which only `clock.advance` moves.
    case test
  }

  /// The tenant's identifier.
  public let id: TenantID
  /// For people, 1 to 200 bytes.
  public var name: String
  /// Live or test; never changes.
  public let clock: Clock
  /// A test tenant's present instant; nil for a live one.
  public var instant: Instant?
  /// When it was created, by the service's clock.
  public let createdAt: Instant
  /// What its customers are written to in, where an account names no language.
  public var language: MessageLanguage
  /// Counts changes of its language, from 1.
  public var version: Int64

  /// A tenant as given.
  public init(
    id: TenantID, name: String, clock: Clock, instant: Instant?, createdAt: Instant,
    language: MessageLanguage = .english, version: Int64 = 1
  ) {
    self.language = language
    self.version = version
    self.id = id
    self.name = name
    self.clock = clock
    self.instant = instant
    self.createdAt = createdAt
  }

  /// The tenant itself.
  public var key: TenantID { id }
  /// The tenant itself.
  public var group: TenantID { id }

  /// The tenant's present instant: its own if it has one, otherwise the service's.
  public func now(edge: Instant) -> Instant { instant ?? edge }
}

/// A plan document as it was published.
public struct PublishedPlan: Record {
  /// The SHA-256 of the document's bytes.
  public let version: PlanVersion
  /// The id that the document gives itself.
  public let plan: String
  /// The title that it gives itself.
  public let title: String
  /// The document, UTF-8.
  public let document: [UInt8]
  /// When this service first took it, by the tenant's clock.
  public let publishedAt: Instant

  /// A published plan as given.
  public init(version: PlanVersion, plan: String, title: String, document: [UInt8], publishedAt: Instant) {
    self.version = version
    self.plan = plan
    self.title = title
    self.document = document
    self.publishedAt = publishedAt
  }

  /// The version.
  public var key: PlanVersion { version }
  /// The plan's id.
  public var group: String { plan }
}

/// The newest version of a subject that a peer has reported: an older report changes nothing.
public struct EventVersion: Record {
  /// Which subject of which peer.
  public struct Key: Hashable, Comparable, Sendable {
    /// The service that tells, such as `intake`.
    public let source: String
    /// What the subject is, such as `ticket`.
    public let kind: String
    /// The subject's identifier.
    public let subject: SubjectID

    /// A key as given.
    public init(source: String, kind: String, subject: SubjectID) {
      self.source = source
      self.kind = kind
      self.subject = subject
    }

    /// An order, the same everywhere.
    public static func < (a: Key, b: Key) -> Bool { (a.source, a.kind, a.subject) < (b.source, b.kind, b.subject) }
  }

  /// Which subject.
  public let key: Key
  /// The newest version applied.
  public var version: Int64

  /// A version as given.
  public init(key: Key, version: Int64) {
    self.key = key
    self.version = version
  }

  /// The key itself.
  public var group: Key { key }
}

/// One item of the feed that watchers see.
public struct Change: Hashable, Sendable {
  /// Noun and past tense, such as `ticket.opened`.
  public let kind: String
  /// What changed.
  public let subject: SubjectID
  /// The subject's version after the change, from 1.
  public let version: Int64
  /// The change in words.
  public let text: String

  /// A change as given.
  public init(kind: String, subject: SubjectID, version: Int64, text: String) {
    self.kind = kind
    self.subject = subject
    self.version = version
    self.text = text
  }
}

extension Kind {
  /// Whatever a timer, an event or a change is about.
  public enum Subject {}
}

/// The identifier of whatever a timer, an event or a change is about.
public typealias SubjectID = ID<Kind.Subject>
