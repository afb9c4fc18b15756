package import Policy

/// Signs an account up to a version of a plan. Only sales may (F3), and nobody once the life of the plan's product has ended
/// (P16).
package enum AgreementSign {
  package struct Request: Hashable, Sendable {
    package let account: AccountID
    package let planVersion: PlanVersion
    /// One of the plan's tiers; empty only where it has none (R7).
    package let tier: String
    /// First instant after the term; nil for no term.
    package let endsAt: Instant?
    /// What the plan's clauses for signing up look at, beside role and tier.
    package let facts: Facts

    package init(
      account: AccountID, planVersion: PlanVersion, tier: String = "", endsAt: Instant? = nil, facts: Facts = [:]
    ) {
      self.account = account
      self.planVersion = planVersion
      self.tier = tier
      self.endsAt = endsAt
      self.facts = facts
    }
  }

  package struct Reply: Hashable, Sendable {
    package let agreement: Agreement
    package let wallet: Wallet
    /// Clauses for signing up that only warn.
    package let warnings: [FailedClause]
  }

  /// Looks at the plan, its newest version and the account's agreements.
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
      try plan.check(tier: request.tier)
      if let endsAt = request.endsAt, endsAt <= context.now {
        throw Refused(.invalid(field: "ends_ms"), "A term ends after it was agreed on.")
      }
      var facts = request.facts
      if !request.tier.isEmpty { facts[.tier] = .text(request.tier) }
      let warnings = try state.admit(facts, to: plan, .signUp, context)
      let period = plan.period(containing: context.now)
      let agreement = Agreement(
        id: context.id(), account: request.account, planVersion: request.planVersion, plan: plan.id, unit: plan.unit,
        tier: request.tier, signedAt: context.now, endsAt: request.endsAt, openPeriod: period.from)
      let wallet = Wallet(id: agreement.id.as(), kind: .customer, unit: plan.unit, postedAt: context.now)
      state.agreements.insert(agreement)
      state.wallets.insert(wallet)
      if plan.statement != nil {
        state.common.timers.arm(TimerKind.statementCloses, agreement.id, at: period.to)
      }
      if let endsAt = agreement.endsAt { state.common.timers.arm(TimerKind.agreementEnds, agreement.id, at: endsAt) }
      state.common.changed("agreement.signed", agreement.id, version: 1, "Signed up to \(plan.title)")
      state.common.emit(.agreement(agreement, balance: 0, held: 0))
      return Reply(agreement: agreement, wallet: wallet, warnings: warnings)
    }
  }
}

extension Plan {
  /// Refuses a tier that the plan does not have, and none where it has some.
  func check(tier: String) throws(Refused) {
    guard !tiers.contains(tier), !(tiers.isEmpty && tier.isEmpty) else { return }
    throw Refused(
      .invalid(field: "tier"),
      tiers.isEmpty ? "The plan has no tiers." : "The tier is one of \(tiers.joined(separator: ", ")).")
  }
}

extension LedgerState {
  /// Refuses what the clauses for a subject refuse, of a version and of the plan's newest; returns those that only warn.
  /// Who administers the work of sales counts as sales.
  func admit(
    _ facts: Facts, to plan: Plan, _ subject: AdmissionSubject, _ context: Context
  ) throws(Refused) -> [FailedClause] {
    var facts = facts
    facts[.role] = .text(Role.sales.rawValue)
    let admission = plan.admit(facts, at: context.now, subject: subject, newest: common.newest(of: plan))
    guard admission.isAllowed else {
      throw Refused(
        .admission, admission.failed.map { "\($0.text) \($0.remedy)" }.joined(separator: " "),
        clauses: admission.failed)
    }
    return admission.warnings
  }
}
