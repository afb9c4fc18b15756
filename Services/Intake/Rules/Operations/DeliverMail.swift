public import Policy

/// Takes a mail as it came: it continues a ticket, opens one, or is answered, refused or ignored. Whatever comes of it, it is
/// kept. One to an address for urgent matters pages, whether it opens a ticket or continues one (E4).
public enum DeliverMail {
  /// The most recipients of one envelope.
  public static let recipientCountMax = 100
  /// The most messages before it that are looked up, the latest ones.
  public static let referenceCountMax = 20

  /// What was read of a mail.
  public struct Letter: Sendable, Hashable {
    /// Without brackets, 1 to 998 bytes.
    public var messageID: String
    /// The writer's address; empty: none could be read.
    public var from = ""
    /// The writer's name; may be empty.
    public var fromName = ""
    /// One line; may be empty.
    public var subject = ""
    /// May be empty.
    public var text = ""
    /// Identifiers of the messages before it without brackets, the latest last.
    public var references: [String] = []
    /// The addresses that its header names as its recipients.
    public var recipients: [String] = []
    /// The sign by which it is known that a program wrote it; nil: a person may have.
    public var automatic: String?
    /// What lies in it beside its text.
    public var attachments: [Mail.Attachment] = []
    /// The original's size in bytes.
    public var byteCount = 0

    /// A letter of which nothing but its identifier was read.
    public init(messageID: String) {
      self.messageID = messageID
    }
  }

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The envelope's sender without brackets; empty: the null sender.
    public var sender: String
    /// The envelope's recipients.
    public var recipients: [String]
    /// What was read.
    public var letter: Letter

    /// A request as given.
    public init(sender: String, recipients: [String], letter: Letter) {
      self.sender = sender
      self.recipients = recipients
      self.letter = letter
    }

    /// All addresses that it goes to, each once and in one spelling: the envelope's first, then the header's.
    public var addresses: [String] {
      var seen: Set<String> = []
      return (recipients + letter.recipients).map(Mailbox.folded).filter { seen.insert($0).inserted }
    }

    /// The identifiers that are looked up, the latest first.
    public var references: [String] { letter.references.suffix(referenceCountMax).reversed() }

    /// The number of the ticket that the subject names as `[#17]`; nil: it names none.
    public var number: Int64? { TicketToken.number(in: letter.subject) }

    /// The tickets that it may be about, the likeliest first. Needs the mails of its references, and its number's ticket.
    public func threads(_ state: IntakeState) -> [TicketID] {
      var threads: [TicketID] = []
      for id in references {
        if let ticket = MailIdentity.ticket(of: id) ?? state.mails[id]?.ticketID { threads.append(ticket) }
      }
      if let number, let named = state.ticketNumbers[number] { threads.append(named.ticketID) }
      return threads
    }
  }

  /// What came of a mail.
  public struct Reply: Sendable, Hashable {
    /// Whether it was taken before: then nothing has changed.
    public var isSeen = false
    /// As it is kept.
    public var mail: Mail
    /// The ticket that it opened or continued; nil: none.
    public var ticket: Ticket?
    /// What it was answered first; nil: nothing.
    public var answer: FailedClause?
  }

  /// What is made of a mail that is new.
  struct Verdict {
    var outcome: Mail.Outcome
    var ticket: Ticket?
    var accountID: AccountID?
    var clauses: [FailedClause] = []
    var reason = ""
  }

  /// Needs the mail with this Message-ID and those of its references, the mailboxes of its addresses, the tickets that it may
  /// be about with their plans, those who are known by the writer's address with their accounts, and who was answered lately.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try check(request)
      let letter = request.letter
      guard request.recipients.contains(where: { state.mailboxes.contains(Mailbox.folded($0)) }) else {
        throw Refused(.notFound("mailbox"), "None of the recipients is a mailbox of the tenant.")
      }
      if let known = state.mails[letter.messageID] {
        return Reply(isSeen: true, mail: known, ticket: known.ticketID.flatMap { state.tickets[$0] })
      }
      let boxes = request.addresses.compactMap { state.mailboxes[$0] }
      let verdict = try judge(request, boxes, &state, &context)
      var mail = Mail(
        messageID: letter.messageID, id: context.id(), sender: letter.from, subject: MailText.subject(letter.subject),
        recipients: boxes.map(\.address), outcome: verdict.outcome, ticketID: verdict.ticket?.id,
        accountID: verdict.accountID, at: context.now)
      mail.byteCount = letter.byteCount
      mail.attachments = letter.attachments
      mail.reason = verdict.reason.isEmpty ? verdict.clauses.map(\.id).joined(separator: ", ") : verdict.reason
      if !verdict.clauses.isEmpty {
        mail.isAnswered = MailAnswering.answer(
          request, verdict.clauses, about: verdict.ticket, &state, &context)
      }
      state.mails.insert(mail)
      state.common.changed(
        "mail.\(mail.outcome.rawValue)", mail.id, version: 1,
        "A mail of \(mail.sender.isEmpty ? "nobody" : mail.sender) was \(mail.outcome.rawValue)."
          + (mail.reason.isEmpty ? "" : " \(mail.reason)"))
      return Reply(mail: mail, ticket: verdict.ticket, answer: verdict.clauses.first)
    }
  }

  private static func check(_ request: Request) throws(Refused) {
    try Fields.name(request.letter.messageID, "message_id", max: TakeMail.messageIDByteCountMax)
    guard (1...recipientCountMax).contains(request.recipients.count) else {
      throw Fields.invalid("recipients", "has 1 to \(recipientCountMax) addresses")
    }
    for recipient in request.recipients {
      try Fields.name(recipient, "recipients", max: Fields.emailByteCountMax)
    }
    try Fields.line(request.sender, "sender", max: Fields.emailByteCountMax)
  }

  private static func judge(
    _ request: Request, _ boxes: [Mailbox], _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> Verdict {
    if let sign = request.letter.automatic { return Verdict(outcome: .ignored, reason: sign) }
    guard !request.letter.from.isEmpty else { return Verdict(outcome: .ignored, reason: "it names no writer") }
    let writers = state.appointed(by: ContactWay.mail(request.letter.from))
    for id in request.threads(state) {
      guard let ticket = state.ticket(following: id),
        let writer = writers.first(where: { $0.accountID == ticket.accountID })
      else { continue }
      if let verdict = try MailFollowing.continued(request, ticket, by: writer, boxes, &state, &context) {
        return verdict
      }
      return try opened(request, by: writer, boxes, after: ticket, &state, &context)
    }
    switch Writer.find(request.letter.from, state) {
    case .contact(let contact): return try opened(request, by: contact, boxes, &state, &context)
    case .several: return refused(request, [Writer.ambiguous], &state, &context)
    case .nobody:
      let plan = boxes.first.flatMap { state.common.plans[$0.planVersion] }
      return refused(request, Writer.clauses(of: plan, context), &state, &context)
    }
  }

  /// The mail opens a ticket, as the plan has it for the addresses that it went to.
  ///
  /// - Parameter earlier: the closed ticket that it is about; nil: none.
  private static func opened(
    _ request: Request, by writer: Contact, _ boxes: [Mailbox], after earlier: Ticket? = nil,
    _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> Verdict {
    var opening = opening(request, by: writer)
    if let earlier, earlier.closedAt != nil, !earlier.isMerged { opening.earlierTicketID = earlier.id }
    let taking = TakeMail.Request(
      opening: opening, recipients: boxes.map(\.address), messageID: request.letter.messageID,
      content: content(request.letter, of: writer, state), sender: request.letter.from)
    do throws(Refused) {
      switch try TakeMail.outcome(of: taking, state) {
      case .ticket(let name):
        let ticket = try TakeMail.open(taking, name, &state, &context)
        return Verdict(outcome: .opened, ticket: ticket, accountID: writer.accountID)
      case .answered(let clause, let pages):
        let ticket = try pages.map { name throws(Refused) in try TakeMail.open(taking, name, &state, &context) }
        TakeMail.log(taking, [clause], &state, &context)
        return Verdict(outcome: .answered, ticket: ticket, accountID: writer.accountID, clauses: [clause])
      case .refused(let clause):
        throw Refused(.admission, "The plan does not admit this: \(clause.id).", clauses: [clause])
      case .seen: return Verdict(outcome: .ignored, reason: "it was taken before")
      }
    } catch {
      guard error.reason == .admission else { throw error }
      TakeMail.log(taking, error.clauses, &state, &context)
      return Verdict(outcome: .refused, accountID: writer.accountID, clauses: error.clauses)
    }
  }

  /// The ticket that a mail asks for.
  static func opening(_ request: Request, by writer: Contact) -> OpenTicket.Request {
    var opening = OpenTicket.Request(
      accountID: writer.accountID, subject: MailText.subject(request.letter.subject), channel: "email")
    opening.contactID = writer.id
    opening.text = MailText.body(request.letter)
    return opening
  }

  /// What kind of mail it is by its words, as the writer's plan knows them. What lies in it may say what is wrong.
  private static func content(_ letter: Letter, of writer: Contact, _ state: IntakeState) -> String {
    guard letter.attachments.isEmpty, let agreement = state.accounts[writer.accountID]?.agreement,
      let plan = state.common.plans[agreement.planVersion]
    else { return "problem" }
    return plan.content(ofMail: letter.subject, letter.text, writer: writer.name + " " + letter.fromName)
  }

  /// Nobody's mail, which is kept as an attempt.
  private static func refused(
    _ request: Request, _ clauses: [FailedClause], _ state: inout IntakeState, _ context: inout Context
  ) -> Verdict {
    state.record(
      Attempt(
        id: context.id(), accountID: nil, caller: request.letter.from, channel: "email",
        subject: MailText.subject(request.letter.subject), at: context.now, findings: clauses, asked: .ticket,
        record: nil))
    return Verdict(outcome: .refused, clauses: clauses)
  }
}

extension IntakeState {
  /// A ticket, or the one that it ended in. Needs both.
  func ticket(following id: TicketID) -> Ticket? {
    guard let ticket = tickets[id] else { return nil }
    guard let end = ticket.mergedInto else { return ticket }
    return tickets[end] ?? ticket
  }
}

extension Ticket {
  /// The ticket that it ended in; nil: it stands for itself.
  public var mergedInto: TicketID? { relations.first { $0.kind == .mergedInto }?.ticketID }
}
