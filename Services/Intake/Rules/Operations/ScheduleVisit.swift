public import Policy

/// Books an appointment for a ticket, or regular maintenance for a customer.
public enum ScheduleVisit {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The customer; nil: the ticket's.
    public var accountID: AccountID?
    /// The ticket; nil for maintenance.
    public var ticketID: TicketID?
    /// appointment or maintenance.
    public var kind: Visit.Kind
    /// Who goes; empty: not yet known.
    public var engineer: String
    /// When they are expected.
    public var plannedAt: Instant

    /// A request as given.
    public init(accountID: AccountID?, ticketID: TicketID?, kind: Visit.Kind, engineer: String, plannedAt: Instant) {
      self.accountID = accountID
      self.ticketID = ticketID
      self.kind = kind
      self.engineer = engineer
      self.plannedAt = plannedAt
    }
  }

  /// Needs the account, or the ticket with its work and visits, its account and its plan. An appointment is the promise
  /// from then on: it takes the place of the due instants that the plan lets it replace.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Visit> {
    Decision { () throws(Refused) in
      try Fields.line(request.engineer, "engineer")
      guard request.plannedAt >= context.now else { throw Fields.invalid("planned_ms", "must not be past") }
      switch request.kind {
      case .dispatch: throw Fields.invalid("kind", "is appointment or maintenance; ticket.dispatch sends someone")
      case .maintenance: return try scheduleMaintenance(request, &state, &context)
      case .appointment: return try scheduleAppointment(request, &state, &context)
      }
    }
  }

  private static func scheduleMaintenance(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> Visit {
    guard request.ticketID == nil else { throw Fields.invalid("ticket_id", "must be empty for maintenance") }
    guard let accountID = request.accountID else { throw Fields.invalid("account_id", "must be given") }
    let account = try state.account(accountID)
    let visit = Visit(
      id: context.id(), accountID: account.id, ticketID: nil, kind: .maintenance, engineer: request.engineer,
      plannedAt: request.plannedAt, stretch: 0)
    state.visits.insert(visit)
    state.common.changed("visit.scheduled", visit.id, version: 1, "Maintenance is booked for \(account.name).")
    return visit
  }

  private static func scheduleAppointment(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> Visit {
    guard let ticketID = request.ticketID else { throw Fields.invalid("ticket_id", "must be given for an appointment") }
    var ticket = try state.ticket(ticketID, in: .active)
    guard request.accountID == nil || request.accountID == ticket.accountID else {
      throw Fields.invalid("account_id", "is not the ticket's account")
    }
    let plan = try state.plan(ticket.planVersion)
    let visit = Visit(
      id: context.id(), accountID: ticket.accountID, ticketID: ticket.id, kind: .appointment,
      engineer: request.engineer, plannedAt: request.plannedAt, stretch: ticket.reopened)
    state.visits.insert(visit)
    if ticket.reopened == 0, ticket.attendedAt == nil {
      ticket.retarget(plan, appointment: state.appointment(of: ticket), keepingMet: false)
    }
    state.commit(&ticket, "visit.scheduled", "A visit is booked for ticket \(ticket.number).", context)
    return visit
  }
}

extension IntakeState {
  /// The appointment by which a ticket's promises are measured: the one that was booked last and not called off.
  func appointment(of ticket: Ticket) -> Instant? {
    visits.members(of: ticket.id)
      .last { $0.kind == .appointment && $0.stretch == ticket.reopened && $0.cancelledAt == nil }?.plannedAt
  }
}
