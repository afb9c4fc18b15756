public import Policy

/// Records that a customer does not keep an obligation of the plan, or keeps it again (P15).
public enum RecordObligation {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Where it is recorded.
    public enum Place: Sendable, Hashable {
      /// For all requests from now on.
      case account(AccountID)
      /// For one ticket.
      case ticket(TicketID)
    }

    /// Where it is recorded.
    public var place: Place
    /// The obligation's id in the plan.
    public var obligation: String
    /// Whether it is kept.
    public var isKept: Bool
    /// What happened, 1 to 1,000 bytes.
    public var reason: String

    /// A request as given.
    public init(place: Place, obligation: String, isKept: Bool, reason: String) {
      self.place = place
      self.obligation = obligation
      self.isKept = isKept
      self.reason = reason
    }
  }

  /// What was changed.
  public enum Reply: Sendable, Hashable {
    case account(AccountView)
    case ticket(Ticket)
  }

  /// Needs the account with all that its snapshot tells and its plan, or the ticket with its work and visits, its account
  /// and its plan.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try Fields.reason(request.reason)
      switch request.place {
      case .account(let id): return .account(try record(request, of: id, &state, context))
      case .ticket(let id): return .ticket(try record(request, on: id, &state, &context))
      }
    }
  }

  private static func record(
    _ request: Request, of id: AccountID, _ state: inout IntakeState, _ context: Context
  ) throws(Refused) -> AccountView {
    var account = try state.account(id)
    guard let agreement = account.agreement else {
      throw Refused(
        .conflict(state: "no agreement"), "\(account.name) has agreed to no plan, which has no obligations.")
    }
    let obligation = try state.plan(agreement.planVersion).obligation(request.obligation)
    guard account.unkept.contains(obligation.id) == request.isKept else { throw recorded(request) }
    if request.isKept {
      account.unkept.removeAll { $0 == obligation.id }
    } else {
      account.unkept.append(obligation.id)
    }
    state.commit(
      &account, "account.obligation-recorded",
      "\(account.name) \(request.isKept ? "keeps" : "does not keep") \(obligation.id): \(request.reason)", context)
    return state.view(of: account)
  }

  private static func record(
    _ request: Request, on id: TicketID, _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> Ticket {
    var ticket = try state.ticket(id, in: .active)
    let plan = try state.plan(ticket.planVersion)
    let obligation = try plan.obligation(request.obligation)
    let isUnkept =
      ticket.pauses.contains { $0.clause == obligation.id && $0.to == nil }
      || ticket.warnings.contains { $0.id == obligation.id }
    guard isUnkept == request.isKept else { throw recorded(request) }
    let clauses = plan.pauses([.unkept: .list([obligation.id])])
    if request.isKept {
      ticket.warnings.removeAll { $0.id == obligation.id }
      ticket.endPauses(of: obligation.id, at: context.now, plan, appointment: state.appointment(of: ticket))
    } else if let clause = clauses.first {
      guard ticket.pauses.count < Pause.countMax else {
        throw Refused(.limit("pauses"), "The clocks of a ticket are stopped at most \(Pause.countMax) times.")
      }
      ticket.pauses.append(
        Pause(from: context.now, clause: clause.id, text: clause.text, reason: request.reason))
    } else {
      ticket.warnings.append(
        FailedClause(
          id: obligation.id, text: obligation.text, looked: ["unkept: \(obligation.id)"],
          remedy: "keep \(obligation.id)"))
    }
    let text = "\(obligation.id) is \(request.isKept ? "kept again" : "not kept"): \(request.reason)"
    state.post(text, on: ticket, .internal, &context)
    let kind = clauses.isEmpty ? "ticket.obligation-recorded" : request.isKept ? "ticket.resumed" : "ticket.paused"
    state.commit(&ticket, kind, "Ticket \(ticket.number): \(text)", context)
    return ticket
  }

  private static func recorded(_ request: Request) -> Refused {
    Refused(
      .conflict(state: request.isKept ? "kept" : "unkept"),
      "That \(request.obligation) is \(request.isKept ? "kept" : "not kept") is recorded already.")
  }
}

extension Plan {
  /// The obligation with this id, or a refusal.
  fileprivate func obligation(_ id: String) throws(Refused) -> Obligation {
    guard let obligation = obligations.first(where: { $0.id == id }) else {
      let known = obligations.map(\.id).joined(separator: ", ")
      throw Refused(.clauseUnknown(id), "The plan has no obligation \(id); it has \(known.isEmpty ? "none" : known).")
    }
    return obligation
  }
}
