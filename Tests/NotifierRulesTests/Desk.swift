import Foundation
import NotifierRules
import Policy
import Testing

/// A tenant's state with people, rotas, a plan and a ticket, and short ways to let things happen to it.
struct Desk {
  var state = NotifierState(tenant: TenantID(high: 1, low: 1))
  var ids = IdentifierSource(seed: 7)
  var now = Desk.opened
  let plan: Plan

  /// Monday, 2 March 2026, 10:00 in Singapore.
  static let opened = Instant(milliseconds: 1_772_416_800_000)
  static let ticketID = TicketID(high: 2, low: 2)
  static let accountID = AccountID(high: 3, low: 3)

  static func zone(_ name: String) throws -> TimeZoneRules {
    try TimeZoneRules(name: name, tzif: Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name))))
  }

  /// A desk whose plan has one target, due after four hours round the clock, and these ladders and classes.
  init(
    ladder: String, target: String = "ladder: duty", classes: String = "", hours: String = "{always: 24x7}",
    rates: String = "[{id: any, flat: 1}]"
  ) throws {
    let document = """
      plan: test
      title: Test
      zone: Asia/Singapore
      currency: SGD
      unit: credit
      hours: \(hours)
      targets:
        - {id: respond, by: 4h, in: always, met_by: contacted, \(target)}
      rates: \(rates)
      \(classes)
      ladders:
      \(ladder)
      """
    plan = try Plan.read(document) { try Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + $0))) }.get()
    state.common.plans[plan.version] = plan
    state.zones["Asia/Singapore"] = try Desk.zone("Asia/Singapore")
  }

  var context: Context {
    mutating get {
      Context(
        now: now, caller: Caller(role: .desk, name: "anna"), ids: IdentifierSource(seed: ids.nextBits()))
    }
  }

  /// A person with these methods, written `email:anna@desk.example`.
  mutating func person(_ name: String, handle: String = "", _ methods: String...) -> PersonID {
    let request = PersonSet.Request(
      handle: handle, name: name,
      methods: methods.map { text in
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        return .init(kind: parts[0], address: parts[1])
      })
    var context = context
    let decision = PersonSet.decide(request, &state, &context)
    #expect(decision.refusal == nil)
    return decision.reply?.id ?? PersonID(high: 0, low: 0)
  }

  mutating func rota(_ name: String, _ people: PersonID...) {
    var context = context
    let decision = RotaSet.decide(
      RotaSet.Request(
        name: name,
        layers: [
          .init(
            zone: "Asia/Singapore", handover: "09:00", turnDays: 7, starts: Desk.opened - .days(1), people: people)
        ]), &state, &context)
    #expect(decision.refusal == nil)
  }

  func ticket(
    _ ticketClass: String = "", state: TicketView.State = .open, acknowledged: Instant? = nil,
    contacted: Instant? = nil
  ) -> TicketView {
    TicketView(
      id: Desk.ticketID, number: 12, accountID: Desk.accountID, subject: "Mail is down", accountName: "Acme",
      contactName: "Tan", ticketClass: ticketClass, state: state, planVersion: plan.version, openedAt: Desk.opened,
      acknowledgedAt: acknowledged, contactedAt: contacted)
  }

  /// Intake's news of the ticket: the target, due four hours after opening unless said otherwise.
  mutating func told(
    _ ticket: TicketView, due: Instant = Desk.opened + .hours(4), met: Instant? = nil, missed: Bool = false,
    paused: Bool = false, reason: String = "", closures: [Instant] = [], calls: [TicketTold.NumberedCall] = []
  ) {
    var context = context
    let decision = TicketTold.decide(
      TicketTold.Request(
        ticket: ticket,
        promises: [TicketTold.Promise(target: "respond", due: due, metAt: met, isMissed: missed)],
        at: now, pausedAt: paused ? now : nil, pausedReason: reason, closures: closures, calls: calls), &state, &context
    )
    #expect(decision.refusal == nil)
  }

  /// Lets the time pass to `instant`, firing the timers of the ticket and of what waits together whenever they are due.
  mutating func pass(to instant: Instant) {
    while let (key, due) = next(until: instant) {
      now = max(now, due)
      state.common.timers.disarm(key.kind, key.subject)
      var context = context
      let decision =
        key.kind == BundleDue.timer
        ? BundleDue.decide(key.subject.as(), &state, &context) : TicketDue.decide(key.subject.as(), &state, &context)
      #expect(decision.refusal == nil)
    }
    now = max(now, instant)
  }

  private func next(until instant: Instant) -> (Policy.Timer.Key, Instant)? {
    state.common.timers.instructions.compactMap { key, due in
      guard let due, due <= instant, [BundleDue.timer, TicketDue.timer].contains(key.kind) else { return nil }
      return (key, due)
    }.min { ($0.1, $0.0) < ($1.1, $1.0) }
  }

  var escalations: [Escalation] { state.escalations.members(of: Desk.ticketID) }
  var clock: SlaClock? { state.clocks.members(of: Desk.ticketID).first }
  /// Every message as `minutes since opening: name by method`.
  var messages: [String] {
    state.deliveries.all.map { delivery in
      "\((delivery.createdAt - Desk.opened).wholeMinutes): \(delivery.recipient) by \(delivery.method.rawValue)"
    }
  }
}
