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
    /// Why; needed to change the class.
    public var reason: String

    /// A request as given.
    public init(
      ticketID: TicketID, class: String? = nil, category: String? = nil, incident: String? = nil, reason: String = ""
    ) {
      self.ticketID = ticketID
      self.class = `class`
      self.category = category
      self.incident = incident
      self.reason = reason
    }
  }

  /// Needs the ticket with its work and visits, its account and its plan. Another class brings its own targets, counted
  /// from the opening; what was met or missed before keeps its history.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.note(request.reason, "reason")
      var ticket = try state.ticket(request.ticketID, in: .active)
      var changes: [String] = []
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
        ticket.retarget(plan, appointment: state.appointment(of: ticket), keepingMet: true)
      }
      guard !changes.isEmpty else { return ticket }
      let text = changes.joined(separator: "\n") + (request.reason.isEmpty ? "" : "\n" + request.reason)
      state.post(text, on: ticket, .internal, &context)
      state.commit(&ticket, "ticket.classified", "Ticket \(ticket.number) was classified anew.", context)
      return ticket
    }
  }

  private static func named(_ word: String) -> String { word.isEmpty ? "none" : word }
}
