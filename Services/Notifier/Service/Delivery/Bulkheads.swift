import NotifierRules
import Policy

/// Keeps destinations apart: each has a few places, so that a slow one takes none of the others'. What is claimed and finds
/// no place waits here, and no more is claimed of it meanwhile.
struct Bulkheads {
  /// How many attempts may be under way at one destination at once.
  static let destinationMax = 8
  /// How many of one tenant may be claimed, under way or waiting; a tenant with many slow destinations delays itself alone.
  static let tenantMax = 64
  /// How many attempts may be under way in all.
  static let allMax = 256
  /// How many may be claimed in all.
  static let claimedMax = 1_024

  private var running: [String: Int] = [:]
  private var runningCount = 0
  private var tenants: [TenantID: Int] = [:]
  /// Claimed and not begun, oldest first.
  private(set) var waiting: [ClaimedDelivery] = []
  /// Claimed, under way or waiting.
  private(set) var claimed: Set<ClaimedDelivery.Key> = []

  /// How many more may be claimed.
  var room: Int { max(0, Self.claimedMax - claimed.count) }

  /// Destinations of which no more is claimed, in order.
  var full: [String] {
    var full = Set(waiting.map(\.delivery.destination))
    for (destination, count) in running where count >= Self.destinationMax { full.insert(destination) }
    return full.sorted()
  }

  /// Whether more of a tenant's may be claimed.
  func hasRoom(_ tenant: TenantID) -> Bool { tenants[tenant, default: 0] < Self.tenantMax }

  /// Takes what was claimed; what is here already stays as it is.
  mutating func claimed(_ deliveries: [ClaimedDelivery]) {
    for delivery in deliveries where claimed.insert(delivery.key).inserted {
      tenants[delivery.tenant, default: 0] += 1
      waiting.append(delivery)
    }
  }

  /// Those that may begin, at most so many, which they then have.
  mutating func begin(_ most: Int = allMax) -> [ClaimedDelivery] {
    var begun: [ClaimedDelivery] = []
    var left: [ClaimedDelivery] = []
    for delivery in waiting {
      let count = running[delivery.delivery.destination, default: 0]
      if begun.count < most, runningCount < Self.allMax, count < Self.destinationMax {
        running[delivery.delivery.destination] = count + 1
        runningCount += 1
        begun.append(delivery)
      } else {
        left.append(delivery)
      }
    }
    waiting = left
    return begun
  }

  /// An attempt that had begun is over.
  mutating func ended(_ delivery: ClaimedDelivery) {
    let destination = delivery.delivery.destination
    running[destination] = (running[destination] ?? 1) - 1
    if running[destination] == 0 { running[destination] = nil }
    runningCount -= 1
    forget(delivery)
  }

  /// Lets go of everything that waits, and says what it was.
  mutating func abandon() -> [ClaimedDelivery] {
    let abandoned = waiting
    waiting = []
    for delivery in abandoned { forget(delivery) }
    return abandoned
  }

  private mutating func forget(_ delivery: ClaimedDelivery) {
    claimed.remove(delivery.key)
    tenants[delivery.tenant] = (tenants[delivery.tenant] ?? 1) - 1
    if tenants[delivery.tenant] == 0 { tenants[delivery.tenant] = nil }
  }
}
