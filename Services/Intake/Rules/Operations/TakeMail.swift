public import Policy

/// Takes a mail to the desk: it opens a ticket, or is answered with what is needed (E1, E3, E4, E7).
public enum TakeMail {
  /// The most bytes of a Message-ID (a line of RFC 5322).
  public static let messageIDByteCountMax = 998
  /// The most addresses that one mail goes to.
  public static let recipientCountMax = 50

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// What the ticket is to be, whose `channel` is email and whose `class` is what the mail claims.
    public var opening: OpenTicket.Request
    /// All addresses that the mail went to.
    public var recipients: [String]
    /// The mail's Message-ID, with or without brackets.
    public var messageID: String
    /// What kind of mail it is: problem, call-me-only or automatic.
    public var content: String
    /// The writer's address, which finds the customer where none is named; may be empty.
    public var sender: String

    /// A request as given.
    public init(
      opening: OpenTicket.Request, recipients: [String], messageID: String, content: String, sender: String = ""
    ) {
      self.opening = opening
      self.recipients = recipients
      self.messageID = messageID
      self.content = content
      self.sender = sender
    }
  }

  /// What came of a mail.
  public struct Reply: Sendable, Hashable {
    /// What came of it; the raw value is the word on the wire.
    public enum Outcome: String, CaseIterable, Sendable, Hashable {
      /// It opened the ticket.
      case opened
      /// It was taken before: the ticket is the one that it opened then.
      case seen
      /// It is answered with what is needed; the ticket pages for it, where the plan says so.
      case answered
    }

    /// What came of it.
    public var outcome: Outcome
    /// The ticket; nil: there is none.
    public var ticket: Ticket?
    /// What to answer; nil: nothing in particular.
    public var answer: FailedClause?
  }

  /// Needs what opening the ticket does, the mail with this Message-ID with its ticket, and who is known by the writer's
  /// address.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try check(request)
      let id = Plan.canonical(messageID: request.messageID)
      if let mail = state.mails[id] {
        return Reply(outcome: .seen, ticket: mail.ticketID.flatMap { state.tickets[$0] })
      }
      let request = try addressed(request, state)
      var reply: Reply
      switch try outcome(of: request, state) {
      case .ticket(let name): reply = Reply(outcome: .opened, ticket: try open(request, name, &state, &context))
      case .seen: reply = Reply(outcome: .seen)
      case .answered(let clause, let pages):
        reply = Reply(outcome: .answered, answer: clause)
        if let pages { reply.ticket = try open(request, pages, &state, &context) }
        log(request, [clause], &state, &context)
      case .refused(let clause):
        throw Refused(.admission, "The plan does not admit this: \(clause.id).", clauses: [clause])
      }
      var mail = Mail(
        messageID: id, id: context.id(), sender: request.sender, subject: request.opening.subject,
        recipients: request.recipients, outcome: reply.outcome == .answered ? .answered : .opened,
        ticketID: reply.ticket?.id, accountID: OpenTicket.accountID(request.opening, state), at: context.now)
      mail.reason = reply.answer?.id ?? ""
      state.mails.insert(mail)
      return reply
    }
  }

  /// The request with the customer and the contact whom the writer's address finds, where it names no customer.
  private static func addressed(_ request: Request, _ state: IntakeState) throws(Refused) -> Request {
    guard request.opening.accountID == nil else { return request }
    var found = request
    switch Writer.find(request.sender, state) {
    case .contact(let contact):
      found.opening.accountID = contact.accountID
      found.opening.contactID = contact.id
    case .nobody: throw Refused(.admission, "Nobody appointed the writer.", clauses: [Writer.unknown])
    case .several: throw Refused(.admission, "Several customers appointed the writer.", clauses: [Writer.ambiguous])
    }
    return found
  }

  /// Keeps a mail that the plan refused as an attempt.
  public static func record(
    _ request: Request, _ refused: Refused, _ state: inout IntakeState, _ context: inout Context
  ) {
    guard refused.reason == .admission else { return }
    log(request, refused.clauses, &state, &context)
  }

  private static func check(_ request: Request) throws(Refused) {
    try Fields.name(request.messageID, "message_id", max: messageIDByteCountMax)
    guard !Plan.canonical(messageID: request.messageID).isEmpty else {
      throw Fields.invalid("message_id", "must not be empty")
    }
    try Fields.email(request.sender, "sender")
    guard request.opening.accountID != nil || !request.sender.isEmpty else {
      throw Fields.invalid("account_id", "must be given, unless sender says whose it is")
    }
    try Fields.word(request.content, "content")
    guard (1...recipientCountMax).contains(request.recipients.count) else {
      throw Fields.invalid("recipients", "has 1 to \(recipientCountMax) addresses")
    }
    for recipient in request.recipients {
      try Fields.name(recipient, "recipients", max: Fields.emailByteCountMax)
      guard !recipient.utf8.contains(UInt8(ascii: " ")) else { throw Fields.invalid("recipients", "holds no spaces") }
    }
  }

  /// What the plan makes of the mail. A plan without addresses opens a ticket for every mail.
  static func outcome(of request: Request, _ state: IntakeState) throws(Refused) -> MailOutcome {
    let claimed = request.opening.class.isEmpty ? nil : request.opening.class
    guard let id = OpenTicket.accountID(request.opening, state), let agreement = state.accounts[id]?.agreement else {
      return .ticket(class: claimed)
    }
    return try state.plan(agreement.planVersion).read(
      mailTo: request.recipients, class: claimed, content: request.content.isEmpty ? "problem" : request.content)
      ?? .ticket(class: claimed)
  }

  static func open(
    _ request: Request, _ name: String?, _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> Ticket {
    switch OpenTicket.decide(request.ticket(class: name), &state, &context) {
    case .accepted(let ticket): return ticket
    case .refused(let refused): throw refused
    }
  }

  static func log(
    _ request: Request, _ clauses: [FailedClause], _ state: inout IntakeState, _ context: inout Context
  ) {
    let opening = request.ticket(class: request.opening.class)
    let contact = opening.contactID.flatMap { state.contacts[$0] }
    var record = OpenTicket.admission(of: opening, state, context)
    record?.failed = clauses
    let attempt = Attempt(
      id: context.id(), accountID: OpenTicket.accountID(opening, state), caller: contact?.name ?? opening.caller,
      channel: opening.channel, subject: opening.subject, at: context.now, findings: clauses, asked: .ticket,
      record: record)
    state.record(attempt)
  }
}

extension TakeMail.Request {
  /// The ticket to open, of a class, with what the mail tells as facts.
  fileprivate func ticket(class name: String?) -> OpenTicket.Request {
    var opening = opening
    opening.channel = "email"
    opening.class = name ?? ""
    opening.facts[.content] = .text(content.isEmpty ? "problem" : content)
    opening.facts[.recipients] = .list(recipients.map { Plan.localPart($0) })
    return opening
  }
}
