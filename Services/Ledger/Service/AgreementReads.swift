import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum GetAgreement: ReadOperation {
  static let method = Method.agreementGet
  static let isByKey = true

  static func queries(_ request: Callout_V1_AgreementGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    switch request.by {
    case .agreementID(let bytes):
      let id = try AgreementID(field: "agreement_id", bytes)
      return [
        Tables.agreements.find(context.tenant, id),
        Tables.wallets.find(context.tenant, id.as()),
      ]
    case .accountID(let bytes):
      let account = try AccountID(field: "account_id", bytes)
      return [
        Tables.agreements.select(
          context.tenant, where: "r.account_id = $2 AND r.ended_at IS NULL", [Argument(account)]),
        Tables.wallets.select(
          context.tenant,
          where: """
            r.wallet_id IN (SELECT a.agreement_id FROM agreements a
            WHERE a.tenant_id = $1 AND a.account_id = $2 AND a.ended_at IS NULL)
            """, [Argument(account)]),
      ]
    case nil:
      throw Refused(.invalid(field: "by"), "Name an agreement or an account.")
    }
  }

  static func reply(
    _ request: Callout_V1_AgreementGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_AgreementGetReply {
    let agreement = try results.one(0, of: Tables.agreements, named: "agreement")
    let wallet = try results.one(1, of: Tables.wallets, named: "wallet")
    return .with { $0.agreement = agreement.wire(wallet) }
  }
}

enum ListAgreements: ReadOperation {
  static let method = Method.agreementList

  static func queries(_ request: Callout_V1_AgreementListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let after = try page.afterID(Kind.Agreement.self)
    return [
      Tables.agreements.select(
        context.tenant,
        where: "($2::uuid IS NULL OR r.agreement_id > $2) ORDER BY r.agreement_id LIMIT $3",
        [Argument(after), Argument(page.fetch)])
    ]
  }

  static func followUp(
    _ request: Callout_V1_AgreementListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let ids = try results.rows(0, of: Tables.agreements).map(\.id)
    return [Tables.wallets.select(context.tenant, where: "r.wallet_id = ANY($2)", [Argument(array: ids)])]
  }

  static func reply(
    _ request: Callout_V1_AgreementListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_AgreementListReply {
    let page = try PageRequest.checked(request.page)
    let (agreements, next) = page.cut(try results.rows(0, of: Tables.agreements)) { $0.id.bytes }
    let wallets = try results.rows(1, of: Tables.wallets)
    let byID = Dictionary(wallets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return .with {
      $0.agreements = agreements.compactMap { agreement in byID[agreement.id.as()].map { agreement.wire($0) } }
      $0.next = .init(next)
    }
  }
}

extension PageRequest {
  /// The page of a request whose queries have been made, and which therefore is in bounds.
  static func checked(_ page: Callout_V1_Page) throws(ReadFailure) -> PageRequest {
    do {
      return try PageRequest(page)
    } catch {
      throw .refused(error)
    }
  }
}

enum GetBalance: ReadOperation {
  static let method = Method.balanceGet
  static let isByKey = true

  /// Whose balance, and when: the present.
  private struct Key: Sendable {
    let agreement: AgreementID
    let now: Instant
  }

  /// An agreement's wallet in the plan's own unit, which has the agreement's identifier, and what is free of the lots in that
  /// unit that may pay now (``Lot/free(at:)``).
  private static let wallet = Lookup<Key>(
    by: [Column("agreement_id") { $0.agreement }, Column("instant") { $0.now }],
    """
    SELECT w.unit, w.balance, w.held, w.sequence,
      (SELECT coalesce(sum(l.remaining - l.held), 0)::bigint FROM lots l
      WHERE l.tenant_id = k.tenant_id AND l.agreement_id = k.agreement_id AND NOT l.is_used_up AND NOT l.is_expired
      AND l.unit IS NULL AND (l.expires_at IS NULL OR l.expires_at > k.instant))
    FROM wallets w WHERE w.tenant_id = k.tenant_id AND w.wallet_id = k.agreement_id
    AND w.kind = 'customer' AND w.agreement_id IS NULL LIMIT 1
    """)

  static func queries(_ request: Callout_V1_BalanceGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    if let at = try Instant.optional(field: "at_ms", milliseconds: request.atMs) {
      return [
        Tables.agreements.find(context.tenant, id),
        Query(
          sql: """
            SELECT r.balance, r.sequence FROM transfers r JOIN agreements a
            ON a.tenant_id = r.tenant_id AND a.agreement_id = r.agreement_id
            WHERE r.tenant_id = $1 AND r.agreement_id = $2 AND r.period <= $3 AND r.at <= $3
            AND (coalesce(r.unit, '') = $4 OR coalesce(r.unit, a.unit) = $4)
            ORDER BY r.period DESC, r.sequence DESC LIMIT 1
            """, [Argument(context.tenant), Argument(id), Argument(at), Argument(request.unit)]),
      ] + (request.unit.isEmpty ? [] : [OneUnit.plan(of: id, context)])
    }
    guard request.unit.isEmpty else { return OneUnit.queries(id, unit: request.unit, context) }
    return [wallet.find(context.tenant, Key(agreement: id, now: context.now))]
  }

  static func reply(
    _ request: Callout_V1_BalanceGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_BalanceGetReply {
    if request.atMs != 0 { return try past(results, unit: request.unit) }
    return request.unit.isEmpty
      ? try present(results) : try OneUnit.reply(request, results, at: context.now)
  }

  private static func present(_ results: ReadResults) throws(ReadFailure) -> Callout_V1_BalanceGetReply {
    let replies = try results.rows(0) { row throws(RowError) in
      var reply = Callout_V1_BalanceGetReply()
      reply.unit = try row.next(String.self)
      reply.balance = try row.next(Amount.self).units
      reply.held = try row.next(Amount.self).units
      reply.seq = UInt64(try row.next(Int64.self))
      reply.available = try row.next(Amount.self).units
      return reply
    }
    guard let reply = replies.first else { throw .refused(.notFound("agreement"), "There is no such agreement.") }
    return reply
  }

  private static func past(
    _ results: ReadResults, unit: String
  ) throws(ReadFailure) -> Callout_V1_BalanceGetReply {
    let agreement = try results.one(0, of: Tables.agreements, named: "agreement")
    if !unit.isEmpty { _ = try OneUnit.furtherUnit(named: unit, results, 2) }
    let last = try results.rows(1) { row throws(RowError) in
      (balance: try row.next(Amount.self), sequence: try row.next(Int64.self))
    }.first
    return .with {
      $0.unit = unit.isEmpty ? agreement.unit : unit
      $0.balance = last?.balance.units ?? 0
      $0.seq = UInt64(last?.sequence ?? 0)
    }
  }
}

/// The balance of an agreement in a unit that is named.
private enum OneUnit {
  static func queries(_ id: AgreementID, unit: String, _ context: ReadContext) -> [Query] {
    [
      Tables.agreements.find(context.tenant, id),
      plan(of: id, context),
      Tables.wallets.find(context.tenant, WalletID(of: id, in: nil)),
      Tables.wallets.find(context.tenant, WalletID(of: id, in: unit)),
      Tables.lots.select(
        context.tenant, where: "r.agreement_id = $2 AND NOT r.is_used_up AND NOT r.is_expired LIMIT 10000",
        [Argument(id)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_BalanceGetRequest, _ results: ReadResults, at now: Instant
  ) throws(ReadFailure) -> Callout_V1_BalanceGetReply {
    let agreement = try results.one(0, of: Tables.agreements, named: "agreement")
    let unit = try furtherUnit(named: request.unit, results, 1)
    let own = try results.one(2, of: Tables.wallets, named: "wallet")
    let wallet = unit == nil ? own : try results.rows(3, of: Tables.wallets).first
    let free = try results.rows(4, of: Tables.lots).filter { $0.furtherUnit == unit }
      .reduce(Amount.zero) { $0 + $1.free(at: now) }
    return .with {
      $0.unit = unit ?? agreement.unit
      $0.balance = wallet?.balance.units ?? 0
      $0.held = wallet?.held.units ?? 0
      $0.available = free.units
      $0.seq = UInt64(own.sequence)
    }
  }

  /// The agreement's plan.
  static func plan(of id: AgreementID, _ context: ReadContext) -> Query {
    Query(
      sql: """
        SELECT p.version, p.document FROM agreements a
        JOIN plans p ON p.tenant_id = $1 AND p.version = a.plan_version
        WHERE a.tenant_id = $1 AND a.agreement_id = $2
        """, [Argument(context.tenant), Argument(id)])
  }

  /// The unit that is named, if the plan, which is the result at `place`, counts it; nil for its own.
  static func furtherUnit(
    named name: String, _ results: ReadResults, _ place: Int
  ) throws(ReadFailure) -> String? {
    guard let plan = try results.plan(place) else {
      throw .refused(.planUnknown, "This service does not have the agreement's plan. Publish it here first.")
    }
    do throws(Refused) {
      return try plan.furtherUnit(named: name)
    } catch {
      throw .refused(error)
    }
  }
}

enum ListLots: ReadOperation {
  static let method = Method.lotList

  static func queries(_ request: Callout_V1_LotListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    return [
      Tables.agreements.find(context.tenant, id),
      Tables.lots.select(
        context.tenant, where: "r.agreement_id = $2 AND ($3 OR NOT r.is_used_up) LIMIT 10000",
        [Argument(id), Argument(request.all)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_LotListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_LotListReply {
    _ = try results.one(0, of: Tables.agreements, named: "agreement")
    let lots = try results.rows(1, of: Tables.lots)
    return .with { $0.lots = lots.sorted(by: Lot.isDrawnBefore).map(\.wire) }
  }
}
