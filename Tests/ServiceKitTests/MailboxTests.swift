import Policy
import Testing

@testable import ServiceKit

@Suite("The mailbox of a lane")
struct MailboxTests {
  private func tenant(_ number: UInt64) -> TenantID { TenantID(high: 0, low: number) }

  @Test("a batch takes from every tenant in turn, so that a busy one starves nobody")
  func fairShare() {
    let mailbox = Mailbox<String>(countMax: 1_000, batchMax: 6)
    _ = mailbox.put((1...100).map { (tenant(1), "a\($0)") })
    _ = mailbox.put([(tenant(2), "b1"), (tenant(3), "c1"), (tenant(2), "b2")])
    #expect(mailbox.take() == ["a1", "b1", "c1", "a2", "b2", "a3"])
    #expect(mailbox.take() == ["a4", "a5", "a6", "a7", "a8", "a9"])
  }

  @Test("a lane that is set so takes one tenant a batch, and each in its turn")
  func oneTenant() {
    let mailbox = Mailbox<String>(countMax: 100, batchMax: 2, oneTenantABatch: true)
    _ = mailbox.put([(tenant(1), "a1"), (tenant(2), "b1"), (tenant(1), "a2"), (tenant(1), "a3")])
    #expect(mailbox.take() == ["a1", "a2"])
    #expect(mailbox.take() == ["b1"])
    #expect(mailbox.take() == ["a3"])
    #expect(mailbox.take().isEmpty)
  }

  @Test("a heavy item takes the room of several; one that is too heavy for any batch has one of its own")
  func weights() {
    let mailbox = Mailbox<Int>(countMax: 100, batchMax: 4, weight: { $0 })
    _ = mailbox.put([1, 3, 1, 9, 2, 2].map { (tenant(1), $0) })
    #expect(mailbox.take() == [1, 3])
    #expect(mailbox.take() == [1])
    #expect(mailbox.take() == [9])
    #expect(mailbox.take() == [2, 2])
    #expect(mailbox.count == 0)
  }

  @Test("it takes exactly as many as it holds, and says that the next is too many")
  func bound() {
    let mailbox = Mailbox<Int>(countMax: 3, batchMax: 10)
    #expect(mailbox.put((1...3).map { (tenant(1), $0) }).refused.isEmpty)
    let admission = mailbox.put([(tenant(1), 4)])
    #expect(admission.refused.map(\.item) == [4])
    #expect(admission.refused.map(\.reason) == [.full])
  }

  @Test("one burst wakes the lane once, and again only after it has slept")
  func wakes() {
    let mailbox = Mailbox<Int>(countMax: 10, batchMax: 10)
    #expect(mailbox.put([(tenant(1), 1)]).wake)
    #expect(!mailbox.put([(tenant(1), 2)]).wake)
    #expect(mailbox.take() == [1, 2])
    #expect(!mailbox.put([(tenant(1), 3)]).wake)
    #expect(mailbox.take() == [3])
    #expect(mailbox.take().isEmpty)
    #expect(mailbox.put([(tenant(1), 4)]).wake)
  }

  @Test("a closed mailbox refuses, and still gives out what it holds")
  func closed() {
    let mailbox = Mailbox<Int>(countMax: 10, batchMax: 10)
    _ = mailbox.put([(tenant(1), 1)])
    mailbox.close()
    #expect(mailbox.put([(tenant(1), 2)]).refused.map(\.reason) == [.closed])
    #expect(mailbox.take() == [1])
  }
}
