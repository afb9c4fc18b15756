/// Whether an agreement may use a service.
public enum Use: Hashable, Sendable {
  /// It may: the entitlement that opens it, and the unit that using it draws (nil for none).
  case granted(entitlement: String, draws: String?)
  /// It may not: what each entitlement that has it lacks.
  case refused([FailedClause])
}

extension Plan {
  /// Every service that an entitlement opens, in the plan's order.
  public var services: [String] {
    var services: [String] = []
    for service in entitlements.flatMap({ $0.grants + $0.eachBought }) where !services.contains(service) {
      services.append(service)
    }
    return services
  }

  /// Whether something is sold that grants no units: a service that entitlements sell for itself, or another thing that the
  /// plan lists among what a customer can have, such as a maintenance plan.
  public func sells(_ name: String) -> Bool {
    package(name) == nil
      && (values[.has]?.contains(name) ?? false || entitlements.contains { $0.eachBought.contains(name) })
  }

  /// Whether an agreement may use `service` (P1, P4, P5, P11, P12). It needs the facts `tier`, `agreement` and, for what
  /// must be bought, `has`.
  public func use(_ service: String, _ facts: Facts) -> Use {
    var failed: [FailedClause] = []
    for entitlement in entitlements where (entitlement.grants + entitlement.eachBought).contains(service) {
      guard let failure = lack(of: entitlement, service, facts) else {
        return .granted(entitlement: entitlement.id, draws: entitlement.draws)
      }
      failed.append(failure)
    }
    if failed.isEmpty {
      failed.append(
        FailedClause(
          id: "entitlements", text: "The plan has no such service.", looked: ["service: \(service)"],
          remedy: "service must be " + Plan.joined(services, "or")))
    }
    return .refused(failed)
  }

  private func lack(of entitlement: Entitlement, _ service: String, _ facts: Facts) -> FailedClause? {
    let (tier, agreement) = (facts.text(.tier), facts.text(.agreement))
    var looked = ["service: \(service)", "tier: \(tier ?? "missing")", "agreement: \(agreement ?? "missing")"]
    var remedies: [String] = []
    if !entitlement.tiers.contains(where: { $0 == tier }) {
      remedies.append("tier must be " + Plan.joined(entitlement.tiers, "or"))
    }
    if !entitlement.lapsedAllowed, agreement != "active" { remedies.append("the agreement must be active") }
    if entitlement.eachBought.contains(service), !entitlement.grants.contains(service) {
      looked.append("has: \(facts[.has]?.description ?? "missing")")
      if !(facts.list(.has) ?? []).contains(service) { remedies.append("buy \(service)") }
    }
    guard !remedies.isEmpty else { return nil }
    if let refer = entitlement.refer { remedies.append(turnTo(refer)) }
    return FailedClause(
      id: entitlement.id, text: entitlement.text, referral: entitlement.refer, looked: looked,
      remedy: remedies.joined(separator: "; "))
  }

  /// The service that opening a ticket uses when the request names none.
  public static let ticketService = "ticket"

  /// Whether an entitlement opens a service to all of its tiers.
  func grants(_ service: String) -> Bool { entitlements.contains { $0.grants.contains(service) } }

  func admitService(_ admission: inout Admission) {
    guard !entitlements.isEmpty, let service = admission.facts.text(.service) else { return }
    for name: FactName in [.service, .tier, .agreement, .has] { admission.look(name) }
    switch use(service, admission.facts) {
    case .granted(let entitlement, let draws):
      admission.consider(entitlement)
      admission.draws = draws
    case .refused(let failed):
      failed.forEach { admission.consider($0.id) }
      admission.failed += failed
    }
  }

  /// Refuses what is not supported (E6, P13), unless one of the clause's circumstances lifts it.
  func admitExclusions(_ admission: inout Admission) {
    guard !exclusions.isEmpty, let about = admission.facts.text(.about) else { return }
    let circumstances = admission.facts.list(.circumstances) ?? []
    admission.look(.about)
    for exclusion in exclusions where exclusion.about.contains(about) {
      admission.consider(exclusion.id)
      admission.look(.circumstances)
      guard !exclusion.unless.contains(where: { circumstances.contains($0) }) else { continue }
      var remedies = [exclusion.unless.isEmpty ? "" : "circumstances must be " + Plan.joined(exclusion.unless, "or")]
      if let refer = exclusion.refer { remedies.append(turnTo(refer)) }
      admission.failed.append(
        FailedClause(
          id: exclusion.id, text: exclusion.text, referral: exclusion.refer,
          looked: ["about: \(about)", "circumstances: [\(circumstances.joined(separator: ", "))]"],
          remedy: remedies.filter { !$0.isEmpty }.joined(separator: "; ")))
    }
  }

  func admitObligations(_ admission: inout Admission) {
    guard !obligations.isEmpty else { return }
    admission.look(.unkept)
    for obligation in obligations where (admission.facts.list(.unkept) ?? []).contains(obligation.id) {
      admission.consider(obligation.id)
      switch obligation.otherwise {
      case .refuse: admission.failed.append(Plan.failure(of: obligation))
      case .warn, .pause: admission.warnings.append(Plan.failure(of: obligation))
      }
    }
  }

  /// Why a ticket's clocks pause (P15): the obligations that the customer does not keep, and that pause them.
  public func pauses(_ facts: Facts) -> [FailedClause] {
    let unkept = facts.list(.unkept) ?? []
    return obligations.filter { $0.otherwise == .pause && unkept.contains($0.id) }.map(Plan.failure)
  }

  private static func failure(of obligation: Obligation) -> FailedClause {
    FailedClause(
      id: obligation.id, text: obligation.text, looked: ["unkept: \(obligation.id)"], remedy: "keep \(obligation.id)")
  }

  /// The calendar in whose open time the targets of a class are counted instead, when something bought keeps the desk
  /// open longer (P11).
  func opened(class name: String?, _ facts: Facts) -> String? {
    for entitlement in entitlements {
      for service in entitlement.eachBought {
        guard let opening = entitlement.opens[service], opening.classes.isEmpty || opening.classes.contains(name ?? ""),
          lack(of: entitlement, service, facts) == nil
        else { continue }
        return opening.calendar
      }
    }
    return nil
  }
}
