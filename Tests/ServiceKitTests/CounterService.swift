import Policy
import Postgres
import ServiceKit
import SwiftProtobuf
import Wire

// The smallest service that uses everything the kit offers: accounts that count.

/// An account of the test service.
struct Counter: Record {
  let id: AccountID
  var total: Int64
  var number: Int64?
  var version: Int64

  var key: AccountID { id }
  var group: AccountID { id }
}

/// One addition to an account.
struct Addition: Sendable, Equatable {
  let account: AccountID
  let version: Int64
  let amount: Int64
  let at: Instant
}

struct CounterState: ServiceState {
  enum Event: Sendable {
    case counted(Counter)
  }

  var common: CommonState<Event>
  var counters = Records<Counter>()
  var additions = Appends<Addition>()

  init(tenant: TenantID) { common = CommonState(tenant: tenant) }
}

enum CounterTables {
  static let counters = Table(
    "counters_of_test", \CounterState.counters,
    key: [Column("account_id") { $0 }],
    columns: [Column("total", \.total), Column("number", fixed: true, \.number), Column("version", \.version)]
  ) { row throws(RowError) in
    Counter(id: try row.next(), total: try row.next(), number: try row.next(), version: try row.next())
  }

  static let additions = Journal(
    "additions_of_test", \CounterState.additions,
    columns: [
      Column("account_id", \.account), Column("version", \.version), Column("amount", \.amount), Column("at", \.at),
    ])
}
