package import Policy

/// Rates a task by the agreement's plan and charges it at once (F1). For work that has no ticket.
package enum ChargePost {
  package struct Request: Hashable, Sendable {
    package let agreement: AgreementID
    package let task: WorkTask
    /// When the task was completed; nil for now. Lots that were in force then pay, though they have lapsed since.
    package let completedAt: Instant?
    package let text: String

    package init(agreement: AgreementID, task: WorkTask, completedAt: Instant?, text: String) {
      self.agreement = agreement
      self.task = task
      self.completedAt = completedAt
      self.text = text
    }
  }

  package struct Reply: Hashable, Sendable {
    package let transfer: Transfer
    /// Units of the wallet after it.
    package let balance: Amount
  }

  /// Looks at the agreement, its wallet, living lots, plan and account, and the tenant's `earned` wallet; for work of a past
  /// time also at lots that have lapsed since, with their expiries, and at the tenant's `expired` wallet.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision(&state, &context) { state, context throws(Refused) in
      let agreement = try state.activeAgreement(request.agreement)
      let plan = try state.plan(agreement.planVersion)
      let text = try required(request.text, field: "text")
      var task = request.task
      task.assessment = state.assessment(task.assessment, of: agreement.account)
      task.facts = state.known(task.facts, of: agreement, plan)
      try plan.requireEntitled(task.facts)
      let rating = try plan.chargeable(task)
      let unit = plan.furtherUnit(of: rating)
      let lapsed = state.lapsedParts(of: rating.total, in: unit, from: agreement.id, at: request.completedAt)
      let posted = try state.charge(
        rating.total,
        Posting(
          kind: .charge, agreement: agreement.id, contra: .earned, planVersion: agreement.planVersion, text: text,
          lines: rating.lines.map { JournalLine($0) } + plan.overrideLine(task.assessment), furtherUnit: unit,
          effectiveAt: request.completedAt),
        lapsed: lapsed, plan: plan, statements: plan, &context)
      state.common.changed("charge.posted", posted.id, version: 1, text)
      // What was brought back and not needed has lapsed again.
      let balance = lapsed.isEmpty ? posted.balance : try state.wallet(agreement.id, in: unit).balance
      return Reply(transfer: posted, balance: balance)
    }
  }
}

extension LedgerState {
  /// How far the first assessment has come, by what the request says and what intake has told of the account.
  func assessment(_ told: WorkTask.AssessmentState, of account: AccountID) -> WorkTask.AssessmentState {
    switch told {
    case .overridden, .notAsked: return told
    case .done(let items):
      guard let known = accounts[account] else { return told }
      if !known.assessmentOverride.isEmpty { return .overridden(reason: known.assessmentOverride) }
      return .done(items.union(known.assessment))
    }
  }
}
