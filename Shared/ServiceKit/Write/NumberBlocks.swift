import Policy

/// What a lane keeps of the numbers that it has taken for tenants.
///
/// A tenant's first block is as long as its first batch needs, and each further one is twice the last, so that small
/// tenants have no gaps and busy ones seldom touch their counter.
struct NumberBlocks {
  /// The longest block that is taken ahead of need.
  static let blockMax = 128
  /// The most tenants whose remainders are kept; beyond it all are let go, which leaves gaps and nothing worse.
  static let tenantsMax = 10_000

  private struct Kept {
    var block: Range<Int64>
    var size: Int
  }

  private var kept: [TenantID: [String: Kept]] = [:]
  private var taken: [TenantID: [String: Kept]] = [:]

  /// One block to take.
  struct Order {
    let tenant: TenantID
    let sequence: String
    let size: Int
  }

  /// Gives the tenants what is left for them, and says what must be taken beside.
  mutating func orders<State>(for tenants: [KnownTenant<State>]) -> [Order] {
    taken.removeAll()
    var orders: [Order] = []
    for tenant in tenants {
      for (sequence, wanted) in tenant.needs.numbers.sorted(by: { $0.key < $1.key }) {
        let present = tenant.withCommon { $0.numbers.blocks[sequence] }
        let left = present ?? kept[tenant.id]?[sequence]?.block ?? 0..<0
        if present == nil, !left.isEmpty { tenant.withCommon { $0.numbers.load(sequence, block: left) } }
        guard left.count < wanted else { continue }
        let last = kept[tenant.id]?[sequence]?.size ?? 0
        orders.append(
          Order(tenant: tenant.id, sequence: sequence, size: max(wanted - left.count, min(last * 2, Self.blockMax), 1)))
      }
    }
    return orders
  }

  /// Gives a tenant the block that was taken for it: joined to what was left if it follows on, else in its place.
  mutating func take<State>(_ order: Order, end: Int64, for tenant: KnownTenant<State>) {
    let block = (end - Int64(order.size))..<end
    let left = tenant.withCommon { $0.numbers.blocks[order.sequence] } ?? 0..<0
    let joined = !left.isEmpty && left.upperBound == block.lowerBound ? left.lowerBound..<block.upperBound : block
    tenant.withCommon { $0.numbers.load(order.sequence, block: joined) }
    taken[tenant.id, default: [:]][order.sequence] = Kept(block: joined, size: order.size)
  }

  /// Keeps what the batch has left over: its transaction is committed.
  mutating func committed<State>(_ tenants: [KnownTenant<State>]) {
    if kept.count > Self.tenantsMax { kept.removeAll() }
    for tenant in tenants {
      for (sequence, block) in tenant.withCommon({ $0.numbers.blocks }) {
        let size = taken[tenant.id]?[sequence]?.size ?? kept[tenant.id]?[sequence]?.size ?? 0
        kept[tenant.id, default: [:]][sequence] = Kept(block: block, size: size)
      }
    }
  }

  /// Lets go of what a batch of unknown outcome may have used.
  mutating func unknown<State>(_ tenants: [KnownTenant<State>]) {
    for tenant in tenants where !tenant.needs.numbers.isEmpty { kept.removeValue(forKey: tenant.id) }
  }
}
