import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Synchronization
import Wire

/// Deliveries in the service's own database.
struct DatabaseDeliveries: DeliveryStore {
  /// How long a claim lasts that is not renewed: as long as a message waits whose process died.
  static let lease = Duration.seconds(15)
  /// How many tenants one statement asks.
  static let tenantsMax = 1_000
  /// How many deliveries of one tenant a claim takes, so that none starves the others.
  static let tenantShare = 32

  let access: Background<NotifierState>
  /// Methods that are not claimed: there is no channel for them.
  private let without: [String]
  private let turn = Turn()

  /// Whose turn it is: tenants are claimed of in turn, from the one behind the last.
  private final class Turn: Sendable {
    let last = Mutex<TenantID?>(nil)
  }

  init(access: Background<NotifierState>, without methods: [DeliveryMethod] = []) {
    self.access = access
    without = methods.map(\.rawValue)
  }

  func claim(_ limits: ClaimLimits) async throws -> [ClaimedDelivery] {
    var claimed: [ClaimedDelivery] = []
    let tenants = if let some = limits.tenants { some.sorted() } else { try await access.tenants() }
    var rest = inTurn(tenants.filter(limits.hasRoom))[...]
    while !rest.isEmpty, claimed.count < limits.count {
      let asked = Array(rest.prefix(Self.tenantsMax))
      rest = rest.dropFirst(Self.tenantsMax)
      let ready = try await access.run([ClaimQuery.ready(asked, limits.full, without)], asked)
      let tenants = Set(try ready.rows(0) { row throws(RowError) in try row.next(TenantID.self) })
      var those = asked.filter(tenants.contains)[...]
      while !those.isEmpty, claimed.count < limits.count {
        let some = Array(those.prefix(max(1, (limits.count - claimed.count) / Self.tenantShare)))
        those = those.dropFirst(some.count)
        let results = try await access.run([ClaimQuery.claim(some, limits.full, without)], some)
        claimed += try ClaimQuery.rows(0, results)
        turn.last.withLock { $0 = some.last }
      }
    }
    return claimed
  }

  private func inTurn(_ tenants: [TenantID]) -> [TenantID] {
    guard let last = turn.last.withLock({ $0 }), let next = tenants.firstIndex(where: { $0 > last }) else {
      return tenants
    }
    return Array(tenants[next...] + tenants[..<next])
  }

  func renew(_ claims: [ClaimedDelivery.Key]) async throws {
    try await hold(claims, for: Self.lease)
  }

  func release(_ claims: [ClaimedDelivery.Key]) async throws {
    try await hold(claims, for: .zero)
  }

  private func hold(_ claims: [ClaimedDelivery.Key], for time: Duration) async throws {
    guard !claims.isEmpty else { return }
    let tenants = Set(claims.map(\.tenant)).sorted()
    _ = try await access.run([ClaimQuery.hold(claims, for: time)], tenants)
  }

  func report(_ claimed: ClaimedDelivery, _ result: DeliveryReport.Result, outcome: String) async throws {
    let number = UInt32(clamping: claimed.number)
    let key = claimed.delivery.id.bytes + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
    do {
      _ = try await access.submit(
        DeliveryReportWrite.self, tenant: claimed.tenant, key: key,
        .with {
          $0.deliveryID = claimed.delivery.id.data
          $0.number = number
          $0.outcome = outcome
          switch result {
          case .sent: $0.succeeded = true
          case .again(let after): $0.afterMs = UInt32(clamping: after?.milliseconds ?? 0)
          case .never: $0.permanent = true
          }
        })
    } catch let error as CommandRefused where error.refusal.code == .keyReused {
      // Another process made the same attempt, and has reported it.
    }
  }
}

/// Claiming deliveries. A claim is for one attempt, so that it does not stand in the way of the next one.
private enum ClaimQuery {
  /// Which tenants have any to claim.
  static func ready(_ tenants: [TenantID], _ full: [String], _ without: [String]) -> Query {
    Query(
      sql: """
        SELECT c.tenant_id FROM unnest($1::uuid[]) AS k(tenant_id), LATERAL (
          SELECT r.tenant_id FROM deliveries r
          WHERE r.tenant_id = k.tenant_id AND r.is_ready
            AND (r.claimed_until <= clock_timestamp() OR r.claimed_attempt <= r.attempts)
            AND NOT (r.destination = ANY ($2)) AND NOT (r.method = ANY ($3))
          LIMIT 1) c
        """, [Argument(array: tenants), Argument(array: full), Argument(array: without)])
  }

  static func claim(_ tenants: [TenantID], _ full: [String], _ without: [String]) -> Query {
    Query(
      sql: """
        UPDATE deliveries d SET claimed_until = clock_timestamp() + make_interval(secs => $2::bigint),
          claimed_attempt = d.attempts + 1
        FROM unnest($1::uuid[]) AS k(tenant_id), LATERAL (
          SELECT r.tenant_id, r.delivery_id FROM deliveries r
          WHERE r.tenant_id = k.tenant_id AND r.is_ready
            AND (r.claimed_until <= clock_timestamp() OR r.claimed_attempt <= r.attempts)
            AND NOT (r.destination = ANY ($4)) AND NOT (r.method = ANY ($5))
          ORDER BY r.delivery_id LIMIT $3 FOR UPDATE SKIP LOCKED) c
        WHERE d.tenant_id = c.tenant_id AND d.delivery_id = c.delivery_id
        RETURNING d.tenant_id, d.delivery_id, d.cause_kind, d.cause_id, d.step, d.person_id, d.recipient, d.method,
          d.address, d.subject, d.text, d.html, d.template, d.attempts, d.created_at, d.deadline,
          d.ticket_id, d.reference_ids, d.version
        """,
      [
        Argument(array: tenants), Argument(DatabaseDeliveries.lease.components.seconds),
        Argument(DatabaseDeliveries.tenantShare), Argument(array: full), Argument(array: without),
      ])
  }

  /// Lets claims last for some time from now on.
  static func hold(_ claims: [ClaimedDelivery.Key], for time: Duration) -> Query {
    Query(
      sql: """
        UPDATE deliveries d SET claimed_until = clock_timestamp() + make_interval(secs => $3::bigint)
        FROM unnest($1::uuid[], $2::uuid[]) AS k(tenant_id, delivery_id)
        WHERE d.tenant_id = k.tenant_id AND d.delivery_id = k.delivery_id AND d.claimed_attempt > d.attempts
        """,
      [
        Argument(array: claims.map(\.tenant)), Argument(array: claims.map(\.delivery)),
        Argument(time.components.seconds),
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
        deadline: try row.next(Instant.self), ticketID: try row.next(TicketID?.self),
        references: try row.next(String.self).split(separator: " ").map(String.init),
        version: try row.next(Int64.self))
      return ClaimedDelivery(tenant: tenant, delivery: delivery)
    }
  }
}
