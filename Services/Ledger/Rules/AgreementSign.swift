package import Policy

/// Signs an account up to a version of a plan. Only sales may (F3).
package enum AgreementSign {
  package struct Request: Hashable, Sendable {
    package let account: AccountID
    package let planVersion: PlanVersion

    package init(account: AccountID, planVersion: PlanVersion) {
      self.account = account
      self.planVersion = planVersion
    }
  }

  package struct Reply: Hashable, Sendable {
    package let agreement: Agreement
    package let wallet: Wallet
  }

  /// Looks at the plan and the account's agreements.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      let plan = try state.plan(request.planVersion)
      try context.requireSales(plan)
      if let present = state.agreements.members(of: request.account).first(where: \.isActive) {
        throw Refused(
          .alreadyExists("agreement"), "The account has an active agreement, \(present.id). Use it, or end it first.")
      }
      let period = plan.period(containing: context.now)
      let agreement = Agreement(
        id: context.id(), account: request.account, planVersion: request.planVersion, plan: plan.id, unit: plan.unit,
        signedAt: context.now, openPeriod: period.from)
      let wallet = Wallet(id: agreement.id.as(), kind: .customer, postedAt: context.now)
      state.agreements.insert(agreement)
      state.wallets.insert(wallet)
      if plan.statement != nil {
        state.common.timers.arm(TimerKind.statementCloses, agreement.id, at: period.to)
      }
      state.common.changed("agreement.signed", agreement.id, version: 1, "Signed up to \(plan.title)")
      state.common.emit(.agreement(agreement, balance: 0, held: 0))
      return Reply(agreement: agreement, wallet: wallet)
    }
  }
}
