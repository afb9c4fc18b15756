import DequeModule
import Policy

/// A tenant as a lane knows it: its rows as of the last commit, and what its commands need.
///
/// Every transaction that writes for a tenant locks the tenant first and counts it (`tenants.writes`). While that count is
/// what it was when the rows were read, nobody else has written, and the rows need not be read again.
final class KnownTenant<State: ServiceState> {
  let id: TenantID
  private let common: CommonTables<State>
  var state: State
  var needs: Needs<State>
  /// The tenant's count of transactions when the rows were read; nil for a tenant that is not known to exist.
  var writes: Int64?
  /// Whether it has rows of a batch before this one.
  private(set) var isKept = false
  /// Whether the rows were forgotten since the last commit, since another process has written.
  private(set) var isForgotten = false
  /// Rows that are kept from batch to batch.
  fileprivate(set) var rowCount = 0
  /// Where its new identifiers come from: its own, so that those of one instant rise, whomever the lane serves meanwhile.
  var ids: IdentifierSource {
    get { source.ids }
    set { source.ids = newValue }
  }
  private let source: TenantIdentifiers

  init(id: TenantID, common: CommonTables<State>, ids: TenantIdentifiers) {
    self.id = id
    self.common = common
    self.source = ids
    self.state = State(tenant: id)
    self.needs = Needs(common: common)
    needs.want(common.tenants, id)
  }

  /// The tenant's row, if this service has it.
  var present: Tenant? { state.withCommon { $0.tenant } }

  /// A published plan that is here.
  func plan(_ version: PlanVersion) -> Plan? { state.withCommon { $0.plans[version] } }

  /// Lends what is common to all services: reading it out of the state copies all of it.
  func withCommon<Value>(_ body: (inout CommonState<State.Event>) -> Value) -> Value { state.withCommon(body) }

  /// Where a command begins.
  func mark(_ tables: [AnyTable<State>]) -> TenantMark {
    TenantMark(common: state.withCommon { $0.mark() }, tables: Self.places(in: tables, &state))
  }

  /// Every command marks every table: the state is lent once for all of them.
  private static func places(in tables: [AnyTable<State>], _ state: inout State) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(tables.count)
    for table in tables { places.append(table.mark(&state)) }
    return places
  }

  /// Undoes everything since `mark`.
  func rollback(_ tables: [AnyTable<State>], to mark: TenantMark) {
    for (table, place) in zip(tables, mark.tables) { table.rollback(&state, place) }
    state.withCommon { $0.rollback(to: mark.common) }
  }

  /// Takes the count that the database holds, and forgets what was read under another.
  func locked(writes: Int64?) {
    defer { self.writes = writes }
    guard isKept, self.writes != writes else { return }
    state = State(tenant: id)
    needs = Needs(common: common)
    needs.want(common.tenants, id)
    isForgotten = true
  }

  /// The batch is committed: what the commands made of the rows is what the database holds.
  fileprivate func settle(_ tables: [AnyTable<State>]) {
    needs.settle()
    rowCount = Self.settle(tables, &state, &needs)
    state.withCommon { $0.settle() }
    isForgotten = false
    isKept = true
  }

  /// Settles every table; returns how many rows are kept.
  private static func settle(_ tables: [AnyTable<State>], _ state: inout State, _ needs: inout Needs<State>) -> Int {
    var count = 0
    for table in tables { count += table.settle(&state, &needs) }
    return count
  }
}

/// Where a tenant's identifiers come from. It outlives what is known of the tenant, so that they rise through a batch that
/// came to nothing.
final class TenantIdentifiers {
  fileprivate var ids: IdentifierSource

  init(seed: UInt64) { ids = IdentifierSource(seed: seed) }
}

/// A point that a tenant's rows can be put back to.
struct TenantMark {
  fileprivate let common: CommonMark
  fileprivate let tables: [Int]
}

/// The tenants that a lane knows, those served last.
struct KnownTenants<State: ServiceState> {
  /// The most rows that are kept, of all tenants together.
  let rowsMax: Int
  private let common: CommonTables<State>
  private let tables: [AnyTable<State>]
  private var tenants: [TenantID: (tenant: KnownTenant<State>, turn: UInt64)] = [:]
  /// In the order in which they were served; a tenant's earlier turns are stale.
  private var turns: Deque<(id: TenantID, turn: UInt64)> = []
  private var nextTurn: UInt64 = 0
  private(set) var rowCount = 0
  /// The seeds of the tenants' identifiers.
  private var seeds: IdentifierSource
  private var sources: [TenantID: TenantIdentifiers] = [:]
  /// The most tenants whose sources are kept.
  private static var sourcesMax: Int { 10_000 }

  /// Knows nobody.
  init(rowsMax: Int, common: CommonTables<State>, tables: [AnyTable<State>], seed: UInt64) {
    self.rowsMax = rowsMax
    self.seeds = IdentifierSource(seed: seed)
    self.common = common
    self.tables = tables
  }

  /// Hands a tenant out, to be served. Unless it is kept afterwards it is forgotten: a batch that fails leaves nothing.
  mutating func take(_ id: TenantID) -> KnownTenant<State> {
    guard let known = tenants.removeValue(forKey: id) else {
      return KnownTenant(id: id, common: common, ids: source(of: id))
    }
    rowCount -= known.tenant.rowCount
    return known.tenant
  }

  private mutating func source(of id: TenantID) -> TenantIdentifiers {
    if let source = sources[id] { return source }
    if sources.count >= Self.sourcesMax { sources.removeAll() }
    let source = TenantIdentifiers(seed: seeds.nextBits())
    sources[id] = source
    return source
  }

  /// Keeps tenants whose batch is committed, in place of those that were served longest ago.
  mutating func keep(_ served: [KnownTenant<State>]) {
    for tenant in served where tenant.writes != nil {
      tenant.settle(tables)
      if let other = tenants.updateValue((tenant, nextTurn), forKey: tenant.id) { rowCount -= other.tenant.rowCount }
      turns.append((tenant.id, nextTurn))
      nextTurn += 1
      rowCount += tenant.rowCount
    }
    while rowCount > rowsMax || turns.count > 2 * tenants.count + 16, let oldest = turns.popFirst() {
      guard let known = tenants[oldest.id], known.turn == oldest.turn else { continue }
      if rowCount > rowsMax {
        tenants.removeValue(forKey: oldest.id)
        rowCount -= known.tenant.rowCount
      } else {
        turns.append(oldest)
      }
    }
  }
}
