package import Policy

/// Agrees on a further term of an agreement, under a version of its plan. What the plan does not renew is refused: after
/// the end of a product's life an agreement is honoured to the end of its term, and no longer (P16).
package enum AgreementRenew {
  package struct Request: Hashable, Sendable {
    package let agreement: AgreementID
    package let planVersion: PlanVersion
    /// First instant after the new term; nil for no term.
    package let endsAt: Instant?

    package init(agreement: AgreementID, planVersion: PlanVersion, endsAt: Instant?) {
      self.agreement = agreement
      self.planVersion = planVersion
      self.endsAt = endsAt
    }
  }

  /// Looks at the agreement, its wallet, its plan, the new version and the plan's newest.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<AgreementSign.Reply> {
    Decision { () throws(Refused) in
      var agreement = try state.activeAgreement(request.agreement)
      let plan = try state.plan(request.planVersion)
      try context.requireSales(plan)
      try check(plan, follows: try state.plan(agreement.planVersion))
      try plan.check(tier: agreement.tier)
      let present = agreement.endsAt ?? context.now
      if let endsAt = request.endsAt, endsAt <= max(present, context.now) {
        throw Refused(.invalid(field: "ends_ms"), "A new term ends after the present one.")
      }
      var facts: Facts = [.agreement: "active", .agreed: .instant(agreement.agreedAt)]
      if !agreement.tier.isEmpty { facts[.tier] = .text(agreement.tier) }
      if let endsAt = agreement.endsAt { facts[.ends] = .instant(endsAt) }
      let warnings = try state.admit(state.known(facts, of: agreement, plan), to: plan, .renewal, context)
      agreement.planVersion = request.planVersion
      agreement.agreedAt = context.now
      agreement.endsAt = request.endsAt
      agreement.version += 1
      state.agreements.update(agreement)
      if let endsAt = agreement.endsAt {
        state.common.timers.arm(TimerKind.agreementEnds, agreement.id, at: endsAt)
      } else {
        state.common.timers.disarm(TimerKind.agreementEnds, agreement.id)
      }
      let wallet = try state.wallet(agreement.id)
      state.common.changed("agreement.renewed", agreement.id, version: agreement.version, "Renewed: \(plan.title)")
      state.common.emit(.agreement(agreement, balance: wallet.balance, held: wallet.held))
      return AgreementSign.Reply(agreement: agreement, wallet: wallet, warnings: warnings)
    }
  }

  /// A version follows another of the same plan where wallets and statements go on under it as they are.
  private static func check(_ plan: Plan, follows old: Plan) throws(Refused) {
    let differences = [
      (plan.id != old.id, "plan"), (plan.zone.name != old.zone.name, "zone"),
      (plan.currency != old.currency, "currency"),
      (plan.unit != old.unit, "unit"), (plan.statement != old.statement, "statement"),
      (!Set(plan.furtherUnits).isSuperset(of: old.furtherUnits), "units"),
    ].filter(\.0).map(\.1)
    guard !differences.isEmpty else { return }
    throw Refused(
      .conflict(state: "plan"),
      "An agreement is renewed under a version of its plan with the same zone, currency, units and statements: other "
        + "here \(differences.count == 1 ? "is" : "are") \(differences.joined(separator: ", ")). Sign a new one.")
  }
}
