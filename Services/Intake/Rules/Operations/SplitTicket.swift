public import Policy

/// Makes a ticket of its own from some of a ticket's work: two things were dealt with under one number.
public enum SplitTicket {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The ticket whose work it is.
    public var ticketID: TicketID
    /// The records that go, 1 to 1,000 of the ticket's present stretch; some work stays.
    public var workIDs: [WorkID]
    /// What the new ticket is about, 1 to 200 bytes.
    public var subject: String
    /// What kind of equipment; empty: the same.
    public var category: String
    /// What went wrong, in a short stable word; empty: unknown.
    public var incident: String
    /// Why; kept as a message on both.
    public var reason: String

    /// A request as given.
    public init(
      ticketID: TicketID, workIDs: [WorkID], subject: String, category: String = "", incident: String = "",
      reason: String
    ) {
      self.ticketID = ticketID
      self.workIDs = workIDs
      self.subject = subject
      self.category = category
      self.incident = incident
      self.reason = reason
    }
  }

  /// Both tickets after the change.
  public struct Reply: Sendable, Hashable {
    /// The one that was split.
    public var ticket: Ticket
    /// The new one.
    public var split: Ticket
  }

  /// Needs a number, and the ticket with its work and visits, its account and its plan.
  ///
  /// The new ticket was reported when the old one was, stands where it stands, and is rated by the same version of the
  /// plan. A promise that is still to be kept is kept for both, and counts from the same instant with the same pauses; one that
  /// was met or missed stays with the old one. Parts, visits and messages stay, too.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try check(request)
      var ticket = try state.ticket(request.ticketID, in: [.open, .dispatched, .resolved])
      guard ticket.relations.count < Ticket.relationCountMax else {
        throw Refused(
          .limit("relations"), "A ticket is bound up with at most \(Ticket.relationCountMax) others.")
      }
      _ = try state.plan(ticket.planVersion)
      let chosen = try chosen(request, ticket, state)
      guard let number = state.common.numbers.next(IntakeState.ticketNumbers) else {
        throw Refused(.limit("numbers"), "No ticket number is left for this tenant.")
      }
      var split = ticket.part(id: context.id(), number: number, request)
      split.workBegunAt = chosen.map(\.from).min().map { max($0, split.openedAt) }
      for record in chosen { state.work.insert(record.moved(to: split, id: context.id(), at: context.now)) }
      ticket.movedWork += chosen.map(\.id)
      split.relate(.splitFrom, to: ticket, version: ticket.version + 1)
      ticket.relate(.splitInto, to: split, version: split.version)

      split.evaluateTargets(visits: [])
      state.followGates(&split, context)
      state.tickets.insert(split)
      state.post("Ticket \(number) was split off: \(request.reason)", on: ticket, .internal, &context)
      state.post("Split off ticket \(ticket.number): \(request.reason)", on: split, .internal, &context)
      state.announce(split, "ticket.opened", "Ticket \(number) was split off ticket \(ticket.number).", context)
      state.commit(&ticket, "ticket.split", "Ticket \(number) was split off ticket \(ticket.number).", context)
      return Reply(ticket: ticket, split: split)
    }
  }

  private static func check(_ request: Request) throws(Refused) {
    try Fields.name(request.subject, "subject")
    try Fields.word(request.category, "category")
    try Fields.word(request.incident, "incident")
    try Fields.note(request.reason, "reason")
    guard !request.reason.isEmpty else { throw Refused(.needsReason, "Say why the ticket is two.") }
    guard (1...RecordWork.countMax).contains(request.workIDs.count) else {
      throw Fields.invalid("work_ids", "names 1 to \(RecordWork.countMax) records")
    }
  }

  /// The records that go: of the ticket's present stretch, none of it past a gate that nobody opened, and not all.
  private static func chosen(
    _ request: Request, _ ticket: Ticket, _ state: IntakeState
  ) throws(Refused) -> [WorkRecord] {
    let (own, wanted) = (state.ownWork(of: ticket), Set(request.workIDs))
    let chosen = own.filter { wanted.contains($0.id) }
    guard chosen.count == wanted.count else {
      throw Refused(.notFound("work"), "A record is not one of the ticket's present work.")
    }
    let left = own.filter { !wanted.contains($0.id) }
    let isOnsite = state.visits.members(of: ticket.id).contains { $0.stretch == ticket.reopened && $0.arrivedAt != nil }
    guard left.contains(where: { !isOnsite || $0.mode == .onsite }) else {
      throw Fields.invalid("work_ids", "must leave some work on the ticket, and some on site where someone was there")
    }
    let beyond = chosen.first { record in
      ticket.beyondConsent.contains { $0.from < record.to && record.from < $0.to }
    }
    guard beyond == nil else {
      throw Fields.invalid(
        "work_ids", "must not name work past a gate that nobody opened: under another number it would be charged")
    }
    return chosen
  }
}

extension Ticket {
  /// A ticket of its own for a part of this one's work.
  fileprivate func part(id: TicketID, number: Int64, _ request: SplitTicket.Request) -> Ticket {
    var part = Ticket(
      id: id, number: number, accountID: accountID, subsidiaryID: subsidiaryID, contactID: contactID, caller: caller,
      assetID: assetID, subject: request.subject, channel: channel,
      category: request.category.isEmpty ? category : request.category, class: `class`, incident: request.incident,
      planVersion: planVersion, openedAt: reopenedAt ?? openedAt, facts: facts, handling: handling)
    part.promisedAt = promisedAt
    part.state = state == .resolved ? .resolved : .open
    part.acknowledgedAt = acknowledgedAt
    part.contactedAt = contactedAt
    part.heardAt = heardAt
    part.raisedAt = raisedAt
    part.attendedAt = attendedAt
    part.resolvedAt = resolvedAt
    part.resolution = resolution
    part.resolvedByHelpdesk = resolvedByHelpdesk
    part.maintenanceVisitID = maintenanceVisitID
    part.found = found
    part.misuse = misuse
    part.warnings = warnings
    part.targets = targets.filter { !$0.isSettled }
    part.pauses = pauses
    part.consents = consents.filter { $0.stretch == reopened }.map { answer in
      var answer = answer
      answer.stretch = 0
      return answer
    }
    return part
  }
}
