public import Policy

/// Someone arrived on site.
public enum ArriveAtVisit {
  /// Needs the visit, and its ticket with work and visits; in any case the account.
  public static func decide(
    _ id: VisitID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Visit> {
    Decision { () throws(Refused) in
      var visit = try state.visit(id)
      try visit.requirePlanned()
      visit.arrivedAt = context.now
      guard let ticketID = visit.ticketID else {
        var account = try state.account(visit.accountID)
        guard account.maintenanceVisitID == nil else {
          throw Refused(.conflict(state: "under way"), "Another maintenance visit to \(account.name) is under way.")
        }
        account.maintenanceVisitID = visit.id
        state.visits.update(visit)
        state.accounts.update(account)
        state.common.changed("visit.arrived", visit.id, version: 2, "Maintenance at \(account.name) has begun.")
        return visit
      }
      var ticket = try state.ticket(ticketID, in: .active)
      state.visits.update(visit)
      ticket.state = .dispatched
      if ticket.attendedAt == nil { ticket.attendedAt = context.now }
      state.commit(&ticket, "visit.arrived", "Someone is on site for ticket \(ticket.number).", context)
      return visit
    }
  }
}

/// Someone left the site.
public enum DepartFromVisit {
  /// Needs the visit, and its ticket with work and visits; in any case the account.
  public static func decide(
    _ id: VisitID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Visit> {
    Decision { () throws(Refused) in
      var visit = try state.visit(id)
      guard visit.arrivedAt != nil, visit.departedAt == nil else {
        throw Refused(.conflict(state: visit.standing), "Nobody is on site: the visit is \(visit.standing).")
      }
      visit.departedAt = context.now
      state.visits.update(visit)
      guard let ticketID = visit.ticketID else {
        state.accounts.update(visit.accountID) { account in
          if account.maintenanceVisitID == id { account.maintenanceVisitID = nil }
        }
        state.common.changed("visit.departed", visit.id, version: 3, "Maintenance has ended.")
        return visit
      }
      var ticket = try state.ticket(ticketID)
      state.commit(&ticket, "visit.departed", "The visit for ticket \(ticket.number) has ended.", context)
      return visit
    }
  }
}

/// A visit is called off.
public enum CancelVisit {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which visit.
    public var visitID: VisitID
    /// Why; kept as a message on the ticket.
    public var reason: String

    /// A request as given.
    public init(visitID: VisitID, reason: String) {
      self.visitID = visitID
      self.reason = reason
    }
  }

  /// Needs the visit, and its ticket with work and visits, the ticket's account and its plan. The promises are measured
  /// as if the visit had never been booked; a ticket for which nobody else is on the way is open again.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Visit> {
    Decision { () throws(Refused) in
      try Fields.note(request.reason, "reason")
      guard !request.reason.isEmpty else { throw Refused(.needsReason, "Say why the visit is called off.") }
      var visit = try state.visit(request.visitID)
      try visit.requirePlanned()
      visit.cancelledAt = context.now
      state.visits.update(visit)
      guard let ticketID = visit.ticketID else {
        state.common.changed("visit.cancelled", visit.id, version: 2, "Maintenance was called off: \(request.reason)")
        return visit
      }
      var ticket = try state.ticket(ticketID)
      state.post(request.reason, on: ticket, .internal, &context)
      let left = state.visits.members(of: ticket.id)
        .filter { $0.stretch == ticket.reopened && $0.cancelledAt == nil }
      if !left.contains(where: { $0.kind == .dispatch }) { ticket.dispatchedAt = nil }
      if ticket.state == .dispatched, !left.contains(where: { $0.kind == .dispatch || $0.arrivedAt != nil }) {
        ticket.state = .open
      }
      if ticket.isActive, ticket.reopened == 0, ticket.attendedAt == nil {
        let plan = try state.plan(ticket.planVersion)
        ticket.retarget(plan, appointment: state.appointment(of: ticket), keepingMet: false)
      }
      state.commit(&ticket, "visit.cancelled", "The visit for ticket \(ticket.number) was called off.", context)
      return visit
    }
  }
}

extension Visit {
  /// Where the visit stands, in a word.
  var standing: String {
    if cancelledAt != nil { return "cancelled" }
    if departedAt != nil { return "departed" }
    return arrivedAt == nil ? "planned" : "arrived"
  }

  /// Refuses unless nobody has arrived yet and it was not called off.
  func requirePlanned() throws(Refused) {
    guard standing == "planned" else {
      throw Refused(.conflict(state: standing), "The visit is \(standing) already.")
    }
  }
}
