import NotifierRules
import Policy
import Testing

@testable import NotifierService

@Suite("Places of destinations")
struct NotifierBulkheadTests {
  private static func claimed(_ number: Int, host: String, tenant: Int = 1) -> ClaimedDelivery {
    ClaimedDelivery(
      tenant: TenantID(high: 1, low: UInt64(tenant)),
      delivery: Delivery(
        id: DeliveryID(high: 2, low: UInt64(number)), cause: .notice(NoticeID(high: 3, low: 3)), step: 0, personID: nil,
        recipient: "", method: .webhook, address: "https://\(host)/", subject: "", text: "", createdAt: .epoch))
  }

  @Test("A destination has eight places: the ninth waits, no more is claimed of it, and others go on")
  func destination() {
    var bulkheads = Bulkheads()
    bulkheads.claimed((0..<7).map { Self.claimed($0, host: "slow") })
    #expect(bulkheads.begin().count == 7 && bulkheads.full.isEmpty)
    bulkheads.claimed((7..<10).map { Self.claimed($0, host: "slow") } + [Self.claimed(20, host: "other")])
    #expect(bulkheads.begin().map(\.delivery.destination) == ["webhook slow", "webhook other"])
    #expect(bulkheads.full == ["webhook slow"] && bulkheads.waiting.count == 2)
    bulkheads.ended(Self.claimed(0, host: "slow"))
    #expect(bulkheads.begin(1).map(\.delivery.id.low) == [8])
    #expect(bulkheads.begin().isEmpty)
  }

  @Test("There are 256 places in all")
  func all() {
    var bulkheads = Bulkheads()
    bulkheads.claimed((0..<300).map { Self.claimed($0, host: "host-\($0)", tenant: $0) })
    #expect(bulkheads.begin().count == 256 && bulkheads.waiting.count == 44)
    #expect(bulkheads.room == Bulkheads.claimedMax - 300)
  }

  @Test("Of one tenant 64 may be claimed, so that it delays itself alone", arguments: [63, 64])
  func tenant(count: Int) {
    var bulkheads = Bulkheads()
    bulkheads.claimed((0..<count).map { Self.claimed($0, host: "slow") })
    #expect(bulkheads.hasRoom(TenantID(high: 1, low: 1)) == (count < 64))
    #expect(bulkheads.hasRoom(TenantID(high: 1, low: 2)))
    _ = bulkheads.begin()
    bulkheads.ended(Self.claimed(0, host: "slow"))
    #expect(bulkheads.hasRoom(TenantID(high: 1, low: 1)))
  }

  @Test("What is claimed twice is attempted once, and what is let go of may be claimed again")
  func twice() {
    var bulkheads = Bulkheads()
    let all = (0..<10).map { Self.claimed($0, host: "slow") }
    bulkheads.claimed(all)
    bulkheads.claimed(all)
    #expect(bulkheads.begin().count == 8 && bulkheads.claimed.count == 10)
    #expect(bulkheads.abandon().map(\.delivery.id.low) == [8, 9])
    #expect(bulkheads.claimed.count == 8 && bulkheads.full == ["webhook slow"])
  }
}
