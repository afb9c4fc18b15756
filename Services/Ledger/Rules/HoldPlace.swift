package import Policy

/// Keeps units aside by hand.
package enum HoldPlace {
  /// The most units of one hold.
  package static let unitsMax: Amount = 1_000_000_000

  package struct Request: Hashable, Sendable {
    package let agreement: AgreementID
    /// 1 to ``unitsMax``.
    package let amount: Amount
    package let reason: String
    package let ticket: TicketID?
    /// Nil for never.
    package let expiresAt: Instant?
    /// One of the plan's units; empty for its own.
    package let unit: String

    package init(
      agreement: AgreementID, amount: Amount, reason: String, ticket: TicketID?, expiresAt: Instant?, unit: String = ""
    ) {
      self.agreement = agreement
      self.amount = amount
      self.reason = reason
      self.ticket = ticket
      self.expiresAt = expiresAt
      self.unit = unit
    }
  }

  /// Looks at the agreement, its wallet, living lots and plan.
  package static func decide(_ request: Request, _ state: inout LedgerState, _ context: inout Context) -> Decision<Hold>
  {
    Decision { () throws(Refused) in
      let agreement = try state.activeAgreement(request.agreement)
      guard (1...Self.unitsMax).contains(request.amount) else {
        throw Refused(.invalid(field: "amount"), "The amount is 1 to \(Self.unitsMax) units.")
      }
      let reason = try required(request.reason, field: "reason")
      if let expiresAt = request.expiresAt, expiresAt <= context.now {
        throw Refused(.invalid(field: "expires_ms"), "A hold expires after it was placed.")
      }
      let plan = try state.plan(agreement.planVersion)
      return try state.place(
        request.amount, in: try plan.furtherUnit(named: request.unit), id: context.id(), agreement: agreement.id,
        ticket: request.ticket, reason: reason, expiresAt: request.expiresAt, plan: plan, &context)
    }
  }
}

/// Charges up to a hold's amount and frees the rest.
package enum HoldCapture {
  package struct Request: Hashable, Sendable {
    package let hold: HoldID
    /// 0 to the hold's amount.
    package let amount: Amount
    package let text: String

    package init(hold: HoldID, amount: Amount, text: String) {
      self.hold = hold
      self.amount = amount
      self.text = text
    }
  }

  package struct Reply: Hashable, Sendable {
    package let hold: Hold
    /// Nil when nothing was charged.
    package let transfer: Transfer?
  }

  /// Looks at the hold, its quote, and the agreement with wallet, lots (the hold's and the living ones) and plan.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      let hold = try state.openHold(request.hold)
      guard (0...hold.amount).contains(request.amount) else {
        throw Refused(.invalid(field: "amount"), "A capture is 0 to the hold's \(hold.amount) units.")
      }
      guard request.amount > 0 else {
        try state.end(hold, .voided(reason: "Captured nothing"), &context)
        return Reply(hold: state.holds[hold.id] ?? hold, transfer: nil)
      }
      let agreement = try state.agreement(hold.agreement)
      let plan = try state.plan(agreement.planVersion)
      let text = try required(request.text, field: "text")
      let quote = state.quotes[hold.id.as()]
      var lines = [
        JournalLine(
          kind: .rate, clause: quote?.lines.first?.clause ?? "", text: hold.reason, units: request.amount,
          arithmetic: "\(request.amount) of \(hold.amount) held")
      ]
      // What goes beyond the balance is known only now: the capture says it anew.
      if let quote, quote.lines.total == request.amount { lines = quote.lines.filter { $0.kind != .overage } }
      let posted = try state.capture(
        request.amount, of: hold,
        Posting(
          kind: .charge, agreement: agreement.id, contra: .earned, planVersion: agreement.planVersion, text: text,
          lines: lines, ticket: hold.ticket),
        plan: plan, completedAt: context.now, &context)
      state.common.changed(
        "hold.captured", hold.id, version: 2,
        "\(units(request.amount, plan, hold.furtherUnit)) of \(hold.amount) charged: \(text)")
      return Reply(hold: state.holds[hold.id] ?? hold, transfer: posted)
    }
  }
}

/// Ends a hold without charging it.
package enum HoldVoid {
  package struct Request: Hashable, Sendable {
    package let hold: HoldID
    package let reason: String

    package init(hold: HoldID, reason: String) {
      self.hold = hold
      self.reason = reason
    }
  }

  /// Looks at the hold, its quote, its lots, and the agreement with wallet and plan.
  package static func decide(_ request: Request, _ state: inout LedgerState, _ context: inout Context) -> Decision<Hold>
  {
    Decision { () throws(Refused) in
      let hold = try state.openHold(request.hold)
      let reason = try required(request.reason, field: "reason")
      try state.end(hold, .voided(reason: reason), &context)
      return state.holds[hold.id] ?? hold
    }
  }
}

extension LedgerState {
  /// The hold if it is open, or a refusal.
  func openHold(_ id: HoldID) throws(Refused) -> Hold {
    guard let hold = holds[id] else { throw Refused(.notFound("hold"), "There is no such hold.") }
    switch hold.state {
    case .open: return hold
    case .expired: throw Refused(.expired("hold"), "The hold has expired. Place a new one.")
    case .captured, .voided:
      throw Refused(.conflict(state: hold.state.rawValue), "The hold has ended: it is \(hold.state.rawValue).")
    }
  }
}
