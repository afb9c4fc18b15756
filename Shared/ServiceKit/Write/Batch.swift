import NIOCore
import Policy
import Wire

/// One command of a batch, and what becomes of it.
final class BatchEntry<State: ServiceState> {
  /// What was saved under a command's key.
  struct Saved {
    let requestHash: [UInt8]
    let answer: Answer
  }

  let command: Command<State>
  let tenant: KnownTenant<State>
  /// What the key was answered with before.
  var saved: Saved?
  /// Why the request cannot even be asked what it needs.
  var unneedful: Refused?
  var answer: Answer?
  /// Whether the answer is to be saved under the key.
  var isSaved = false

  init(_ command: Command<State>, _ tenant: KnownTenant<State>) {
    self.command = command
    self.tenant = tenant
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
    for entry in entries where entry.saved == nil {
      let tenant = entry.tenant
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
      tenant.needs.loading()
    }
    return loaders.values.sorted { $0.name < $1.name }
  }

  /// Whether a command wants what is not loaded yet.
  var wantsMore: Bool {
    tenants.contains { tenant in
      !tenant.needs.pending.isEmpty
        || tenant.needs.plans.contains { tenant.state.common.plans[$0] == nil && !tenant.needs.hasAskedForPlan($0) }
    }
  }

  /// Whether a tenant's rows were forgotten when it was locked, so that what its commands need must be asked again.
  var isForgetful: Bool { tenants.contains(where: \.isForgotten) }

  /// The answers to save under their keys.
  var unsavedAnswers: [BatchEntry<State>] { entries.filter(\.isSaved) }

  /// Whether there is anything to save.
  var isChanged: Bool {
    entries.contains { $0.isSaved || ($0.command.key.isEmpty && $0.answer != nil) }
  }
}

/// Why the store did not do what it was asked.
enum StoreFailure: Error, Sendable {
  /// Nothing was done; the same batch may pass at once, such as after a deadlock.
  case conflict(String)
  /// Nothing was done; the store rejects something in the batch.
  case rejected(String)
  /// Nothing was done; the store cannot be reached now.
  case unavailable(String)
  /// The commit was sent, and its answer never came.
  case unknown(String)

  /// What happened, in words.
  var text: String {
    switch self {
    case .conflict(let text), .rejected(let text), .unavailable(let text), .unknown(let text): text
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
