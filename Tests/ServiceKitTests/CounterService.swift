import Foundation
import NIOCore
import Policy
import Postgres
import SwiftProtobuf
import Wire

@testable import ServiceKit

// The smallest service that uses everything the kit offers: accounts that count. It borrows two operations of ledger's:
// `adjustment.post` adds to an account, and `balance.get` reads it.

/// An account of the test service.
struct Account: Record {
  let id: AgreementID
  var total: Int64
  var number: Int64?
  var version: Int64

  var key: AgreementID { id }
  var group: AgreementID { id }
}

/// One addition to an account.
struct Addition: Sendable, Equatable {
  let account: AgreementID
  let version: Int64
  let amount: Int64
  let at: Instant
}

struct CounterState: ServiceState {
  struct Event: Sendable {
    let account: Account
  }

  var common: CommonState<Event>
  var accounts = Records<Account>()
  var additions = Appends<Addition>()

  init(tenant: TenantID) { common = CommonState(tenant: tenant) }
}

enum CounterTables {
  static let accounts = Table<CounterState, Account>(
    "accounts", { $1(&$0.accounts) },
    key: [Column("account_id") { $0 }],
    columns: [Column("total", \.total), Column("number", fixed: true, \.number), Column("version", \.version)]
  ) { row throws(RowError) in
    Account(id: try row.next(), total: try row.next(), number: try row.next(), version: try row.next())
  }

  static let additions = Journal<CounterState, Addition>(
    "additions", { $1(&$0.additions) },
    columns: [
      Column("account_id", \.account), Column("version", \.version), Column("amount", \.amount), Column("at", \.at),
    ])

  static let migration = """
    CREATE DOMAIN not_cursed AS bigint CHECK (VALUE <> 666);
    CREATE TABLE accounts (
      tenant_id uuid NOT NULL, account_id uuid NOT NULL, total not_cursed NOT NULL, number bigint, version bigint NOT NULL,
      PRIMARY KEY (tenant_id, account_id));
    CREATE TABLE additions (
      tenant_id uuid NOT NULL, account_id uuid NOT NULL, version bigint NOT NULL, amount bigint NOT NULL,
      at timestamptz NOT NULL, PRIMARY KEY (tenant_id, account_id, version));
    GRANT SELECT, INSERT, UPDATE ON accounts TO :service_role;
    GRANT SELECT, INSERT ON additions TO :service_role;
    """
}

/// Adds; the reason says what else happens: `refuse`, `number`, `tell`, `timer MILLISECONDS`.
enum Add: WriteOperation {
  static let method = Wire.Method.adjustmentPost

  static func needs(
    _ request: Callout_V1_AdjustmentPostRequest, _ state: CounterState, _ needs: inout Needs<CounterState>
  ) throws(Refused) {
    needs.row(CounterTables.accounts, try AgreementID(field: "agreement_id", request.agreementID))
    if request.reason == "number" { needs.number("account") }
  }

  static func decide(
    _ request: Callout_V1_AdjustmentPostRequest, _ state: inout CounterState, _ context: inout Context
  ) -> Decision<Callout_V1_AdjustmentPostReply> {
    Decision { () throws(Refused) in
      let id = try AgreementID(field: "agreement_id", request.agreementID)
      let account = Counting.add(
        request.amount, to: id, number: request.reason == "number" ? state.common.numbers.next("account") : nil, &state,
        context)
      // Only now, so that what was changed has to be undone.
      if request.reason == "refuse" { throw Refused(.conflict(state: "refused"), "As was asked.") }
      if request.reason == "tell" { state.common.emit(.init(account: account)) }
      if request.reason.hasPrefix("timer "), let milliseconds = Int64(request.reason.dropFirst(6)) {
        state.common.timers.arm("double", id, at: context.now + .milliseconds(milliseconds))
      }
      return .with {
        $0.balance = account.total
        $0.transfer.id = Data(account.number.map { [UInt8](repeating: UInt8(clamping: $0), count: 16) } ?? [])
      }
    }
  }
}

enum Counting {
  @discardableResult
  static func add(
    _ amount: Int64, to id: AgreementID, number: Int64? = nil, _ state: inout CounterState, _ context: Context
  ) -> Account {
    var account = state.accounts[id] ?? Account(id: id, total: 0, number: number, version: 0)
    account.total += amount
    account.version += 1
    if !state.accounts.insert(account) { state.accounts.update(account) }
    state.additions.append(Addition(account: id, version: account.version, amount: amount, at: context.now))
    state.common.changed("account.counted", id, version: account.version, "now \(account.total)")
    return account
  }
}

enum Total: ReadOperation {
  static let method = Wire.Method.balanceGet

  static func queries(_ request: Callout_V1_BalanceGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    return [
      CounterTables.accounts.select(context.tenant, where: "r.account_id = $2", [Argument(id)]),
      Query(
        sql: "SELECT count(*) FROM additions a WHERE a.tenant_id = $1 AND a.account_id = $2",
        [Argument(context.tenant), Argument(id)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_BalanceGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_BalanceGetReply {
    let account = try results.one(0, of: CounterTables.accounts, named: "account")
    let count = try results.rows(1) { row throws(RowError) in try row.next(Int64.self) }
    return .with {
      $0.balance = account.total
      $0.held = count.first ?? 0
    }
  }
}

enum CounterService: ServiceDefinition {
  static let name = ServiceName.ledger
  static let tables = [AnyTable(CounterTables.accounts), AnyTable(CounterTables.additions)]
  static let writes = [WriteEntry(Add.self)]
  static let reads = [ReadEntry(Total.self)]
  static let migrations = [MigrationScript(101, "counter", Array(CounterTables.migration.utf8))]

  static func outgoing(_ event: CounterState.Event) -> [OutgoingEvent] {
    [
      OutgoingEvent(
        to: .intake, about: event.account.id, version: event.account.version,
        .notice(.with { $0.text = "\(event.account.total)" }))
    ]
  }

  static func needs(
    _ event: Callout_V1_Event, _ state: CounterState, _ needs: inout Needs<CounterState>
  ) throws(Refused) {
    needs.row(CounterTables.accounts, try AgreementID(field: "subject", event.subject))
  }

  static func apply(_ event: Callout_V1_Event, _ state: inout CounterState, _ context: inout Context) -> Decision<Void>
  {
    Decision { () throws(Refused) in
      let id = try AgreementID(field: "subject", event.subject)
      let amount = Int64(event.notice.text) ?? 0
      guard (state.accounts[id]?.total ?? 0) + amount >= 0 else {
        throw Refused(.conflict(state: "too small"), "News may not take more than there is.")
      }
      Counting.add(amount, to: id, &state, context)
    }
  }

  static func needs(_ timer: Policy.Timer, _ state: CounterState, _ needs: inout Needs<CounterState>) throws(Refused) {
    needs.row(CounterTables.accounts, timer.subject.as())
  }

  /// Doubles the account; one that is too small is refused.
  static func fire(_ timer: Policy.Timer, _ state: inout CounterState, _ context: inout Context) -> Decision<Void> {
    let id = timer.subject.as(Kind.Agreement.self)
    guard let account = state.accounts[id], account.total > 0 else {
      return .refused(Refused(.conflict(state: "empty"), "There is nothing to double."))
    }
    Counting.add(account.total, to: id, &state, context)
    return .accepted(())
  }
}
