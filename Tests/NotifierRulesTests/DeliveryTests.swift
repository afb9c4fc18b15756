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

  private static let page = Delivery(
    id: DeliveryID(high: 5, low: 7), cause: .escalation(EscalationID(high: 6, low: 6)), step: 1, personID: nil,
    recipient: "Anna", method: .sms, address: "+6591", subject: "Late", text: "Come", createdAt: Desk.opened)

  private func report(
    _ desk: inout Desk, _ number: Int, _ result: DeliveryReport.Result, of delivery: Delivery = Self.delivery
  ) -> Decision<Delivery> {
    var context = desk.context
    return DeliveryReport.decide(
      .init(deliveryID: delivery.id, number: number, result: result, outcome: "said\nso"), &desk.state, &context)
  }

  @Test("An attempt is recorded once; a success ends the delivery")
  func sent() throws {
    var desk = try Self.desk()
    desk.state.deliveries.insert(Self.delivery)
    for _ in 0..<2 {
      let reply = try #require(report(&desk, 1, .sent).reply)
      #expect(reply.state == .sent && !reply.isReady && reply.attempts == 1)
    }
    #expect(desk.state.attempts.elements.map(\.outcome) == ["said so"])
    #expect(report(&desk, 2, .again(after: nil)).reply?.state == .sent)
  }

  @Test("A failure for good ends the delivery at once, and is recorded")
  func never() throws {
    var desk = try Self.desk()
    desk.state.deliveries.insert(Self.delivery)
    let reply = try #require(report(&desk, 1, .never).reply)
    #expect(reply.state == .failed && !reply.isReady && reply.attempts == 1)
    #expect(desk.state.common.timers.due(DeliveryReport.retryTimer, Self.delivery.id) == nil)
    #expect(desk.state.attempts.elements.map(\.succeeded) == [false])
    #expect(report(&desk, 2, .sent).reply?.state == .failed)
  }

  @Test(
    "A failure is tried again when its time has come, the last time at its deadline: two hours for a page, a day for others"
  )
  func retried() throws {
    for (delivery, life) in [(Self.page, TimeSpan.hours(2)), (Self.delivery, .hours(24))] {
      var desk = try Self.desk()
      desk.now = delivery.createdAt
      desk.state.deliveries.insert(delivery)
      var number = 1
      while report(&desk, number, .again(after: nil), of: delivery).reply?.state == .waiting {
        let due = try #require(desk.state.common.timers.due(DeliveryReport.retryTimer, delivery.id))
        let delay = Retry.delay(after: number, of: delivery.id, delivery.cause)
        #expect(due == min(desk.now + delay, delivery.createdAt + life))
        desk.now = due
        var context = desk.context
        _ = DeliveryReport.retryDue(delivery.id, &desk.state, &context)
        #expect(desk.state.deliveries[delivery.id]?.isReady == true)
        number += 1
      }
      #expect(desk.now == delivery.createdAt + life && desk.state.deliveries[delivery.id]?.state == .failed)
      #expect(number < Retry.mostAttempts && desk.state.attempts.elements.count == number)
    }
  }

  @Test("A delivery has at most 64 attempts", arguments: [63, 64])
  func mostAttempts(number: Int) throws {
    var desk = try Self.desk()
    var delivery = Self.delivery
    delivery.attempts = number - 1
    desk.now = delivery.createdAt
    desk.state.deliveries.insert(delivery)
    #expect(report(&desk, number, .again(after: nil)).reply?.state == (number < 64 ? .waiting : .failed))
  }

  @Test(
    "A destination may ask for a longer wait than the delay, up to an hour, and never beyond the deadline",
    arguments: [(1, 5), (600, 600), (3_600, 3_600), (3_601, 3_600), (100_000, 3_600)] as [(Int64, Int64)])
  func asked(seconds: Int64, waited: Int64) throws {
    var desk = try Self.desk()
    desk.now = Self.delivery.createdAt
    desk.state.deliveries.insert(Self.delivery)
    #expect(report(&desk, 1, .again(after: .seconds(seconds))).reply?.state == .waiting)
    let due = try #require(desk.state.common.timers.due(DeliveryReport.retryTimer, Self.delivery.id))
    #expect(
      due - desk.now <= .seconds(waited) && due - desk.now >= (seconds == 1 ? .milliseconds(2_500) : .seconds(waited)))

    var late = try Self.desk()
    late.now = Self.delivery.deadline - .seconds(10)
    late.state.deliveries.insert(Self.delivery)
    #expect(report(&late, 1, .again(after: .seconds(60 + seconds))).reply?.state == .waiting)
    #expect(late.state.common.timers.due(DeliveryReport.retryTimer, Self.delivery.id) == Self.delivery.deadline)
  }

  @Test("An attempt that skips a number is refused, and nothing is recorded")
  func skipped() throws {
    var desk = try Self.desk()
    desk.state.deliveries.insert(Self.delivery)
    #expect(report(&desk, 2, .sent).refusal?.reason == .invalid(field: "number"))
    #expect(desk.state.attempts.isEmpty)
  }

  @Test("Delays double with jitter between half and all of it, up to 5 min or an hour, and repeat for the same id")
  func backoff() {
    for (cause, most) in [(Self.page.cause, 300_000), (Self.delivery.cause, 3_600_000)] as [(Delivery.Cause, Int64)] {
      for low in 0..<200 as Range<UInt64> {
        let id = DeliveryID(high: 1, low: low)
        for number in 1...Retry.mostAttempts {
          let full: Int64 = min(5_000 << Int64(min(number - 1, 20)), most)
          let delay = Retry.delay(after: number, of: id, cause)
          #expect((full / 2...full).contains(delay.milliseconds))
          #expect(Retry.delay(after: number, of: id, cause) == delay)
        }
      }
    }
    let delays = Set(
      (0..<200 as Range<UInt64>).map { Retry.delay(after: 5, of: DeliveryID(high: 1, low: $0), Self.page.cause) })
    #expect(delays.count > 100)
  }

  @Test(
    "What goes the same way shares a destination: a method, or of webhooks a host",
    arguments: [
      (.email, "tan@acme.example", "email"), (.sms, "+6591", "sms"),
      (.webhook, "https://Hooks.example/a?b", "webhook hooks.example"),
      (.webhook, "https://hooks.example:8443/", "webhook hooks.example:8443"),
      (.webhook, "https://hooks.example?b", "webhook hooks.example"), (.webhook, "chat", "webhook chat"),
    ] as [(DeliveryMethod, String, String)])
  func destination(method: DeliveryMethod, address: String, destination: String) {
    let delivery = Delivery(
      id: Self.page.id, cause: Self.page.cause, step: 1, personID: nil, recipient: "", method: method, address: address,
      subject: "", text: "", createdAt: Desk.opened)
    #expect(delivery.destination == destination)
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
      AccountView(id: Desk.accountID, name: "Acme", contacts: contacts, plan: plan.id, planVersion: plan.version),
      &state,
      &context)
  }

  mutating func notice() {
    var context = context
    _ = NoticeTold.decide(
      Notice(
        id: NoticeID(high: 6, low: 6), accountID: Desk.accountID, kind: "low-balance", subject: "Low", text: "Buy",
        at: now, deliveries: 0), &state, &context)
  }
}
