import Foundation
import Logging
import NotifierRules
import Policy
import SwiftProtobuf
import Synchronization
import Testing
import Transport
import Wire

@testable import NotifierService

@Suite("Claims of deliveries, and who works on them")
struct NotifierWorkerTests {
  private static func limits(
    _ count: Int = 100, full: [String] = [], of tenants: Set<TenantID>? = nil
  ) -> ClaimLimits {
    ClaimLimits(count: count, full: full, tenants: tenants) { _ in true }
  }

  @Test("A claim lasts while it is renewed, ends when it is not, and is anybody's once it is let go of")
  func leases() async throws {
    try await NotifierDesk.withService(
      { service, folder in
        let desk = try await NotifierDesk(service, folder: folder)
        try await desk.ticket()
        _ = try await service.ask(
          .clockAdvance, as: .service(name: "operator"), tenant: desk.tenant,
          .with { $0.toMs = (NotifierDesk.start + .hours(4) + .minutes(1)).milliseconds })
        while try await desk.deliveries().count < 2 { try await Task.sleep(for: .milliseconds(20)) }
        let (one, other) = (
          DatabaseDeliveries(access: service.background), DatabaseDeliveries(access: service.background)
        )
        #expect(try await one.claim(Self.limits(of: [TenantID(high: 1, low: 1)])).isEmpty)
        let claims = try await one.claim(Self.limits(of: [desk.tenant])).map(\.key)
        #expect(claims.count == 2)
        #expect(try await other.claim(Self.limits()).isEmpty)

        // Renewed in its last second, it lasts as long as a new one.
        try service.database.asSuperuser(
          "UPDATE deliveries SET claimed_until = clock_timestamp() + interval '1 second'")
        try await one.renew(claims)
        let long = "SELECT count(*) FROM deliveries WHERE claimed_until > clock_timestamp() + interval '5 seconds'"
        #expect(try service.database.number(long) == 2)
        #expect(try await other.claim(Self.limits()).isEmpty)

        // Its process died, and its time is over.
        try service.database.asSuperuser(
          "UPDATE deliveries SET claimed_until = clock_timestamp() - interval '1 second'")
        #expect(try await other.claim(Self.limits()).map(\.number) == [1, 1])
        try await other.release(claims)
        #expect(try await one.claim(Self.limits(full: ["email"])).map(\.delivery.method) == [.pager])
        try await one.release(claims)
        let withoutPager = DatabaseDeliveries(access: service.background, without: [.pager])
        #expect(try await withoutPager.claim(Self.limits(full: ["email"])).isEmpty)
        #expect(try await withoutPager.claim(Self.limits()).map(\.delivery.method) == [.email])

        // What was reported is not claimed again, and a report of the same attempt from another process changes nothing.
        let email = try #require(try await desk.deliveries().first { $0.method == "email" })
        let claim = try await Self.claim(email, desk)
        for _ in 0..<2 { try await one.report(claim, .sent, outcome: "taken") }
        try await one.report(claim, .never, outcome: "refused")
        #expect(try await desk.deliveries().first { $0.method == "email" }?.attempts.map(\.outcome) == ["taken"])
      }, works: false)
  }

  private static func claim(_ delivery: Callout_V1_Delivery, _ desk: NotifierDesk) async throws -> ClaimedDelivery {
    ClaimedDelivery(
      tenant: desk.tenant,
      delivery: Delivery(
        id: try #require(DeliveryID(bytes: delivery.id)),
        cause: .escalation(try #require(EscalationID(bytes: delivery.escalationID))), step: 1, personID: nil,
        recipient: "", method: .email, address: delivery.address, subject: "", text: "",
        createdAt: Instant(milliseconds: delivery.createdMs)))
  }

  /// A store of deliveries of one destination, which remembers what it was told.
  private final class Store: DeliveryStore {
    struct Seen {
      var left: [ClaimedDelivery]
      /// Of which tenants it was asked, one entry a claim.
      var asked: [Set<TenantID>?] = []
      var renewals: [[ClaimedDelivery.Key]] = []
      var released: [ClaimedDelivery.Key] = []
      var reports: [(DeliveryReport.Result, String)] = []
      /// How often a report fails before one succeeds.
      var failures = 0
    }

    struct Away: Error {}

    let seen: Mutex<Seen>

    init(count: Int) {
      seen = Mutex(
        Seen(
          left: (0..<count).map { number in
            ClaimedDelivery(
              tenant: TenantID(high: 1, low: 1),
              delivery: Delivery(
                id: DeliveryID(high: 2, low: UInt64(number)), cause: .notice(NoticeID(high: 3, low: 3)), step: 0,
                personID: nil, recipient: "", method: .sms, address: "+65", subject: "", text: "", createdAt: .epoch))
          }))
    }

    func claim(_ limits: ClaimLimits) async throws -> [ClaimedDelivery] {
      seen.withLock { seen in
        defer { seen.left = [] }
        seen.asked.append(limits.tenants)
        return seen.left
      }
    }
    func renew(_ claims: [ClaimedDelivery.Key]) async throws { seen.withLock { $0.renewals.append(claims) } }
    func release(_ claims: [ClaimedDelivery.Key]) async throws { seen.withLock { $0.released += claims } }
    func report(_ claimed: ClaimedDelivery, _ result: DeliveryReport.Result, outcome: String) async throws {
      try seen.withLock { seen in
        if seen.failures > 0 {
          seen.failures -= 1
          throw Away()
        }
        seen.reports.append((result, outcome))
      }
    }
  }

  /// A channel that answers once it is told to, or its task is cancelled.
  private final class Gate: DeliveryChannel {
    let isOpen = Mutex(false)
    let count = Mutex(0)
    let failure: DeliveryFailure?

    init(_ failure: DeliveryFailure? = nil) { self.failure = failure }

    func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String {
      count.withLock { $0 += 1 }
      while !isOpen.withLock({ $0 }) {
        if Task.isCancelled { throw DeliveryFailure(text: "stopped") }
        await Task.yield()
      }
      if let failure { throw failure }
      return "taken"
    }
  }

  private static func worker(
    _ store: Store, _ gate: Gate, interval: Duration = .zero, uptime: @escaping @Sendable () -> Duration = { .zero },
    wait: @escaping @Sendable (Duration) async -> Set<TenantID> = { _ in
      await Task.yield()
      return []
    }
  ) -> DeliveryWorker {
    DeliveryWorker(
      store: store, channel: gate, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, interval: interval,
      uptime: uptime,
      sleep: { _ in
        await Task.yield()
        try Task.checkCancellation()
      }, wait: wait)
  }

  @Test("Those are asked whose deliveries have changed, and all at every interval, however much changes")
  func asked() async {
    let (store, gate) = (Store(count: 0), Gate())
    let busy = TenantID(high: 7, low: 7)
    let waits = Mutex<[Duration]>([])
    let worker = Self.worker(
      store, gate, interval: .seconds(3), uptime: { .seconds(waits.withLock { $0.count }) }
    ) { atMost in
      await Task.yield()
      return waits.withLock { waits in
        waits.append(atMost)
        return waits.count == 2 ? [] : [busy]
      }
    }
    let task = Task { await worker.run() }
    await Self.until { waits.withLock { $0.count } >= 7 }
    task.cancel()
    await task.value
    // After the second wait nobody has anything to do, and the store is not asked.
    #expect(store.seen.withLock { Array($0.asked.prefix(5)) } == [nil, [busy], nil, [busy], [busy]])
    #expect(waits.withLock { Array($0.prefix(4)) } == [.seconds(3), .seconds(2), .seconds(1), .seconds(3)])
  }

  private static func until(_ holds: () -> Bool) async { while !holds() { await Task.yield() } }

  @Test(
    "What is under way and what waits for a place is renewed until it is over; eight are attempted at once, then the rest"
  )
  func renewed() async {
    let (store, gate) = (Store(count: 20), Gate())
    let task = Task { await Self.worker(store, gate).run() }
    await Self.until {
      store.seen.withLock { $0.renewals.contains { $0.count == 20 } } && gate.count.withLock { $0 == 8 }
    }
    let renewals = store.seen.withLock { $0.renewals.count }
    await Self.until { store.seen.withLock { $0.renewals.count > renewals + 10 } }
    #expect(gate.count.withLock { $0 } == Bulkheads.destinationMax && store.seen.withLock { $0.reports.isEmpty })
    gate.isOpen.withLock { $0 = true }
    await Self.until { store.seen.withLock { $0.reports.count == 20 } }
    task.cancel()
    await task.value
    #expect(store.seen.withLock { $0.reports.allSatisfy { $0 == .sent && $1 == "taken" } })
    #expect(store.seen.withLock { $0.released.isEmpty })
  }

  @Test("A process that is told to end ends what is under way, records it, and lets go of what it had waiting")
  func stopped() async {
    let (store, gate) = (Store(count: 20), Gate())
    let task = Task { await Self.worker(store, gate).run() }
    await Self.until { gate.count.withLock { $0 == 8 } }
    task.cancel()
    await task.value
    #expect(gate.count.withLock { $0 } == 8)
    #expect(store.seen.withLock { $0.reports.count == 8 && $0.released.count == 12 })
    #expect(store.seen.withLock { $0.reports.allSatisfy { $0 == .again(after: nil) && $1 == "stopped" } })
  }

  @Test("A report that fails is made again, three times; then the claim is left to end", arguments: [2, 3])
  func reports(failures: Int) async {
    let (store, gate) = (Store(count: 1), Gate(DeliveryFailure(text: "no", isFinal: true)))
    store.seen.withLock { $0.failures = failures }
    gate.isOpen.withLock { $0 = true }
    let task = Task { await Self.worker(store, gate).run() }
    await Self.until { store.seen.withLock { $0.failures == 0 } }
    await Self.until { store.seen.withLock { $0.reports.count == (failures < DeliveryWorker.reportsMax ? 1 : 0) } }
    task.cancel()
    await task.value
    #expect(store.seen.withLock { $0.reports.map(\.0) } == (failures < DeliveryWorker.reportsMax ? [.never] : []))
  }
}
