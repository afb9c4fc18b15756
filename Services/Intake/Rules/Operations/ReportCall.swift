public import Policy

/// Takes a gateway's report of a call to the desk: the dialled number and the caller's find the customer and the contact, and
/// it continues a ticket, opens one, or is recorded and answered politely, as the plan's channel rules say (E5, E9, E10, F15).
public enum ReportCall {
  /// The most reports of one call.
  public static let reportCountMax = 100
  /// The longest keys, in bytes: those that a plan can name.
  public static let digitByteCountMax = 40
  /// The longest message on a machine: a day.
  public static let voicemailSecondsMax: Int64 = 86_400

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The gateway's name of the call, and which report of it this is.
    public var key: Call.Key
    /// The number that was dialled.
    public var dialled: String
    /// The caller's number; empty: withheld.
    public var caller = ""
    /// Keys that were pressed since the call began, such as `39` or `3,9`.
    public var digits = ""
    /// How it ended; nil: it goes on.
    public var answer: Call.Answer?
    /// Who answered.
    public var by = ""
    /// What a machine took.
    public var voicemail: Call.Voicemail?
    /// The ticket that the caller named; nil: none.
    public var number: Int64?
    /// The class that the caller chose, such as by a key; empty: the plan's default.
    public var `class` = ""

    /// A report of a call that goes on.
    public init(key: Call.Key, dialled: String) {
      self.key = key
      self.dialled = dialled
    }

    /// The dialled number's one spelling; nil: it is none.
    public var hotline: String? { CreateAccount.canonicalHotline(dialled) }
    /// By what the caller is known; nil: by nothing.
    public var way: String? { ContactWay.phone(caller) }
    /// The keys as plans name them: `3,9`.
    public var keys: String { digits.filter { $0 != "," && $0 != " " }.map(String.init).joined(separator: ",") }
  }

  /// What came of a report.
  public struct Reply: Sendable, Hashable {
    /// Whether it was taken before: then nothing has changed.
    public var isSeen = false
    /// As it is kept.
    public var call: Call
    /// The ticket; nil: there is none.
    public var ticket: Ticket?
    /// What the caller is to be told first; nil: nothing.
    public var answer: FailedClause?
  }

  private struct Verdict {
    var outcome: Call.Outcome
    var ticket: Ticket?
    var accountID: AccountID?
    var contactID: ContactID?
    var clauses: [FailedClause] = []
  }

  /// Needs the reports of the call with their ticket, the hotline, those who are known by the caller's number with their
  /// accounts and plans, the open tickets of those accounts, and the ticket that is named.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      let hotline = try check(request)
      let earlier = state.calls.members(of: request.key.callID)
      if let known = earlier.first(where: { $0.key == request.key }) {
        return Reply(isSeen: true, call: known, ticket: known.ticketID.flatMap { state.tickets[$0] })
      }
      let verdict: Verdict
      if let first = earlier.first {
        verdict = going(first, state)
      } else {
        verdict = try judge(request, hotline, &state, &context)
      }
      var call = Call(
        key: request.key, id: context.id(), dialled: hotline, caller: request.caller, digits: request.keys,
        answer: request.answer, by: request.by, voicemail: request.voicemail, outcome: verdict.outcome, at: context.now)
      (call.accountID, call.contactID) = (verdict.accountID, verdict.contactID)
      call.ticketID = verdict.ticket?.id
      call.reason = verdict.clauses.map(\.id).joined(separator: ", ")
      state.calls.insert(call)
      let ticket = tell(call, verdict.ticket, &state, &context)
      if verdict.ticket == nil, earlier.isEmpty { refuse(call, verdict.clauses, &state, &context) }
      state.common.changed(
        "call.\(call.outcome.rawValue)", call.id, version: 1,
        "A call to \(call.dialled) was \(call.outcome.rawValue)." + (call.reason.isEmpty ? "" : " \(call.reason)"))
      return Reply(call: call, ticket: ticket, answer: verdict.clauses.first)
    }
  }

  private static func check(_ request: Request) throws(Refused) -> String {
    try Fields.name(request.key.callID, "call_id")
    guard (1...Int64(reportCountMax)).contains(request.key.report) else {
      throw Fields.invalid("report", "is 1 to \(reportCountMax)")
    }
    let hotline = try Fields.hotline(request.dialled, "dialled")
    try Fields.phone(request.caller, "caller")
    guard request.digits.utf8.allSatisfy({ "0123456789*#, ".utf8.contains($0) }),
      request.keys.utf8.count <= digitByteCountMax
    else { throw Fields.invalid("digits", "holds keys of a telephone, at most \((digitByteCountMax + 1) / 2)") }
    try Fields.line(request.by, "by")
    try Fields.word(request.class, "class")
    guard let voicemail = request.voicemail else { return hotline }
    guard request.answer == .voicemail, (0...voicemailSecondsMax).contains(voicemail.seconds) else {
      throw Fields.invalid("voicemail_seconds", "is at most \(voicemailSecondsMax), of a call that a machine answered")
    }
    try Fields.line(voicemail.reference, "voicemail_reference", max: Fields.noteByteCountMax)
    return hotline
  }

  /// A call that was reported before stays with its ticket.
  private static func going(_ first: Call, _ state: IntakeState) -> Verdict {
    let ticket = first.ticketID.flatMap { state.ticket(following: $0) }
    return Verdict(
      outcome: ticket == nil ? .refused : .continued, ticket: ticket, accountID: first.accountID,
      contactID: first.contactID)
  }

  private static func judge(
    _ request: Request, _ hotline: String, _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> Verdict {
    let contact: Contact?
    let accountID: AccountID
    if let owner = state.hotlines[hotline]?.accountID {
      accountID = owner
      contact = request.way.flatMap { way in state.appointed(by: way).first { $0.accountID == owner } }
    } else {
      switch request.way.map({ Writer.find(way: $0, state) }) ?? .nobody {
      case .contact(let found): (contact, accountID) = (found, found.accountID)
      case .several: return Verdict(outcome: .refused, clauses: [Writer.ambiguous])
      case .nobody: return Verdict(outcome: .refused, clauses: [unknown])
      }
      let plan = state.accounts[accountID]?.agreement.flatMap { state.common.plans[$0.planVersion] }
      guard plan?.hotlines.contains(where: { CreateAccount.canonicalHotline($0) == hotline }) ?? false else {
        throw Refused(.notFound("hotline"), "The number \(request.dialled) is not the hotline of the caller's plan.")
      }
    }
    var verdict: Verdict
    if let contact, let ticket = open(for: request, accountID, state) {
      verdict = Verdict(outcome: .continued, ticket: ticket, contactID: contact.id)
    } else {
      verdict = try opened(request, hotline, accountID, contact, &state, &context)
    }
    verdict.accountID = accountID
    verdict.contactID = contact?.id
    return verdict
  }

  private static let unknown = FailedClause(
    id: "unknown-caller", text: "We do not know whom you call for.", looked: ["contact: unknown"],
    remedy: "Let one of the contacts whom your company appointed call, from a number that we have.")

  /// The open ticket that a call is about: the one that the caller named, or the latest whose ladder listens to calls.
  private static func open(for request: Request, _ account: AccountID, _ state: IntakeState) -> Ticket? {
    if let number = request.number {
      let ticket = state.ticketNumbers[number].flatMap { state.ticket(following: $0.ticketID) }
      return ticket?.accountID == account ? ticket : nil
    }
    // Those that were there before the batch, and those that it has opened.
    let open =
      state.openTickets.members(of: account).compactMap { state.tickets[$0.ticketID] }
      + state.tickets.changes.inserted.filter { $0.accountID == account }
    return open.filter { $0.isActive && state.common.plans[$0.planVersion]?.listens(to: $0) ?? false }
      .max { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
  }

  private static func opened(
    _ request: Request, _ hotline: String, _ accountID: AccountID, _ contact: Contact?, _ state: inout IntakeState,
    _ context: inout Context
  ) throws(Refused) -> Verdict {
    let name = contact?.name ?? (request.caller.isEmpty ? "an unknown number" : request.caller)
    var opening = OpenTicket.Request(
      accountID: accountID, subject: "Call from \(name)".cut(Fields.nameByteCountMax),
      channel: request.answer == .voicemail ? "voicemail" : "telephone")
    opening.contactID = contact?.id
    opening.caller = request.caller
    opening.class = request.class
    if state.hotlines[hotline] != nil { opening.dialled = hotline }
    switch OpenTicket.decide(opening, &state, &context) {
    case .accepted(let ticket): return Verdict(outcome: .opened, ticket: ticket)
    case .refused(let refused) where refused.reason == .admission:
      RecordAttempt.record(opening, refused, &state, &context)
      return Verdict(outcome: .refused, clauses: refused.clauses)
    case .refused(let refused): throw refused
    }
  }

  /// The call stands on its ticket as a message, and the notifier is told what was pressed and how it ended.
  private static func tell(
    _ call: Call, _ found: Ticket?, _ state: inout IntakeState, _ context: inout Context
  ) -> Ticket? {
    guard var ticket = found else { return nil }
    let author = call.contactID.flatMap { state.contacts[$0]?.name } ?? call.caller
    state.post(call.words, on: ticket, .fromCustomer, channel: "telephone", author: author, &context)
    guard !call.digits.isEmpty || call.answer != nil else { return ticket }
    ticket.take(call)
    state.commit(&ticket, "ticket.called", "Ticket \(ticket.number): \(call.words)", context)
    return ticket
  }

  /// A call that became no ticket: whom nobody reached by voice is told in writing what is needed.
  private static func refuse(
    _ call: Call, _ clauses: [FailedClause], _ state: inout IntakeState, _ context: inout Context
  ) {
    guard let account = call.accountID else {
      state.record(
        Attempt(
          id: context.id(), accountID: nil, caller: call.caller, channel: "telephone",
          subject: "Call from \(call.caller)",
          at: context.now, findings: clauses, asked: .ticket, record: nil))
      return
    }
    guard call.answer != .person, call.contactID != nil else { return }
    let reasons = clauses.map { $0.remedy.isEmpty ? $0.text : "\($0.text) (\($0.remedy))" }
    state.common.emit(
      .notice(
        IntakeNotice(
          id: context.id(), kind: "call", accountID: account, subject: "Your call is recorded, and is no ticket",
          text: ([call.words] + reasons).joined(separator: "\n") + "\n", ticketID: nil, facts: [:])))
  }
}

extension Call {
  /// The call in words, on one line.
  var words: String {
    var text = "Call\(caller.isEmpty ? "" : " from \(caller)") to \(dialled)"
    if !digits.isEmpty { text += ", pressed \(digits)" }
    switch answer {
    case .some(.none): text += "; nobody answered"
    case .person: text += "; \(by.isEmpty ? "somebody" : by) answered"
    case .voicemail: text += "; a message of \(voicemail?.seconds ?? 0) s was left"
    case .refused: text += "; it was turned away"
    case nil: break
    }
    if let reference = voicemail?.reference, !reference.isEmpty { text += ": \(reference)" }
    return text + "."
  }
}

extension Ticket {
  /// The most calls that are told of one ticket, the latest ones.
  public static let callCountMax = 50

  /// Keeps what the notifier is to know of a call.
  mutating func take(_ call: Call) {
    let number = (calls.last?.number ?? 0) + 1
    calls.append(TicketCall(number: number, digits: call.digits, answer: call.answer, by: call.by))
    calls.removeFirst(max(0, calls.count - Self.callCountMax))
  }
}

extension Plan {
  /// Whether a ladder that a ticket's class or targets have is brought forward by a call.
  fileprivate func listens(to ticket: Ticket) -> Bool {
    let named = ticketClass(ticket.class)
    let ladders = [named?.ladder] + (targets + (named?.targets ?? [])).map(\.ladder)
    return ladders.contains { $0.flatMap { ladder($0) }?.steps.contains { $0.orWhen != nil } ?? false }
  }
}
