public import Policy

/// Corrects the class, the category or the incident of a ticket; what was before is kept as a message.
public enum ClassifyTicket {
  /// What is asked; nil leaves a field as it is.
  public struct Request: Sendable, Hashable {
    /// Which ticket.
    public var ticketID: TicketID
    /// One of the plan's classes.
    public var `class`: String?
    /// What kind of equipment, as the plan's rates name it.
    public var category: String?
    /// What went wrong.
    public var incident: String?
    /// What was found since, such as a defect that was qualified; it wins over what was told before.
    public var facts: Facts
    /// Why; needed to change the class.
    public var reason: String
    /// From when another class's targets count; nil: from the opening.
    var countsFrom: Instant?

    /// A request as given.
    public init(
      ticketID: TicketID, class: String? = nil, category: String? = nil, incident: String? = nil,
      facts: Facts = Facts(),
      reason: String = ""
    ) {
      self.ticketID = ticketID
      self.class = `class`
      self.category = category
      self.incident = incident
      self.facts = facts
      self.reason = reason
    }
  }

  /// Needs the ticket with its work and visits, its account and its plan. Another class brings its own targets, counted
  /// from the opening unless a mail of the customer's brings it; what was met or missed before keeps its history. A clause
  /// of the plan that takes the ticket as it was, and not as it is to be, refuses (P7).
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.note(request.reason, "reason")
      var ticket = try state.ticket(request.ticketID, in: .active)
      guard try classify(&ticket, request, &state, &context) else { return ticket }
      state.commit(&ticket, "ticket.classified", "Ticket \(ticket.number) was classified anew.", context)
      return ticket
    }
  }

  /// Corrects the ticket, which the caller stores, and keeps what was before as a message.
  ///
  /// - Returns: whether anything changed.
  @discardableResult
  static func classify(
    _ ticket: inout Ticket, _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> Bool {
    let before = ticket
    var changes = find(request.facts.told(by: context.caller.role), &ticket)
    if let category = request.category, category != ticket.category {
      try Fields.requiredWord(category, "category")
      changes.append("category: \(named(ticket.category)) → \(category)")
      ticket.category = category
    }
    if let incident = request.incident, incident != ticket.incident {
      try Fields.word(incident, "incident")
      changes.append("incident: \(named(ticket.incident)) → \(named(incident))")
      ticket.incident = incident
    }
    if let wanted = request.class, wanted != ticket.class {
      let plan = try state.plan(ticket.planVersion)
      guard plan.ticketClass(wanted) != nil else {
        throw Refused(.clauseUnknown(wanted), "The plan has no class \(wanted).")
      }
      guard !request.reason.isEmpty else { throw Refused(.needsReason, "Say why the class changes.") }
      changes.append("class: \(named(ticket.class)) → \(wanted)")
      ticket.class = wanted
      ticket.raisedAt = request.countsFrom
      try admit(ticket, plan, before, context)
      ticket.retarget(plan, appointment: state.appointment(of: ticket), keepingMet: true)
    }
    guard !changes.isEmpty else { return false }
    let text = changes.joined(separator: "\n") + (request.reason.isEmpty ? "" : "\n" + request.reason)
    state.post(text, on: ticket, .internal, &context)
    return true
  }

  /// Takes over what was found; what of it is new, in words.
  private static func find(_ facts: Facts, _ ticket: inout Ticket) -> [String] {
    let known = ticket.known
    var changes: [String] = []
    for (name, fact) in facts.all where known[name] != fact {
      ticket.found[name] = fact
      changes.append("\(name.rawValue): \(known[name]?.description ?? "none") → \(fact.description)")
    }
    return changes
  }

  /// Refuses by those of the plan's clauses that take the ticket as it was before and not as it is now. How it came in and
  /// when was settled at its opening.
  private static func admit(_ ticket: Ticket, _ plan: Plan, _ before: Ticket, _ context: Context) throws(Refused) {
    func failed(_ ticket: Ticket) -> [FailedClause] {
      var facts = ticket.known
      facts[.class] = .text(ticket.class)
      if !ticket.category.isEmpty { facts[.category] = .text(ticket.category) }
      let clauses = Set(plan.admission.map(\.id))
      return plan.admit(facts, at: context.now).failed.filter { clauses.contains($0.id) }
    }
    let known = Set(failed(before).map(\.id))
    let brought = failed(ticket).filter { !known.contains($0.id) }
    guard !brought.isEmpty else { return }
    let ids = brought.map(\.id).joined(separator: ", ")
    throw Refused(.admission, "The plan does not admit this as class \(ticket.class): \(ids).", clauses: brought)
  }

  private static func named(_ word: String) -> String { word.isEmpty ? "none" : word }
}
