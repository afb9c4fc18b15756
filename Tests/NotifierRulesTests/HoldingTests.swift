import NotifierRules
import Policy
import Testing

@Suite("Messages that wait")
struct HoldingTests {
  /// Monday, 10:00 in Singapore; the office is open from nine to six. Nights are quiet but for pagers.
  private static let quiet = "quiet_hours: {id: nights, outside: office, spare: pager}"
  private static let merging = "merging: {id: one, within: 5m, at_most: 3}"
  private static let hours = "{always: 24x7, office: {mon-fri: 09:00-18:00}}"
  /// Monday evening at eight.
  private static let evening = Desk.opened + .hours(10)
  /// Tuesday morning at nine.
  private static let morning = Desk.opened + .hours(23)

  /// The class's ladder tells Anna by mail and, where `pager`, by pager; then everybody by voice.
  private static func desk(_ rules: String, pager: Bool = false) throws -> Desk {
    var desk = try Desk(
      ladder: """
          duty:
            - {at: 0m, tell: [duty.primary], by: [email\(pager ? ", pager" : "")]}
            - {at: 10m, tell: [group.hotline], by: [voice]}
        """, target: "dispatched_met_by: attended",
      classes: "classes: {II: {ladder: duty}, III: {}}\ndefault_class: II\n\(rules)",
      hours: hours)
    desk.rota("duty.primary", desk.person("Anna", "email:anna@desk.example", "pager:+6591"))
    desk.rota("group.hotline", desk.person("Cleo", "voice:+6593"))
    return desk
  }

  /// Tells of one more ticket of class II, and runs its ladder.
  private static func open(_ desk: inout Desk, _ number: Int64) {
    var context = desk.context
    let ticket = TicketView(
      id: TicketID(high: 2, low: UInt64(number)), number: number, accountID: Desk.accountID, subject: "Mail is down",
      accountName: "Acme", contactName: "Tan", ticketClass: "II", state: .open, planVersion: desk.plan.version,
      openedAt: desk.now, acknowledgedAt: nil, contactedAt: nil)
    #expect(
      TicketTold.decide(.init(ticket: ticket, promises: [], at: desk.now), &desk.state, &context).refusal == nil)
    desk.pass(to: desk.now)
  }

  private func states(_ desk: Desk) -> [String] {
    desk.state.deliveries.all.map { "\($0.recipient) by \($0.method.rawValue): \($0.state.rawValue)" }
  }

  @Test(
    "A message in quiet hours is held until they end, and the ladder gives the time up to the next step from then on")
  func held() throws {
    var desk = try Self.desk(Self.quiet)
    desk.now = Self.evening
    Self.open(&desk, 1)
    let delivery = try #require(desk.state.deliveries.all.first)
    #expect(delivery.state == .held && !delivery.isReady)
    #expect(delivery.heldBy == "nights" && delivery.heldUntil == Self.morning)
    #expect(delivery.deadline == Self.morning + .hours(2))
    desk.pass(to: Self.morning - .milliseconds(1))
    #expect(states(desk) == ["Anna by email: held"])
    desk.pass(to: Self.morning)
    #expect(states(desk) == ["Anna by email: waiting"] && desk.state.deliveries.all.first?.isReady == true)
    #expect(desk.state.bundles.isEmpty)
    desk.pass(to: Self.morning + .minutes(10) - .milliseconds(1))
    #expect(desk.state.deliveries.count == 1)
    desk.pass(to: Self.morning + .minutes(10))
    #expect(states(desk).last == "Cleo by voice: waiting")
  }

  @Test("A method that is spared goes at once, and the ladder goes on in its time")
  func spared() throws {
    var desk = try Self.desk(Self.quiet, pager: true)
    desk.now = Self.evening
    Self.open(&desk, 1)
    #expect(Set(states(desk)) == ["Anna by email: held", "Anna by pager: waiting"])
    desk.pass(to: Self.evening + .minutes(10))
    #expect(states(desk).contains("Cleo by voice: held"))
  }

  @Test("In office hours, and for a class that is not held, nothing waits")
  func notHeld() throws {
    var open = try Self.desk(Self.quiet)
    Self.open(&open, 1)
    #expect(states(open) == ["Anna by email: waiting"])
    var other = try Self.desk("quiet_hours: {id: nights, outside: office, classes: III}")
    other.now = Self.evening
    Self.open(&other, 1)
    #expect(states(other) == ["Anna by email: waiting"])
  }

  @Test("What was held and is over in the morning is withdrawn with the reason, not sent and not forgotten")
  func withdrawn() throws {
    var desk = try Self.desk(Self.quiet)
    desk.now = Self.evening
    Self.open(&desk, 1)
    let id = try #require(desk.state.escalations.all.first?.id)
    var context = desk.context
    _ = EscalationAcknowledge.decide(.init(escalationID: id, by: "Bob"), &desk.state, &context)
    desk.pass(to: Self.morning)
    #expect(states(desk) == ["Anna by email: withdrawn"])
    #expect(
      desk.state.common.changes.elements.last { $0.kind == "delivery.withdrawn" }?.text
        == "Anna by email: Bob took it.")
  }

  @Test("The first message goes at once; those that follow in time become one that lists all of them")
  func merged() throws {
    var desk = try Self.desk(Self.merging)
    Self.open(&desk, 1)
    for number: Int64 in 2...3 {
      desk.now = Desk.opened + .minutes(number)
      Self.open(&desk, number)
    }
    #expect(states(desk) == ["Anna by email: waiting", "Anna by email: held", "Anna by email: held"])
    desk.pass(to: Desk.opened + .minutes(5) - .milliseconds(1))
    #expect(desk.state.deliveries.count == 3)
    desk.pass(to: Desk.opened + .minutes(5))
    let carriers = desk.state.deliveries.all.filter { if case .bundle = $0.cause { true } else { false } }
    let carrier = try #require(carriers.first)
    #expect(carriers.count == 1 && carrier.state == .waiting && carrier.address == "anna@desk.example")
    #expect(carrier.subject == "2 notifications: Ticket 2, class II: Mail is down")
    let merged = desk.state.deliveries.all.filter { $0.state == .merged }
    #expect(merged.count == 2 && merged.allSatisfy { $0.carrierID == carrier.id && carrier.text.contains($0.text) })
  }

  @Test("As many as the plan allows go before the time is over; one more begins anew")
  func mergedEarly() throws {
    var desk = try Self.desk(Self.merging)
    for number in 1...3 { Self.open(&desk, Int64(number)) }
    #expect(!states(desk).contains("Anna by email: merged"), "two wait, and there is room for three")
    Self.open(&desk, 4)
    #expect(states(desk).count { $0 == "Anna by email: merged" } == 3)
    Self.open(&desk, 5)
    #expect(
      states(desk).count { $0 == "Anna by email: waiting" } == 3, "the first, the one that carries, and the fifth")
  }

  @Test("One that waited alone is sent as it is, and a text that is too long becomes several messages")
  func aloneAndLong() throws {
    var desk = try Self.desk(Self.merging)
    for number in 1...2 { Self.open(&desk, Int64(number)) }
    desk.pass(to: Desk.opened + .minutes(5))
    #expect(states(desk) == ["Anna by email: waiting", "Anna by email: waiting"])
    var long = try Self.desk("merging: {within: 5m, at_most: 100}")
    for number in 1...60 { Self.open(&long, Int64(number)) }
    long.pass(to: Desk.opened + .minutes(5))
    let carriers = long.state.deliveries.all.filter { if case .bundle = $0.cause { true } else { false } }
    #expect(carriers.count > 1 && carriers.allSatisfy { $0.text.utf8.count <= 16_384 })
    #expect(states(long).count { $0 == "Anna by email: merged" } == 59, "nothing is dropped")
  }

  @Test("What is held over a night goes as one message in the morning where the plan merges")
  func nightMerged() throws {
    var desk = try Self.desk(Self.quiet + "\n" + Self.merging)
    desk.now = Self.evening
    for number in 1...2 { Self.open(&desk, Int64(number)) }
    desk.pass(to: Self.morning)
    #expect(states(desk) == ["Anna by email: merged", "Anna by email: merged", "Anna by email: waiting"])
  }

  @Test("A person who answers the message that carries others takes all of them")
  func answered() throws {
    var desk = try Self.desk(Self.merging)
    for number in 1...3 { Self.open(&desk, Int64(number)) }
    desk.pass(to: Desk.opened + .minutes(5))
    let carrier = try #require(desk.state.deliveries.all.first { if case .bundle = $0.cause { true } else { false } })
    desk.state.deliveries.update(carrier.id) { delivery in
      delivery.state = .sent
      delivery.isReady = false
    }
    var context = desk.context
    #expect(
      DeliveryAnswer.decide(.init(deliveryID: carrier.id, answer: .person), &desk.state, &context).refusal == nil)
    #expect(desk.state.escalations.all.map(\.state) == [.running, .acknowledged, .acknowledged])
    #expect(desk.state.escalations.all.last?.acknowledgedBy == "Anna")
  }

  @Test("A dry run tells whom each step would tell, when and how, and what would hold it")
  func preview() throws {
    var desk = try Self.desk(Self.quiet + "\n" + Self.merging, pager: true)
    desk.now = Self.evening
    let ladder = try #require(desk.plan.previewed(target: "", class: "II"))
    let preview = LadderPreview(
      ladder, of: desk.plan, class: "II", account: nil, from: Self.evening, answer: .none, desk.state)
    let told = preview.steps.flatMap { step in
      step.told.map { "\((step.at - Self.evening).wholeMinutes) \($0.role) \($0.method.rawValue) \($0.heldBy)" }
    }
    #expect(told == ["0 duty.primary email nights", "0 duty.primary pager ", "10 group.hotline voice nights"])
    #expect(
      preview.steps.first?.told.first?.goesAt == Self.morning && preview.steps.first?.told.first?.mergedBy == "one")
    #expect(desk.state.deliveries.isEmpty && !desk.state.escalations.isChanged, "nobody is told")
    // What it tells is what then happens.
    Self.open(&desk, 1)
    desk.pass(to: Self.evening + .minutes(10))
    let happened = desk.state.deliveries.all.map {
      "\(($0.createdAt - Self.evening).wholeMinutes) \($0.method.rawValue) \($0.heldBy)"
    }
    #expect(happened == ["0 email nights", "0 pager ", "10 voice nights"])
  }

  @Test("A dry run passes by an empty step at once, says who is missing, and shows the first repetition")
  func previewEmpty() throws {
    var desk = try Desk(
      ladder: """
          duty:
            - {at: 0m, tell: [duty.primary, person.gone], by: [email]}
            - {at: 10m, tell: [group.hotline], by: [voice]}
            - {id: wide, at: 12m, when: {answer: voicemail}, tell: [group.hotline], by: [voice]}
            - {repeat: last, every: 2m}
        """)
    desk.rota("group.hotline", desk.person("Cleo", "voice:+6593"))
    let ladder = try #require(desk.plan.previewed(target: "respond", class: ""))
    func steps(_ answer: Answer) -> [String] {
      LadderPreview(ladder, of: desk.plan, class: "", account: nil, from: Desk.opened, answer: answer, desk.state).steps
        .map { step in
          "\((step.at - Desk.opened).wholeMinutes) \(step.told.map(\.name)) \(step.missing.count) "
            + (step.skipped.isEmpty ? "" : "skipped ") + (step.isRepetition ? "again" : "")
        }
    }
    #expect(steps(.voicemail) == ["0 [] 2 ", "0 [\"Cleo\"] 0 ", "2 [\"Cleo\"] 0 ", "4 [\"Cleo\"] 0 again"])
    #expect(steps(.none).dropFirst(2) == ["2 [] 0 skipped ", "4 [] 0 skipped again"])
  }

  @Test("A clock keeps what it went through: paused, going on, classified anew, missed, promised anew, met")
  func history() throws {
    var desk = try Self.desk(Self.quiet)
    let due = Desk.opened + .hours(4)
    desk.told(desk.ticket("II"))
    desk.now = Desk.opened + .hours(1)
    desk.told(desk.ticket("II"), paused: true, reason: "cooperation: You take part.")
    desk.now = Desk.opened + .hours(2)
    desk.told(desk.ticket("II"), due: due + .hours(1))
    desk.now = Desk.opened + .hours(3)
    desk.told(desk.ticket("III"), due: due)
    desk.pass(to: due + .minutes(1))
    desk.told(desk.ticket("III", state: .closed), missed: true)
    desk.now = due + .hours(1)
    desk.told(desk.ticket("III"), due: due + .hours(20))
    let met = due + .hours(2)
    desk.now = met
    desk.told(desk.ticket("III", contacted: met), due: due + .hours(20), met: met)
    let clock = try #require(desk.clock)
    let intervals = ClockInterval.of(desk.state.clockEvents.elements.filter { $0.clockID == clock.id })
    #expect(intervals.map(\.state) == [.running, .paused, .running, .running, .missed, .running, .met])
    #expect(
      intervals.map(\.why) == [
        "The ticket was opened.", "cooperation: You take part.", "It goes on.",
        "The ticket was classified anew: III instead of II.",
        "It was due, and what was promised had not happened.", "It is promised anew.", "What was promised happened.",
      ])
    #expect(intervals.map(\.from).map { ($0 - Desk.opened).wholeMinutes } == [0, 60, 120, 180, 240, 300, 360])
    #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $0.to == $1.from } && intervals.last?.to == nil)
  }

  /// Tells a notice of ledger.
  private static func tell(_ desk: inout Desk, _ number: UInt64, _ kind: String, _ facts: MessageFacts = [:]) {
    var context = desk.context
    let notice = Notice(
      id: NoticeID(high: 6, low: number), accountID: Desk.accountID, kind: kind, subject: "Number \(number)",
      text: "Text \(number).", facts: facts, at: desk.now, deliveries: 0)
    #expect(NoticeTold.decide(notice, &desk.state, &context).refusal == nil)
  }

  @Test("Notices of one kind to one contact become one message within the plan's time, in which all of them stand")
  func notices() throws {
    var desk = try Self.desk("merging: {id: one, within: 5m, at_most: 3, classes: III}")
    desk.account("tan@acme.example", "lim@acme.example")
    for number in 1...3 as ClosedRange<UInt64> { Self.tell(&desk, number, "low-balance") }
    Self.tell(&desk, 4, "invoice")
    let tan = desk.state.deliveries.all.filter { $0.address == "tan@acme.example" }
    #expect(
      tan.map { "\($0.subject): \($0.state.rawValue)" }.sorted() == [
        "Number 1: waiting", "Number 2: held", "Number 3: held", "Number 4: waiting",
      ])
    #expect(tan.allSatisfy { ($0.state == .held) == ($0.heldBy == "one") })
    desk.pass(to: Desk.opened + .minutes(5))
    let carriers = desk.state.deliveries.all.filter { if case .bundle = $0.cause { true } else { false } }
    #expect(Set(carriers.map(\.address)) == ["tan@acme.example", "lim@acme.example"] && carriers.count == 2)
    for carrier in carriers {
      #expect(
        carrier.subject.hasPrefix("2 notifications: Number ") && carrier.text.contains("Text 2.")
          && carrier.text.contains("Text 3."))
      // It is worth as many tries as what it carries.
      #expect(carrier.html == nil && carrier.deadline >= Desk.opened + .hours(24))
      #expect(desk.state.deliveries.all.count { $0.carrierID == carrier.id && $0.state == .merged } == 2)
    }
    #expect(desk.state.notices.all.allSatisfy { $0.deliveries == 2 } && desk.state.bundles.isEmpty)
  }

  @Test("What is in HTML stays so in one message; without a rule, or for a plan that is not known, each goes alone")
  func pages() throws {
    var desk = try Self.desk(Self.merging)
    desk.account("tan@acme.example")
    for number in 1...3 as ClosedRange<UInt64> {
      let facts: MessageFacts = [
        "plan": .text("Flexi"), "left": .units(Int64(number), unit: "credit"), "grant": .units(600, unit: "credit"),
        "percent": .number(20),
      ]
      Self.tell(&desk, number, "low-balance", facts)
    }
    desk.pass(to: Desk.opened + .minutes(5))
    let carrier = try #require(desk.state.deliveries.all.first { if case .bundle = $0.cause { true } else { false } })
    let html = try #require(carrier.html)
    #expect(html.contains("2 credits") && html.contains("3 credits") && html.ranges(of: "<body>").count == 1)
    #expect(
      html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</body>\n</html>\n") && html.ranges(of: "</html>").count == 1
    )

    var alone = try Self.desk("")
    alone.account("tan@acme.example")
    for number in 1...3 as ClosedRange<UInt64> { Self.tell(&alone, number, "low-balance") }
    #expect(alone.state.deliveries.all.allSatisfy { $0.state == .waiting } && alone.state.bundles.isEmpty)
  }
}
