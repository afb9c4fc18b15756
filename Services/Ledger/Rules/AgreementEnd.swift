package import Policy

/// Ends an agreement: nothing new is bought, quoted or held under it. What is held or open is still settled, and what is
/// left lives until it expires; it is not paid out (F25).
package enum AgreementEnd {
  package struct Request: Hashable, Sendable {
    package let agreement: AgreementID
    package let reason: String

    package init(agreement: AgreementID, reason: String) {
      self.agreement = agreement
      self.reason = reason
    }
  }

  package struct Reply: Hashable, Sendable {
    package let agreement: Agreement
    package let wallet: Wallet
  }

  /// Looks at the agreement, its wallet, its plan and its standing orders.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      let agreement = try state.activeAgreement(request.agreement)
      try context.requireSales(state.common.plans[agreement.planVersion])
      let reason = try required(request.reason, field: "reason")
      return try state.end(agreement, reason, &context)
    }
  }
}

extension LedgerState {
  /// Ends an active agreement and its standing orders.
  mutating func end(
    _ agreement: Agreement, _ reason: String, _ context: inout Context
  ) throws(Refused) -> AgreementEnd.Reply {
    var agreement = agreement
    let wallet = try wallet(agreement.id)
    for order in standingOrders.members(of: agreement.id) where order.endedAt == nil {
      end(order, "The agreement has ended", &context)
    }
    agreement.endedAt = context.now
    agreement.version += 1
    agreements.update(agreement)
    common.timers.disarm(TimerKind.agreementEnds, agreement.id)
    common.changed("agreement.ended", agreement.id, version: agreement.version, reason)
    common.emit(.agreement(agreement, balance: wallet.balance, held: wallet.held))
    return AgreementEnd.Reply(agreement: agreement, wallet: wallet)
  }
}
