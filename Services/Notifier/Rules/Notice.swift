public import Policy

/// Something that a customer should be told, or the desk itself. It goes by mail to the account's contacts, and waits for them
/// where none is known yet.
public struct Notice: Record {
  public let id: NoticeID
  /// Nil: it concerns the desk itself.
  public let accountID: AccountID?
  /// The ticket that it is about; nil: none.
  public let ticketID: TicketID?
  /// `update`, `survey`, `end-of-life` or `coverage` of this service; `low-balance`, `expiry`, `statement`, `invoice`, `estimate`,
  /// `consent` and what else others tell.
  public let kind: String
  /// One line.
  public let subject: String
  /// At most 16 KiB.
  public let text: String
  /// The same by the fields of its kind; empty: it goes out as it was told.
  public let facts: MessageFacts
  public let at: Instant
  /// Whether it came later than the plan promises.
  public let isLate: Bool
  /// How many messages it became; 0: it waits for a contact with a mail address.
  public var deliveries: Int

  public init(
    id: NoticeID, accountID: AccountID?, ticketID: TicketID? = nil, kind: String, subject: String, text: String,
    facts: MessageFacts = [:], at: Instant, isLate: Bool = false, deliveries: Int
  ) {
    self.facts = facts
    self.id = id
    self.accountID = accountID
    self.ticketID = ticketID
    self.kind = kind
    self.subject = subject
    self.text = text
    self.at = at
    self.isLate = isLate
    self.deliveries = deliveries
  }

  public var key: NoticeID { id }
  public var group: AccountID { accountID ?? AccountID(high: 0, low: 0) }
}

/// Takes a notice from ledger or intake, and makes those of this service.
public enum NoticeTold {
  /// Looks at the notice, its account, and the templates of its kind with the edition in force.
  public static func decide(
    _ notice: Notice, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    // A notice is told once; the second telling of the same one changes nothing.
    guard state.notices.insert(notice) else { return .accepted(()) }
    state.common.changed("notice.told", notice.id, version: 1, notice.subject.onOneLine(limit: TextBound.reason))
    if let account = notice.accountID.flatMap({ state.accounts[$0] }) { send(notice, to: account, &state, &context) }
    return .accepted(())
  }

  /// Makes a notice of this service. It goes out at once if the account is here and has a contact with a mail address.
  static func make(
    _ kind: MessageKind, _ subject: String, _ text: String, _ facts: MessageFacts, _ accountID: AccountID,
    _ ticketID: TicketID? = nil, isLate: Bool = false, _ state: inout NotifierState, _ context: inout Context
  ) {
    let notice = Notice(
      id: context.id(), accountID: accountID, ticketID: ticketID, kind: kind.rawValue,
      subject: subject.onOneLine(limit: TextBound.name), text: text, facts: facts, at: context.now, isLate: isLate,
      deliveries: 0)
    _ = decide(notice, &state, &context)
  }

  /// Makes the notice's messages, one for each contact of the account, in the customer's language. Looks at the plan that the
  /// account has agreed to, and at what waits for its contacts.
  static func send(
    _ notice: Notice, to account: AccountView, _ state: inout NotifierState, _ context: inout Context
  ) {
    var told = notice
    for contact in account.contacts {
      let words = NoticeWords(
        notice, contact: contact.name, customer: account.name, language: account.language, state)
      var delivery = Delivery(
        id: context.id(), cause: .notice(notice.id), step: 0, personID: nil, recipient: contact.name, method: .email,
        address: contact.email, subject: words.subject, text: words.text, html: words.html, template: words.template,
        createdAt: context.now, ticketID: notice.ticketID)
      Holding.place(&delivery, notice.kind, account.agreedPlan(state), &state, &context)
      if state.deliveries.insert(delivery) { told.deliveries += 1 }
    }
    state.notices.update(told)
  }
}

/// Takes an account's snapshot from intake.
public enum AccountTold {
  /// Looks at the account, its notices that wait for a contact with the templates of their kinds, the plan that it has agreed
  /// to, and what is known of the end of that plan's product.
  public static func decide(
    _ account: AccountView, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    var account = account
    account.contacts = account.contacts
      .filter { ContactMethod(kind: .email, address: $0.email) != nil }
      .sorted { $0.id < $1.id }
    account.endTold = state.accounts[account.id]?.endTold
    if !state.accounts.insert(account) { state.accounts.update(account) }
    for notice in state.notices.members(of: account.id) where notice.deliveries == 0 {
      NoticeTold.send(notice, to: account, &state, &context)
    }
    if !account.plan.isEmpty, let end = state.productEnds.members(of: account.plan).last {
      ProductEndDue.tell(account, end, &state, &context)
    }
    return .accepted(())
  }
}
