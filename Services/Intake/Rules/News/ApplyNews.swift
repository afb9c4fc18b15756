public import Policy

/// Takes the ledger's news of an agreement: which plan an account has, and when it last bought.
public enum ApplyAgreement {
  /// What the ledger told.
  public struct Told: Sendable, Hashable {
    /// Whose agreement it is.
    public var accountID: AccountID
    /// The agreement.
    public var agreement: AgreementView

    /// News as given.
    public init(accountID: AccountID, agreement: AgreementView) {
      self.accountID = accountID
      self.agreement = agreement
    }
  }

  /// Needs the account with its subsidiaries, hotlines and contacts. The agreement that was signed last
  /// counts, also once it has ended.
  public static func decide(
    _ told: Told, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      var account = try state.account(told.accountID)
      let present = account.agreement
      guard present.map({ $0.id == told.agreement.id || $0.signedAt <= told.agreement.signedAt }) ?? true else {
        return
      }
      account.agreement = told.agreement
      guard account.agreement != present else { return }
      state.commit(&account, "account.agreement-changed", "The agreement of \(account.name) changed.", context)
    }
  }
}

/// Takes the ledger's news of what a ticket costs.
public enum ApplyCharges {
  /// Needs the ticket. What the ledger said is shown with the ticket and told to nobody: those who need it have it from
  /// the ledger.
  public static func decide(
    _ id: TicketID, _ charges: TicketCharges, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      var ticket = try state.ticket(id)
      guard ticket.charges != charges else { return }
      ticket.charges = charges
      ticket.version += 1
      state.tickets.update(ticket)
      state.common.changed(
        "ticket.charged", ticket.id, version: ticket.version,
        "Ticket \(ticket.number): \(charges.charged) charged, \(charges.held) held, \(charges.unsettled) unsettled.")
    }
  }
}

/// Takes the notifier's news of an escalation.
public enum ApplyEscalation {
  /// How an escalation stands.
  public enum Standing: Sendable, Hashable {
    /// Its ladder goes on.
    case running
    /// A person answered for it.
    case acknowledged(by: String, at: Instant)
    /// What it asked for happened.
    case stopped
    /// Nobody answered any step.
    case exhausted
  }

  /// Needs the ticket with its work and visits, and its account. An acknowledgement is one of the ticket, if nobody had
  /// seen it before; it and the end of a ladder are kept as messages.
  public static func decide(
    _ id: TicketID, target: String, _ standing: Standing, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      var ticket = try state.ticket(id)
      switch standing {
      case .running, .stopped: return
      case .acknowledged(let person, let instant):
        state.post(
          "\(person) acknowledged the escalation of \(target).", on: ticket, .internal, author: "notifier", &context)
        guard ticket.acknowledgedAt == nil, ticket.isActive else { return }
        ticket.acknowledgedAt = max(instant, ticket.openedAt)
        state.commit(&ticket, "ticket.acknowledged", "\(person) has seen ticket \(ticket.number).", context)
      case .exhausted:
        state.post(
          "The escalation of \(target) has reached nobody.", on: ticket, .internal, author: "notifier", &context)
        state.common.changed(
          "ticket.escalation-exhausted", ticket.id, version: ticket.version,
          "The escalation of \(target) of ticket \(ticket.number) has reached nobody.")
      }
    }
  }
}
