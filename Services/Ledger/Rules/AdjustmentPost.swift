package import Policy

/// Adds or takes units by hand, with a reason that is kept.
package enum AdjustmentPost {
  package struct Request: Hashable, Sendable {
    package let agreement: AgreementID
    /// Negative takes; not zero.
    package let amount: Amount
    package let reason: String
    /// One of the plan's units; empty for its own.
    package let unit: String

    package init(agreement: AgreementID, amount: Amount, reason: String, unit: String = "") {
      self.agreement = agreement
      self.amount = amount
      self.reason = reason
      self.unit = unit
    }
  }

  package struct Reply: Hashable, Sendable {
    package let transfer: Transfer
    package let balance: Amount
  }

  /// Looks at the agreement, its wallet, living lots and plan.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      let agreement = try state.agreement(request.agreement)
      let plan = try state.plan(agreement.planVersion)
      guard request.amount != 0 else { throw Refused(.invalid(field: "amount"), "An adjustment is not zero.") }
      guard !request.reason.isEmpty else { throw Refused(.needsReason, "An adjustment needs a reason, which is kept.") }
      let reason = try required(request.reason, field: "reason")
      var posting = Posting(
        kind: .adjustment, agreement: agreement.id, contra: .adjusted, planVersion: agreement.planVersion,
        text: "Adjustment by \(context.caller.name)",
        lines: [
          JournalLine(
            kind: .adjustment, clause: "", text: reason, units: -request.amount, arithmetic: "by hand")
        ],
        furtherUnit: try plan.furtherUnit(named: request.unit))
      let posted: Transfer
      if request.amount < 0 {
        posted = try state.charge(-request.amount, posting, plan: plan, &context)
      } else {
        let lot = state.openLot(
          agreement, in: posting.furtherUnit, granted: request.amount, plan: plan, &context)
        posting.draws = [Draw(lot: lot.id, units: request.amount)]
        posted = try state.post(posting, &context)
        state.endLowBalance(agreement.id, in: posting.furtherUnit, plan: plan, at: context.now)
      }
      state.common.changed("adjustment.posted", posted.id, version: 1, reason)
      return Reply(transfer: posted, balance: posted.balance)
    }
  }
}
