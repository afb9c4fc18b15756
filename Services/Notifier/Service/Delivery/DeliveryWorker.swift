import Logging
import NotifierRules
import Policy
import ServiceKit
import Synchronization

/// A delivery that this process has claimed, for its next attempt.
struct ClaimedDelivery: Sendable, Equatable {
  /// What tells claims apart.
  struct Key: Hashable, Comparable, Sendable {
    let tenant: TenantID
    let delivery: DeliveryID

    static func < (a: Key, b: Key) -> Bool { (a.tenant, a.delivery) < (b.tenant, b.delivery) }
  }

  let tenant: TenantID
  let delivery: Delivery
  /// The number of the attempt, from 1.
  var number: Int { delivery.attempts + 1 }
  var key: Key { Key(tenant: tenant, delivery: delivery.id) }
}

/// What a claim leaves out, and how much it takes.
struct ClaimLimits: Sendable {
  /// About how many deliveries.
  var count: Int
  /// Destinations that have no place.
  var full: [String]
  /// Whose; of all tenants if nil.
  var tenants: Set<TenantID>?
  /// Whether more of a tenant's may be claimed.
  var hasRoom: @Sendable (TenantID) -> Bool
}

/// Where deliveries that wait come from, and what came of an attempt goes to.
protocol DeliveryStore: Sendable {
  /// Claims deliveries whose time has come, so that no other process attempts them for as long as the lease lasts.
  func claim(_ limits: ClaimLimits) async throws -> [ClaimedDelivery]
  /// Lets the leases of claims last anew.
  func renew(_ claims: [ClaimedDelivery.Key]) async throws
  /// Ends claims, so that any process may make them.
  func release(_ claims: [ClaimedDelivery.Key]) async throws
  /// Records what came of an attempt. The same attempt is recorded once, however often it is reported.
  func report(_ claimed: ClaimedDelivery, _ result: DeliveryReport.Result, outcome: String) async throws
}

/// Attempts the deliveries whose time has come.
///
/// An attempt is made first and recorded afterwards: a process that dies in between leaves a claim that ends, and the
/// message leaves again under the same id. So none is lost, and at worst one is seen twice. A claim that this process is at
/// work on, or has waiting, is renewed for as long as that takes.
struct DeliveryWorker: Sendable {
  /// How often what came of an attempt is reported before it is left to the next claim.
  static let reportsMax = 3
  /// How often claims are renewed.
  static let renewalInterval = Duration.seconds(3)

  let store: any DeliveryStore
  let channel: any DeliveryChannel
  let logger: Logger
  let interval: Duration
  let uptime: @Sendable () -> Duration
  let sleep: @Sendable (Duration) async throws -> Void
  private let wait: @Sendable (Duration) async -> Set<TenantID>
  private let bulkheads = Held()

  /// What is under way, for the tasks that are.
  private final class Held: Sendable {
    let state = Mutex(Bulkheads())
  }

  /// - Parameters:
  ///   - interval: How often all tenants are asked, however much there is to do.
  ///   - wait: Returns when some tenants may have more to do, and which, or with none when the time has passed.
  init(
    store: any DeliveryStore, channel: any DeliveryChannel, logger: Logger, interval: Duration,
    uptime: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    wait: @escaping @Sendable (Duration) async -> Set<TenantID>
  ) {
    self.store = store
    self.channel = channel
    self.logger = logger
    self.interval = interval
    self.uptime = uptime
    self.sleep = sleep
    self.wait = wait
  }

  /// Attempts what is due until the task is cancelled, and then ends what is under way.
  func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await renew() }
      // Whose deliveries are claimed next; of all tenants if nil.
      var tenants: Set<TenantID>?
      var allAsked = uptime()
      while !Task.isCancelled {
        if tenants == nil { allAsked = uptime() }
        var isComplete = false
        do {
          isComplete = try await claim(of: tenants)
        } catch is CancellationError {
          break
        } catch {
          logger.warning("deliveries could not be claimed", metadata: ["error": "\(error)"])
        }
        let begun = bulkheads.state.withLock { $0.begin() }
        for one in begun { group.addTask { await attempt(from: one) } }
        let busy = await wait(max(.zero, interval - (uptime() - allAsked)))
        let isDue = uptime() - allAsked >= interval
        tenants = isComplete && !isDue ? busy : nil
      }
      group.cancelAll()
    }
    let abandoned = bulkheads.state.withLock { $0.abandon() }
    try? await store.release(abandoned.map(\.key))
  }

  /// Claims for some tenants, or all; returns false if others may have been left out for want of room.
  private func claim(of tenants: Set<TenantID>?) async throws -> Bool {
    let held = bulkheads
    let (room, full) = held.state.withLock { ($0.room, $0.full) }
    guard room > 0 else { return false }
    if tenants?.isEmpty ?? false { return true }
    let claimed = try await store.claim(
      ClaimLimits(count: room, full: full, tenants: tenants) { tenant in held.state.withLock { $0.hasRoom(tenant) } })
    held.state.withLock { $0.claimed(claimed) }
    return claimed.count < room
  }

  /// Keeps what is claimed until it is over.
  private func renew() async {
    while (try? await sleep(Self.renewalInterval)) != nil {
      let claims = bulkheads.state.withLock { $0.claimed }.sorted()
      if claims.isEmpty { continue }
      do {
        try await store.renew(claims)
      } catch {
        logger.warning("claims of deliveries could not be renewed", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Attempts one, and then those that take its place.
  private func attempt(from first: ClaimedDelivery) async {
    var next: ClaimedDelivery? = first
    while let claimed = next {
      await attempt(claimed)
      // Once the task is cancelled nothing begins any more.
      let goesOn = !Task.isCancelled
      next = bulkheads.state.withLock { bulkheads in
        bulkheads.ended(claimed)
        return goesOn ? bulkheads.begin(1).first : nil
      }
    }
  }

  private func attempt(_ claimed: ClaimedDelivery) async {
    let result: DeliveryReport.Result
    let outcome: String
    do {
      outcome = try await channel.deliver(OutgoingMessage(tenant: claimed.tenant, delivery: claimed.delivery))
      result = .sent
    } catch {
      outcome = error.text
      result = error.isFinal ? .never : .again(after: error.after)
    }
    for number in 1...Self.reportsMax {
      do {
        try await store.report(claimed, result, outcome: outcome)
        break
      } catch {
        logger.warning(
          "an attempt to deliver could not be recorded",
          metadata: ["delivery": "\(claimed.delivery.id)", "attempt": "\(claimed.number)", "error": "\(error)"])
        if number < Self.reportsMax { try? await sleep(.milliseconds(200)) }
      }
    }
  }
}
