import NIOCore
import Policy
import Wire

/// One command of a batch, and what becomes of it.
final class BatchEntry<State: ServiceState> {
  /// What was saved under a command's key.
  struct Saved {
    enum Content {
      case answer(Answer)
      /// What the reply is made again from; see ``WriteOperation/trace(of:)``.
      case trace([UInt8])
    }

    let requestHash: [UInt8]
    let content: Content
  }

  let command: Command<State>
  let tenant: KnownTenant<State>
  /// What the key was answered with before.
  var saved: Saved?
  /// Why the request cannot even be asked what it needs.
  var unneedful: Refused?
  var answer: Answer?
  /// Whether the answer is true only once the batch is committed: it is saved under the key, or tells of what was changed.
  var isEffective = false
  /// Whether its key is that of an earlier command of the batch, whose answer it shares.
  var isTwin = false
  /// What is saved in place of the answer, which is made again from it.
  var trace: [UInt8]?

  init(_ command: Command<State>, _ tenant: KnownTenant<State>) {
    self.command = command
    self.tenant = tenant
  }

  /// Whether the answer is to be saved under the key.
  var isSaved: Bool { isEffective && command.keepsAnswer }

  var replyKey: ReplyKey { ReplyKey(tenant: command.tenant, key: command.key) }

  /// The trace that was saved under the key for the same request.
  var savedTrace: [UInt8]? {
    guard let saved, saved.requestHash == command.requestHash, case .trace(let trace) = saved.content else {
      return nil
    }
    return trace
  }
}

/// A key of a tenant.
struct ReplyKey: Hashable {
  let tenant: TenantID
  let key: [UInt8]
}

/// The commands that one transaction serves, and the states of their tenants.
final class Batch<State: ServiceState> {
  let entries: [BatchEntry<State>]
  /// In the order of their ids.
  let tenants: [KnownTenant<State>]
  let tenantsByID: [TenantID: KnownTenant<State>]

  /// Makes a batch of commands, and takes their tenants from those that are known.
  init(_ commands: [Command<State>], _ known: inout KnownTenants<State>) {
    var tenantsByID: [TenantID: KnownTenant<State>] = [:]
    self.entries = commands.map { command in
      if let tenant = tenantsByID[command.tenant] { return BatchEntry(command, tenant) }
      let tenant = known.take(command.tenant)
      tenantsByID[command.tenant] = tenant
      return BatchEntry(command, tenant)
    }
    self.tenantsByID = tenantsByID
    self.tenants = tenantsByID.values.sorted { $0.id < $1.id }
  }

  /// Asks the commands what they need, given what is loaded. A command that refuses to say is refused.
  func askNeeds() {
    for tenant in tenants { tenant.needs.beginRound() }
    for entry in entries {
      let tenant = entry.tenant
      if entry.saved != nil {
        if let trace = entry.savedTrace { entry.command.work.needs(of: trace, &tenant.needs) }
        continue
      }
      entry.unneedful = nil
      do {
        try entry.command.work.needs(&tenant.state, &tenant.needs)
      } catch {
        entry.unneedful = error
      }
    }
  }

  /// The loaders with something fresh, in the order of their names.
  func takeLoaders() -> [any Loader<State>] {
    var loaders: [ObjectIdentifier: any Loader<State>] = [:]
    for tenant in tenants {
      loaders.merge(tenant.needs.pending) { first, _ in first }
      loaders.merge(tenant.needs.presumed.mapValues { $0.loader }) { first, _ in first }
      tenant.needs.loading()
    }
    return loaders.values.sorted { $0.name < $1.name }
  }

  /// Whether a command wants what is not loaded yet, or presumes that it is not there.
  var wantsLoading: Bool { wantsMore || tenants.contains { !$0.needs.presumed.isEmpty } }

  /// Whether a command wants what is not loaded yet.
  var wantsMore: Bool {
    tenants.contains { tenant in
      !tenant.needs.pending.isEmpty
        || tenant.needs.plans.contains { tenant.plan($0) == nil && !tenant.needs.hasAskedForPlan($0) }
    }
  }

  /// Whether commands need what they did not before the database was asked: a tenant's rows were forgotten when it was
  /// locked, or a key was answered with a reply that must be made again.
  var mustAskAgain: Bool { tenants.contains { $0.isForgotten } || entries.contains { $0.savedTrace != nil } }

  /// Whether the batch can be decided and saved without asking the database first: all that its commands need is known,
  /// and none is the service's own. What it takes to be true is then compared when it is saved.
  ///
  /// - Parameter now: a command whose caller does not wait any more is not saved.
  func isPresumable(at now: Instant) -> Bool {
    !wantsMore && tenants.allSatisfy { $0.isKept }
      && entries.allSatisfy { !$0.command.key.isEmpty && $0.command.deadline > now }
  }

  /// Whether every command's answer depends on the commit.
  var isAllEffective: Bool { entries.allSatisfy { $0.isEffective || $0.isTwin } }

  /// Undecides all commands; their tenants are as they were at `marks`, those of ``tenants``.
  func undecide(_ tables: [AnyTable<State>], to marks: [TenantMark]) {
    for (tenant, mark) in zip(tenants, marks) { tenant.rollback(tables, to: mark) }
    for entry in entries {
      entry.answer = nil
      entry.isEffective = false
      entry.isTwin = false
      entry.trace = nil
    }
  }

  /// The answers to save under their keys.
  var unsavedAnswers: [BatchEntry<State>] { entries.filter { $0.isSaved } }

  /// Whether there is anything to save.
  var isChanged: Bool { entries.contains { $0.isEffective } }
}

/// Why the store did not do what it was asked.
enum StoreFailure: Error, Sendable {
  /// Nothing was done; the same batch may pass at once, such as after a deadlock.
  case conflict(String)
  /// Nothing was done; the store rejects something in the batch.
  case rejected(String)
  /// Nothing was done; another tenant has what something in the batch wants, and only one may have it: an object's kind.
  case taken(String, object: String)
  /// Nothing was done; the store cannot be reached now.
  case unavailable(String)
  /// Nothing was done; what the batch was decided on is not true any more.
  case stale(String)
  /// The commit was sent, and its answer never came.
  case unknown(String)

  /// What happened, in words.
  var text: String {
    switch self {
    case .conflict(let text), .rejected(let text), .taken(let text, _), .unavailable(let text), .stale(let text),
      .unknown(let text):
      text
    }
  }
}

/// What the write path asks of a database: one session, which one lane owns. PostgreSQL behind it now; a simulator can put
/// a store in memory in its place.
///
/// The methods run on the lane and may block its thread.
protocol LaneStore<State>: AnyObject {
  associatedtype State: ServiceState

  /// Begins a transaction for the batch's tenants and locks them, so that no other process serves them until its end; then
  /// loads what was answered under the commands' keys, and the rows that they need and that are not known yet. Takes
  /// numbers where tenants need more than they have. A tenant whose count of transactions is not what it was is forgotten:
  /// its commands must be asked again what they need.
  nonisolated(nonsending) func begin(_ batch: Batch<State>) async throws(StoreFailure)
  /// Loads more in the same transaction.
  nonisolated(nonsending) func loadMore(_ batch: Batch<State>) async throws(StoreFailure)
  /// Saves everything that the commands changed and commits.
  nonisolated(nonsending) func save(_ batch: Batch<State>, at now: Instant) async throws(StoreFailure) -> Committed
  /// Whether a presumable batch needs nothing else: no number, no plan that is not here.
  func hasAll(for batch: Batch<State>) -> Bool
  /// Saves a batch that was decided on what is known, without ``begin(_:)``, in one round trip. Throws
  /// ``StoreFailure/stale(_:)`` if another process has written for one of the tenants since, or if a key has an answer.
  nonisolated(nonsending) func savePresumed(
    _ batch: Batch<State>, at now: Instant
  ) async throws(StoreFailure) -> Committed
  /// Ends the transaction without an effect, if one is open.
  nonisolated(nonsending) func abandon() async
}

/// What a commit set in motion.
struct Committed: Sendable {
  /// Events to send to other services.
  var outbox: [OutboxRow] = []
  /// The earliest instant that each tenant has armed a timer for.
  var armed: [(TenantID, Instant)] = []
  /// Test tenants whose clocks have moved.
  var moved: [TenantID] = []
  /// Tenants whose feed has grown.
  var changed: [TenantID] = []
  /// Tenants that have work for what the service does beside the requests.
  var busy: [TenantID] = []
}

/// An event on its way to another service.
struct OutboxRow: Sendable, Hashable {
  let tenant: TenantID
  let event: EventID
  let destination: ServiceName
  let subjectKind: String
  let subject: SubjectID
  let version: Int64
  /// A `Callout_V1_Event`, encoded.
  let payload: [UInt8]
  let createdAt: Instant
}
