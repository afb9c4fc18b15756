import Postgres

@testable import ServiceKit

/// A bug put in on purpose, between a service and its database: a promise that the service makes is not kept. The simulator
/// has to notice each of them.
enum Mutant: String, CaseIterable, Sendable {
  /// News is not kept with the change that caused it.
  case lostEvent
  /// What was answered under a key is not looked up.
  case forgottenKey
  /// That a hold ended is not kept, so that it can end again.
  case unkeptHold
  /// Which version of a subject was taken is not kept, so that stale news is taken again.
  case staleNews
  /// A clock is not armed.
  case unarmedClock
  /// The reply leaves before the commit.
  case earlyReply
  /// What a transfer does to the wallet is not kept.
  case unkeptBalance

  /// How a statement begins that this mutant leaves out.
  fileprivate var leftOut: String? {
    switch self {
    case .lostEvent: "INSERT INTO outbox"
    case .forgottenKey: "SELECT k.place, r.request_hash"
    case .unkeptHold: "UPDATE holds"
    case .staleNews: "UPDATE event_versions"
    case .unarmedClock: "INSERT INTO timers"
    case .unkeptBalance: "UPDATE wallets"
    case .earlyReply: nil
    }
  }
}

/// A session with a mutant in it.
final class MutatedSession: Session {
  private static let nothing = Statement(
    unnamed: "SELECT tenant_id FROM outbox WHERE tenant_id = $1", [.uuid(PostgresUUID(high: 0, low: 0))])

  private let inner: any Session
  private let mutant: Mutant
  private var owesCommit = false

  init(_ inner: any Session, _ mutant: Mutant) {
    self.inner = inner
    self.mutant = mutant
  }

  var isInTransaction: Bool { !owesCommit && inner.isInTransaction }

  func close() { inner.close() }

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    if owesCommit {
      owesCommit = false
      _ = try await inner.execute([.commit], timeout: timeout)
    }
    var kept = batch.map { statement in
      mutant.leftOut.map { statement.sql.hasPrefix($0) } ?? false ? Self.nothing : statement
    }
    if mutant == .earlyReply, batch.last?.sql == "COMMIT" {
      kept[kept.count - 1] = Self.nothing
      let results = try await inner.execute(kept, timeout: timeout)
      owesCommit = true
      return results
    }
    return try await inner.execute(kept, timeout: timeout)
  }
}
