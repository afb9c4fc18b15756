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
    case .notice(let notice):
      needs.row(Tables.notices, try NoticeID(field: "subject", event.subject))
      needs.row(Tables.accounts, try AccountID(field: "notice.account_id", notice.accountID))
    case .agreement, .charges, .escalation, nil:
      throw Refused(.invalid(field: "body"), "Notifier takes news of tickets and accounts, and notices.")
    }
  }

  static func apply(
    _ event: Callout_V1_Event, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    switch event.body {
    case .ticket(let snapshot):
      Decision { () throws(Refused) in try TicketTold.Request(snapshot) }
        .flatMap { TicketTold.decide($0, &state, &context) }
    case .account(let snapshot):
      Decision { () throws(Refused) in try AccountView(snapshot) }
        .flatMap { AccountTold.decide($0, &state, &context) }
    case .notice(let notice):
      Decision { () throws(Refused) in try Notice(event, notice) }
        .flatMap { NoticeTold.decide($0, &state, &context) }
    case .agreement, .charges, .escalation, nil:
      .refused(Refused(.invalid(field: "body"), "Notifier takes news of tickets and accounts, and notices."))
    }
  }
}

extension TicketTold.Request {
  fileprivate init(_ snapshot: Callout_V1_TicketSnapshot) throws(Refused) {
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
        contactedAt: try Instant.optional(field: "ticket.contacted_ms", milliseconds: ticket.contactedMs)),
      promises: promises, isPaused: snapshot.targetPausedMs != 0)
  }
}

extension AccountView {
  fileprivate init(_ snapshot: Callout_V1_AccountSnapshot) throws(Refused) {
    var contacts: [Contact] = []
    for contact in snapshot.contacts where contact.endedMs == 0 {
      contacts.append(
        Contact(id: try ContactID(field: "contacts.id", contact.id), name: contact.name, email: contact.email))
    }
    self.init(
      id: try AccountID(field: "account.id", snapshot.account.id), name: snapshot.account.name, contacts: contacts)
  }
}

extension Notice {
  fileprivate init(_ event: Callout_V1_Event, _ notice: Callout_V1_Notice) throws(Refused) {
    guard notice.text.utf8.count <= 16_384 else {
      throw Refused(.invalid(field: "notice.text"), "A notice has at most 16 KiB of text.")
    }
    self.init(
      id: try NoticeID(field: "subject", event.subject),
      accountID: try AccountID(field: "notice.account_id", notice.accountID), kind: notice.kind,
      subject: notice.subject, text: notice.text, at: try Instant(field: "at_ms", milliseconds: event.atMs),
      deliveries: 0)
  }
}
