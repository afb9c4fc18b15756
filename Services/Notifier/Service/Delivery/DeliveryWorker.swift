import Logging
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// A delivery that this process has claimed, for its next attempt.
struct ClaimedDelivery: Sendable, Equatable {
  let tenant: TenantID
  let delivery: Delivery
  /// The number of the attempt, from 1.
  var number: Int { delivery.attempts + 1 }
}

/// Where deliveries that wait come from, and what came of an attempt goes to.
protocol DeliveryStore: Sendable {
  /// Claims deliveries whose time has come, about `limit` of them, so that no other process attempts them for as long as the lease lasts.
  func claim(_ limit: Int) async throws -> [ClaimedDelivery]
  /// Records what came of an attempt. The same attempt is recorded once, however often it is reported.
  func report(_ claimed: ClaimedDelivery, succeeded: Bool, outcome: String) async throws
}

/// Attempts the deliveries whose time has come.
///
/// An attempt is made first and recorded afterwards: a process that dies in between leaves a claim that ends, and the
/// message leaves again with the same Message-ID. So none is lost, and at worst one is seen twice.
struct DeliveryWorker: Sendable {
  /// How many deliveries one claim takes.
  static let claimMax = 64
  /// How often what came of an attempt is reported before it is left to the next claim.
  static let reportsMax = 3

  let store: any DeliveryStore
  let channel: any DeliveryChannel
  let logger: Logger
  let sleep: @Sendable (Duration) async throws -> Void

  /// Attempts what is due until nothing is, or the task is cancelled.
  func work() async throws {
    while !Task.isCancelled {
      let claimed = try await store.claim(Self.claimMax)
      if claimed.isEmpty { return }
      await withTaskGroup(of: Void.self) { group in
        for one in claimed { group.addTask { await attempt(one) } }
      }
    }
  }

  private func attempt(_ claimed: ClaimedDelivery) async {
    let succeeded: Bool
    let outcome: String
    do {
      outcome = try await channel.deliver(OutgoingMessage(tenant: claimed.tenant, delivery: claimed.delivery))
      succeeded = true
    } catch {
      outcome = error.text
      succeeded = false
    }
    for _ in 0..<Self.reportsMax {
      do {
        return try await store.report(claimed, succeeded: succeeded, outcome: outcome)
      } catch {
        logger.warning(
          "an attempt to deliver could not be recorded",
          metadata: ["delivery": "\(claimed.delivery.id)", "attempt": "\(claimed.number)", "error": "\(error)"])
        try? await sleep(.milliseconds(200))
      }
    }
  }
}

/// Deliveries in the service's own database.
struct DatabaseDeliveries: DeliveryStore {
  /// How long a claim lasts: far longer than a channel takes, and as long as a message waits whose process died.
  static let lease = Duration.seconds(10)
  /// How many tenants one statement asks.
  static let tenantsMax = 1_000
  /// How many deliveries of one tenant a claim takes, so that none starves the others.
  static let tenantShare = 16

  let access: Background<NotifierState>

  func claim(_ limit: Int) async throws -> [ClaimedDelivery] {
    var claimed: [ClaimedDelivery] = []
    var rest = try await access.tenants()[...]
    while !rest.isEmpty, claimed.count < limit {
      let tenants = Array(rest.prefix(Self.tenantsMax))
      rest = rest.dropFirst(Self.tenantsMax)
      let results = try await access.run([ClaimQuery.claim(tenants)], tenants)
      claimed += try ClaimQuery.rows(0, results)
    }
    return claimed
  }

  func report(_ claimed: ClaimedDelivery, succeeded: Bool, outcome: String) async throws {
    let number = UInt32(clamping: claimed.number)
    let key = claimed.delivery.id.bytes + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
    do {
      _ = try await access.submit(
        DeliveryReportWrite.self, tenant: claimed.tenant, key: key,
        .with {
          $0.deliveryID = claimed.delivery.id.data
          $0.number = number
          $0.succeeded = succeeded
          $0.outcome = outcome
        })
    } catch let error as CommandRefused where error.refusal.code == .keyReused {
      // Another process made the same attempt, and has reported it.
    }
  }
}

/// Claiming deliveries. A claim is for one attempt, so that it does not stand in the way of the next one.
private enum ClaimQuery {
  static func claim(_ tenants: [TenantID]) -> Query {
    Query(
      sql: """
        UPDATE deliveries d SET claimed_until = clock_timestamp() + make_interval(secs => $2::bigint),
          claimed_attempt = d.attempts + 1
        FROM unnest($1::uuid[]) AS k(tenant_id), LATERAL (
          SELECT r.tenant_id, r.delivery_id FROM deliveries r
          WHERE r.tenant_id = k.tenant_id AND r.is_ready
            AND (r.claimed_until <= clock_timestamp() OR r.claimed_attempt <= r.attempts)
          ORDER BY r.delivery_id LIMIT $3 FOR UPDATE SKIP LOCKED) c
        WHERE d.tenant_id = c.tenant_id AND d.delivery_id = c.delivery_id
        RETURNING d.tenant_id, d.delivery_id, d.cause_kind, d.cause_id, d.step, d.person_id, d.recipient, d.method,
          d.address, d.subject, d.text, d.html, d.template, d.attempts, d.created_at, d.ticket_id, d.reference_ids,
          d.version
        """,
      [
        Argument(array: tenants), Argument(DatabaseDeliveries.lease.components.seconds),
        Argument(DatabaseDeliveries.tenantShare),
      ])
  }

  static func rows(_ query: Int, _ results: ReadResults) throws(ReadFailure) -> [ClaimedDelivery] {
    try results.rows(query) { row throws(RowError) in
      let tenant = try row.next(TenantID.self)
      let id = try row.next(DeliveryID.self)
      let kind = try row.next(CauseKind.self)
      let delivery = Delivery(
        id: id, cause: kind.cause(try row.next(SubjectID.self)), step: try row.next(Int.self),
        personID: try row.next(PersonID?.self), recipient: try row.next(String.self),
        method: try row.next(DeliveryMethod.self), address: try row.next(String.self),
        subject: try row.next(String.self), text: try row.next(String.self), html: try row.next(String?.self),
        template: try row.next(String.self), attempts: try row.next(Int.self), createdAt: try row.next(Instant.self),
        ticketID: try row.next(TicketID?.self),
        references: try row.next(String.self).split(separator: " ").map(String.init),
        version: try row.next(Int64.self))
      return ClaimedDelivery(tenant: tenant, delivery: delivery)
    }
  }
}
