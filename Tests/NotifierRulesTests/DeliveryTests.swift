import NotifierRules
import Policy
import Testing

@Suite("Deliveries and notices")
struct DeliveryTests {
  private static func desk() throws -> Desk {
    try Desk(ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]")
  }

  private static let delivery = Delivery(
    id: DeliveryID(high: 5, low: 5), cause: .notice(NoticeID(high: 6, low: 6)), step: 0, personID: nil,
    recipient: "Tan", method: .email, address: "tan@acme.example", subject: "Low", text: "Buy", createdAt: Desk.opened)

  private func report(
    _ desk: inout Desk, _ number: Int, succeeded: Bool
  ) -> Decision<Delivery> {
    var context = desk.context
    return DeliveryReport.decide(
      .init(deliveryID: Self.delivery.id, number: number, succeeded: succeeded, outcome: "said\nso"),
      &desk.state, &context)
  }

  @Test("An attempt is recorded once; a success ends the delivery")
  func sent() throws {
    var desk = try Self.desk()
    desk.state.deliveries.insert(Self.delivery)
    for _ in 0..<2 {
      let reply = try #require(report(&desk, 1, succeeded: true).reply)
      #expect(reply.state == .sent && !reply.isReady && reply.attempts == 1)
    }
    #expect(desk.state.attempts.elements.map(\.outcome) == ["said so"])
    #expect(report(&desk, 2, succeeded: false).reply?.state == .sent)
  }

  @Test("A failure waits for its time and is tried again, until the last attempt that it may have")
  func retried() throws {
    var desk = try Self.desk()
    desk.state.deliveries.insert(Self.delivery)
    for number in 1..<Retry.mostAttempts {
      #expect(report(&desk, number, succeeded: false).reply?.state == .waiting)
      let due = try #require(desk.state.common.timers.due(DeliveryReport.retryTimer, Self.delivery.id))
      #expect(due == desk.now + Retry.delay(after: number, of: Self.delivery.id))
      desk.now = due
      var context = desk.context
      _ = DeliveryReport.retryDue(Self.delivery.id, &desk.state, &context)
      #expect(desk.state.deliveries[Self.delivery.id]?.isReady == true)
    }
    let last = report(&desk, Retry.mostAttempts, succeeded: false).reply
    #expect(last?.state == .failed && last?.isReady == false)
    #expect(desk.state.attempts.elements.count == Retry.mostAttempts)
  }

  @Test("An attempt that skips a number is refused, and nothing is recorded")
  func skipped() throws {
    var desk = try Self.desk()
    desk.state.deliveries.insert(Self.delivery)
    #expect(report(&desk, 2, succeeded: true).refusal?.reason == .invalid(field: "number"))
    #expect(desk.state.attempts.isEmpty)
  }

  @Test("Delays double with jitter between half and all of it, up to a quarter of an hour, and repeat for the same id")
  func backoff() {
    for low in 0..<200 as Range<UInt64> {
      let id = DeliveryID(high: 1, low: low)
      for number in 1...Retry.mostAttempts {
        let full: Int64 = min(5_000 << Int64(number - 1), 900_000)
        let delay = Retry.delay(after: number, of: id)
        #expect((full / 2...full).contains(delay.milliseconds))
        #expect(Retry.delay(after: number, of: id) == delay)
      }
    }
    let delays = Set((0..<200 as Range<UInt64>).map { Retry.delay(after: 5, of: DeliveryID(high: 1, low: $0)) })
    #expect(delays.count > 100)
  }

  @Test("A notice goes to every contact with a mail address, once")
  func notice() throws {
    var desk = try Self.desk()
    desk.account("tan@acme.example", "", "no address", "lee@acme.example")
    desk.notice()
    desk.notice()
    #expect(desk.state.deliveries.all.map(\.address).sorted() == ["lee@acme.example", "tan@acme.example"])
  }

  @Test("A notice for an account that has no contact yet waits for one")
  func noticeWaits() throws {
    var desk = try Self.desk()
    desk.notice()
    desk.account()
    #expect(desk.state.deliveries.isEmpty)
    desk.account("tan@acme.example")
    desk.account("tan@acme.example", "lee@acme.example")
    #expect(desk.state.deliveries.all.map(\.address) == ["tan@acme.example"])
  }

  @Test(
    "What a contact method cannot be is refused",
    arguments: [
      ("fax", "+65"), ("email", "anna"), ("email", "a@b@c"), ("email", "@b"), ("email", "a\r\nBcc: c@d"),
      ("email", "a b@c"), ("email", "<a@b>"), ("email", "ä@b"), ("voice", "a@b"), ("voice", "+65 91"),
      ("sms", ""), ("webhook", "http://x"), ("pager", "x"),
    ])
  func methods(kind: String, address: String) throws {
    var desk = try Self.desk()
    var context = desk.context
    let decision = PersonSet.decide(
      .init(name: "Anna", methods: [.init(kind: kind, address: address)]), &desk.state, &context)
    #expect(decision.refusal?.reason.code == .invalid)
  }

  @Test("A person has at most ten contact methods", arguments: [10, 11])
  func bound(count: Int) throws {
    var desk = try Self.desk()
    var context = desk.context
    let methods = (0..<count).map { PersonSet.Request.Method(kind: "sms", address: "+65\($0)") }
    let decision = PersonSet.decide(.init(name: "Anna", methods: methods), &desk.state, &context)
    #expect((decision.refusal == nil) == (count == 10))
  }
}

extension Desk {
  mutating func account(_ emails: String...) {
    var context = context
    let contacts = emails.enumerated().map { index, email in
      AccountView.Contact(id: ContactID(high: 1, low: UInt64(index)), name: "Contact \(index)", email: email)
    }
    _ = AccountTold.decide(
      AccountView(id: Desk.accountID, name: "Acme", contacts: contacts), &state, &context)
  }

  mutating func notice() {
    var context = context
    _ = NoticeTold.decide(
      Notice(
        id: NoticeID(high: 6, low: 6), accountID: Desk.accountID, kind: "low-balance", subject: "Low", text: "Buy",
        at: now, deliveries: 0), &state, &context)
  }
}
