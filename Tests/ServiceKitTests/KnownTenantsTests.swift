import Policy
import Testing

@testable import ServiceKit

@Suite("Tenants that a lane knows")
struct KnownTenantsTests {
  private static func known(rowsMax: Int) -> KnownTenants<CounterState> {
    let common = CommonTables<CounterState>()
    return KnownTenants(rowsMax: rowsMax, common: common, tables: common.all + CounterService.tables, seed: 1)
  }

  private static func id(_ number: UInt64) -> TenantID { TenantID(high: 0, low: number) }

  /// Serves a tenant: it gets `rows` accounts, and its transaction is committed.
  private static func serve(_ number: UInt64, rows: UInt64, _ known: inout KnownTenants<CounterState>) {
    let tenant = known.take(id(number))
    tenant.locked(writes: 0)
    for row in 0..<rows {
      tenant.state.accounts.insert(Account(id: AgreementID(high: 0, low: row), total: 1, number: nil, version: 1))
    }
    known.keep([tenant])
  }

  @Test("A tenant's identifiers of one instant rise, even through a batch that came to nothing")
  func rising() {
    var known = Self.known(rowsMax: 100)
    let tenant = TenantID(high: 1, low: 1)
    var ids: [TicketID] = []
    // It is never kept, as after a batch that failed.
    for _ in 0..<20 { ids.append(known.take(tenant).ids.next(at: .epoch)) }
    #expect(ids == ids.sorted() && Set(ids).count == 20)
  }

  @Test("what was committed is known, and is no change any more")
  func keeps() {
    var known = Self.known(rowsMax: 10)
    Self.serve(1, rows: 3, &known)
    let tenant = known.take(Self.id(1))
    #expect(tenant.state.accounts.count == 3)
    #expect(!tenant.state.accounts.isChanged)
    #expect(known.rowCount == 0)
  }

  @Test("a tenant that was handed out and not kept is forgotten: its batch failed")
  func failed() {
    var known = Self.known(rowsMax: 10)
    Self.serve(1, rows: 3, &known)
    _ = known.take(Self.id(1))
    #expect(known.take(Self.id(1)).state.accounts.isEmpty)
  }

  @Test("rows that were read under another count of transactions are forgotten", arguments: [(0, 3), (1, 0), (nil, 0)])
  func stale(writes: Int64?, rows: Int) {
    var known = Self.known(rowsMax: 10)
    Self.serve(1, rows: 3, &known)
    let tenant = known.take(Self.id(1))
    tenant.locked(writes: writes)
    #expect(tenant.state.accounts.count == rows)
  }

  @Test("it keeps exactly as many rows as it may; one more drops the tenant that was served longest ago")
  func bound() {
    var known = Self.known(rowsMax: 6)
    Self.serve(1, rows: 3, &known)
    Self.serve(2, rows: 3, &known)
    #expect(known.rowCount == 6)
    Self.serve(1, rows: 3, &known)
    Self.serve(3, rows: 1, &known)
    #expect(known.rowCount == 4)
    #expect(known.take(Self.id(2)).state.accounts.isEmpty)
    #expect(known.take(Self.id(1)).state.accounts.count == 3)
  }

  @Test("what was inserted is known under its key, with the groups that belong to it; other keys are not")
  func inserted() {
    let common = CommonTables<CounterState>()
    let group = CounterTables.accounts.group(by: "account_id", of: AgreementID.self)
    var known = KnownTenants(
      rowsMax: 10, common: common, tables: [AnyTable(CounterTables.accounts, owning: [Belongings(group)])],
      seed: 1)
    Self.serve(1, rows: 3, &known)
    let tenant = known.take(Self.id(1))
    let inserted = AgreementID(high: 0, low: 2)
    tenant.needs.row(CounterTables.accounts, inserted)
    tenant.needs.rows(group, inserted)
    #expect(tenant.needs.pending[ObjectIdentifier(CounterTables.accounts)] == nil)
    #expect(tenant.needs.pending[ObjectIdentifier(group)] == nil)
    let other = AgreementID(high: 0, low: 3)
    tenant.needs.row(CounterTables.accounts, other)
    tenant.needs.rows(group, other)
    #expect(tenant.needs.pending[ObjectIdentifier(CounterTables.accounts)] != nil)
    #expect(tenant.needs.pending[ObjectIdentifier(group)] != nil)
  }

  @Test("a row that belongs to an inserted one is known under the key that this one makes; other keys are not")
  func belonging() {
    let common = CommonTables<CounterState>()
    let following = Belongings(CounterTables.accounts) { (owner: AgreementID) in
      AgreementID(high: owner.high, low: owner.low + 10)
    }
    var known = KnownTenants(
      rowsMax: 10, common: common, tables: [AnyTable(CounterTables.accounts, owning: [following])], seed: 1)
    Self.serve(1, rows: 3, &known)
    let tenant = known.take(Self.id(1))
    tenant.needs.row(CounterTables.accounts, AgreementID(high: 0, low: 12))
    #expect(tenant.needs.pending[ObjectIdentifier(CounterTables.accounts)] == nil)
    tenant.needs.row(CounterTables.accounts, AgreementID(high: 0, low: 13))
    #expect(tenant.needs.pending[ObjectIdentifier(CounterTables.accounts)] != nil)
  }

  @Test("a tenant that does not exist is not remembered")
  func unknown() {
    var known = Self.known(rowsMax: 6)
    let tenant = known.take(Self.id(1))
    tenant.locked(writes: nil)
    tenant.state.accounts.insert(Account(id: AgreementID(high: 0, low: 1), total: 1, number: nil, version: 1))
    known.keep([tenant])
    #expect(known.rowCount == 0)
    #expect(known.take(Self.id(1)).state.accounts.isEmpty)
  }

  @Test("identifiers of one tenant and instant rise, whichever tenants are served in between")
  func identifiers() {
    var known = Self.known(rowsMax: 10)
    let now = Instant(milliseconds: 1_772_000_000_000)
    var made: [UInt64: [TicketID]] = [:]
    for number in [1, 2, 1, 2, 2, 1, 1] as [UInt64] {
      let tenant = known.take(Self.id(number))
      tenant.locked(writes: 0)
      for _ in 0..<3 { made[number, default: []].append(tenant.ids.next(at: number == 1 ? now : now + .hours(1))) }
      known.keep([tenant])
    }
    for ids in made.values { #expect(ids.count > 3 && ids == ids.sorted()) }
    #expect(made[1]?.first != made[2]?.first)
  }
}
