import Logging
import Policy
import Postgres

/// Deletes replies that have been kept for as long as the settings say. After it their keys are free again, so that a
/// caller that repeats a request later than that repeats its effect: the ledger's are never deleted.
struct ReplyRetention: Sendable {
  /// How often it looks.
  static let interval = Duration.seconds(3_600)
  /// Replies of one deletion, which is one transaction.
  static let deletedMax = 5_000

  let clerk: Clerk
  let clock: any EdgeClock
  let kept: TimeSpan
  let logger: Logger

  private static let delete = Statement(
    sql: "DELETE FROM replies r USING (SELECT o.tenant_id, o.key FROM replies o "
      + "WHERE o.tenant_id = $1 AND o.created_at < $2 LIMIT $3) d "
      + "WHERE r.tenant_id = d.tenant_id AND r.key = d.key")

  /// Works until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do {
        try await sweep()
      } catch {
        logger.warning("old replies could not be deleted", metadata: ["error": "\(error)"])
      }
      try? await clock.sleep(for: Self.interval)
    }
  }

  /// Deletes what is too old now.
  func sweep() async throws {
    let before = clock.now - kept
    for tenant in try await clerk.tenants() {
      var deleted = Self.deletedMax
      while deleted == Self.deletedMax, !Task.isCancelled {
        let statement = Self.delete.with(Parameter(tenant), Parameter(before), Parameter(Self.deletedMax))
        deleted = try await clerk.run([statement], serving: [tenant]).first?.affectedRows ?? 0
      }
    }
  }
}
