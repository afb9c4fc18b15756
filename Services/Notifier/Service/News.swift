import NotifierRules
import Policy
import ServiceKit
import Wire

/// What notifier makes of news from intake and ledger.
enum News {
  static func needs(
    _ event: Callout_V1_Event, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    switch event.body {
    case .ticket(let snapshot):
      let id = try TicketID(field: "ticket.id", snapshot.ticket.id)
      if event.version == 1 {
        // Nothing of a ticket is here before the first news of it.
        needs.rowAfterNews(Tables.tickets, id)
        needs.rowsAfterNews(Tables.clocksByTicket, id)
        needs.rowsAfterNews(Tables.escalationsByTicket, id)
      }
      needs.row(Tables.tickets, id)
      if state.tickets[id] != nil {
        needs.rows(Tables.clocksByTicket, id)
        needs.rows(Tables.escalationsByTicket, id)
      }
      needs.plan(try PlanVersion(field: "ticket.plan_version", snapshot.ticket.planVersion))
    case .account(let snapshot):
      let id = try AccountID(field: "account.id", snapshot.account.id)
      needs.row(Tables.accounts, id)
      needs.rows(Tables.waitingNotices, id)
      let language = try MessageLanguage.optional(of: snapshot)
      needs.words(Set(state.notices.members(of: id).filter { $0.deliveries == 0 }.map(\.kind)), in: language, state)
      guard let version = try PlanVersion.optional(of: snapshot) else { return }
      needs.plan(version)
      if state.common.plans[version]?.merging != nil {
        for contact in snapshot.contacts { needs.rows(Tables.bundlesByRecipient, contact.email) }
      }
      guard let plan = state.common.plans[version] else { return }
      needs.rows(Tables.productEndsByPlan, plan.id)
      // The plan that says so may be a later version.
      guard let end = state.productEnds.members(of: plan.id).last else { return }
      needs.plan(end.planVersion)
      needs.words([MessageKind.endOfLife.rawValue], in: language, state)
    case .notice(let notice):
      needs.row(Tables.notices, try NoticeID(field: "subject", event.subject))
      let account = try AccountID(field: "notice.account_id", notice.accountID)
      needs.row(Tables.accounts, account)
      if let known = state.accounts[account] { needs.notices([notice.kind], to: known, state) }
    case .answer: break
    case .agreement, .charges, .escalation, nil:
      throw Refused(.invalid(field: "body"), "Notifier takes news of tickets and accounts, notices and answers.")
    }
  }

  static func apply(
    _ event: Callout_V1_Event, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    switch event.body {
    case .ticket(let snapshot):
      Decision { () throws(Refused) in try TicketTold.Request(snapshot, event) }
        .flatMap { TicketTold.decide($0, &state, &context) }
    case .account(let snapshot):
      Decision { () throws(Refused) in
        let version = try PlanVersion.optional(of: snapshot)
        return try AccountView(snapshot, plan: version.flatMap { state.common.plans[$0]?.id } ?? "", version)
      }
      .flatMap { AccountTold.decide($0, &state, &context) }
    case .notice(let notice):
      Decision { () throws(Refused) in try Notice(event, notice) }
        .flatMap { NoticeTold.decide($0, &state, &context) }
    case .answer(let answer):
      Decision { () throws(Refused) in try AnswerTold.Request(event, answer) }
        .flatMap { AnswerTold.decide($0, &state, &context) }
    case .agreement, .charges, .escalation, nil:
      .refused(Refused(.invalid(field: "body"), "Notifier takes news of tickets and accounts, notices and answers."))
    }
  }
}

extension PlanVersion {
  /// The plan that an account has agreed to; nil: none.
  fileprivate static func optional(of snapshot: Callout_V1_AccountSnapshot) throws(Refused) -> PlanVersion? {
    let version = snapshot.account.planVersion
    return version.isEmpty ? nil : try PlanVersion(field: "account.plan_version", version)
  }
}

extension TicketTold.Request {
  /// The most closures of one ticket.
  private static let closureCountMax = 101

  fileprivate init(_ snapshot: Callout_V1_TicketSnapshot, _ event: Callout_V1_Event) throws(Refused) {
    let ticket = snapshot.ticket
    guard let state = TicketView.State(rawValue: ticket.state) else {
      throw Refused(.invalid(field: "ticket.state"), "A ticket is open, dispatched, resolved or closed.")
    }
    var promises: [TicketTold.Promise] = []
    for target in ticket.targets {
      promises.append(
        TicketTold.Promise(
          target: target.id, due: try Instant(field: "targets.due_ms", milliseconds: target.dueMs),
          metAt: try Instant.optional(field: "targets.met_ms", milliseconds: target.metMs), isMissed: target.missed))
    }
    self.init(
      ticket: TicketView(
        id: try TicketID(field: "ticket.id", ticket.id), number: Int64(clamping: ticket.number),
        accountID: try AccountID(field: "ticket.account_id", ticket.accountID), subject: ticket.subject,
        accountName: snapshot.accountName, contactName: snapshot.contactName, ticketClass: ticket.class, state: state,
        planVersion: try PlanVersion(field: "ticket.plan_version", ticket.planVersion),
        openedAt: try Instant(field: "ticket.opened_ms", milliseconds: ticket.openedMs),
        acknowledgedAt: try Instant.optional(field: "ticket.acknowledged_ms", milliseconds: ticket.acknowledgedMs),
        contactedAt: try Instant.optional(field: "ticket.contacted_ms", milliseconds: ticket.contactedMs),
        heardAt: try Instant.optional(field: "heard_ms", milliseconds: snapshot.heardMs),
        summonedAt: try Instant.optional(field: "summoned_ms", milliseconds: snapshot.summonedMs)),
      promises: promises, at: try Instant(field: "at_ms", milliseconds: event.atMs),
      pausedAt: try Instant.optional(field: "target_paused_ms", milliseconds: snapshot.targetPausedMs),
      pausedReason: snapshot.pausedReason,
      closures: try Self.closures(of: snapshot), calls: try Self.calls(of: snapshot),
      gates: try Self.gates(of: snapshot))
  }

  /// The most calls of one ticket that are told.
  private static let callCountMax = 50

  private static func calls(of snapshot: Callout_V1_TicketSnapshot) throws(Refused) -> [TicketTold.NumberedCall] {
    guard snapshot.calls.count <= callCountMax else {
      throw Refused(.invalid(field: "calls"), "At most \(callCountMax) calls of a ticket are told.")
    }
    let ticket = try TicketID(field: "ticket.id", snapshot.ticket.id)
    var calls: [TicketTold.NumberedCall] = []
    for call in snapshot.calls {
      let answer: Answer? = call.answer.isEmpty ? nil : try Answer(field: "calls.answer", call.answer)
      calls.append(
        TicketTold.NumberedCall(
          number: Int64(clamping: call.number),
          call: EscalationCall.Request(ticketID: ticket, dialled: call.digits, answer: answer, by: call.by)))
    }
    return calls
  }

  /// The most gates of one ticket that are told.
  private static let gateCountMax = 64

  private static func gates(of snapshot: Callout_V1_TicketSnapshot) throws(Refused) -> [TicketTold.Gate] {
    guard snapshot.gates.count <= gateCountMax else {
      throw Refused(.invalid(field: "gates"), "At most \(gateCountMax) gates of a ticket are told.")
    }
    var gates: [TicketTold.Gate] = []
    for gate in snapshot.gates {
      guard let state = SlaClock.State(rawValue: gate.state), state != .cancelled else {
        throw Refused(.invalid(field: "gates.state"), "A gate is running, paused, met or missed.")
      }
      gates.append(
        TicketTold.Gate(
          id: gate.id, state: state, due: try Instant.optional(field: "gates.due_ms", milliseconds: gate.dueMs),
          at: try Instant(field: "gates.at_ms", milliseconds: gate.atMs), why: gate.why))
    }
    return gates
  }

  private static func closures(of snapshot: Callout_V1_TicketSnapshot) throws(Refused) -> [Instant] {
    guard snapshot.closuresMs.count <= closureCountMax else {
      throw Refused(.invalid(field: "closures_ms"), "A ticket is closed at most \(closureCountMax) times.")
    }
    var closures: [Instant] = []
    for closure in snapshot.closuresMs {
      closures.append(try Instant(field: "closures_ms", milliseconds: closure))
    }
    return closures
  }
}

extension AccountView {
  fileprivate init(
    _ snapshot: Callout_V1_AccountSnapshot, plan: String, _ version: PlanVersion?
  ) throws(Refused) {
    var contacts: [Contact] = []
    for contact in snapshot.contacts where contact.endedMs == 0 {
      contacts.append(
        Contact(id: try ContactID(field: "contacts.id", contact.id), name: contact.name, email: contact.email))
    }
    self.init(
      id: try AccountID(field: "account.id", snapshot.account.id), name: snapshot.account.name, contacts: contacts,
      plan: plan, planVersion: version, language: try MessageLanguage.optional(of: snapshot))
  }
}

extension MessageLanguage {
  /// What a customer is written to in; nil: the tenant's language.
  fileprivate static func optional(of snapshot: Callout_V1_AccountSnapshot) throws(Refused) -> MessageLanguage? {
    let tag = snapshot.account.language
    if tag.isEmpty { return nil }
    guard let language = MessageLanguage(tag) else {
      throw Refused(.invalid(field: "account.language"), "A language is a tag such as de or de-AT (BCP 47).")
    }
    return language
  }
}

extension Notice {
  fileprivate init(_ event: Callout_V1_Event, _ notice: Callout_V1_Notice) throws(Refused) {
    guard notice.text.utf8.count <= 16_384 else {
      throw Refused(.invalid(field: "notice.text"), "A notice has at most 16 KiB of text.")
    }
    self.init(
      id: try NoticeID(field: "subject", event.subject),
      accountID: try AccountID(field: "notice.account_id", notice.accountID),
      ticketID: try TicketID.optional(field: "notice.ticket_id", notice.ticketID), kind: notice.kind,
      subject: notice.subject, text: notice.text, facts: try MessageFacts(notice.facts),
      at: try Instant(field: "at_ms", milliseconds: event.atMs),
      deliveries: 0)
  }
}

extension AnswerTold.Request {
  fileprivate init(_ event: Callout_V1_Event, _ answer: Callout_V1_MailAnswer) throws(Refused) {
    self.init(
      id: try SubjectID(field: "subject", event.subject), address: answer.address, name: answer.name,
      subject: answer.subject, text: answer.text, references: answer.references,
      ticketID: try TicketID.optional(field: "answer.ticket_id", answer.ticketID))
  }
}
