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

  /// Looks at the agreement, its wallet and its plan.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      var agreement = try state.activeAgreement(request.agreement)
      try context.requireSales(state.common.plans[agreement.planVersion])
      let reason = try required(request.reason, field: "reason")
      let wallet = try state.wallet(agreement.id)
      agreement.endedAt = context.now
      agreement.version += 1
      state.agreements.update(agreement)
      state.common.changed("agreement.ended", agreement.id, version: agreement.version, reason)
      state.common.emit(.agreement(agreement, balance: wallet.balance, held: wallet.held))
      return Reply(agreement: agreement, wallet: wallet)
    }
  }
}
