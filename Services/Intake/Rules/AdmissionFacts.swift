internal import Policy

extension OpenTicket {
  /// What the plan's conditions may ask of a request. What intake knows itself wins over what the caller says.
  static func facts(_ request: Request, _ found: Found, _ context: Context) -> Facts {
    var facts = found.account.facts(told: request.facts, contact: found.contact, context)
    facts[.channel] = .text(request.channel)
    facts[.region] = .text(region(request, found))
    facts[.account] = .text(standing(found))
    facts[.visit] = .text(visit(request, found))
    if !found.class.isEmpty { facts[.class] = .text(found.class) }
    if !found.category.isEmpty { facts[.category] = .text(found.category) }
    // A fact is one word: how people space a number says nothing.
    if !request.dialled.isEmpty { facts[.dialled] = .text(String(request.dialled.filter { $0 != " " })) }
    if let asset = found.asset {
      facts[.device] = .text(asset.isPrivate ? "private" : "company")
      facts[.documents] = .list(asset.documents)
      if !asset.platform.isEmpty { facts[.platform] = .text(asset.platform) }
    }
    return facts
  }

  private static func region(_ request: Request, _ found: Found) -> String {
    if !request.region.isEmpty { return request.region }
    return found.subsidiary?.region ?? found.account.region
  }

  /// What the company is to the agreement (F8).
  private static func standing(_ found: Found) -> String {
    guard let subsidiary = found.subsidiary else { return "main" }
    return subsidiary.isCovered(by: found.account.agreement) ? "registered-at-purchase" : "registered-later"
  }

  private static func visit(_ request: Request, _ found: Found) -> String {
    if found.maintenanceVisit != nil { return "maintenance" }
    return request.appointment == nil ? "none" : "booked"
  }
}

extension Account {
  /// What is known of the customer and of who asks, with what was told beside it.
  func facts(told: Facts, contact: Contact?, _ context: Context) -> Facts {
    var facts = told.told(by: context.caller.role)
    facts[.role] = .text(context.caller.role.rawValue)
    facts[.contact] = .text(contact.map { $0.endedAt == nil } ?? false ? "authorised" : "unknown")
    facts[.region] = .text(region)
    facts[.account] = "main"
    facts[.reported] = .instant(context.now)
    facts[.agreement] = .text(agreement?.standing(at: context.now).rawValue ?? "none")
    if let agreement {
      facts[.agreed] = .instant(agreement.agreedAt)
      if let ends = agreement.endsAt { facts[.ends] = .instant(ends) }
      if !agreement.tier.isEmpty { facts[.tier] = .text(agreement.tier) }
    }
    let maintenance = "maintenance-plan"
    let has = (hasMaintenancePlan ? [maintenance] : []) + (agreement?.bought ?? [])
    facts[.has] = .list(has.adding(facts.list(.has)?.filter { $0 != maintenance }))
    let unkept = unkept.adding(facts.list(.unkept))
    if !unkept.isEmpty { facts[.unkept] = .list(unkept) }
    return facts
  }
}

extension [String] {
  /// These, and those of `others` that are not among them.
  fileprivate func adding(_ others: [String]?) -> [String] { self + (others ?? []).filter { !contains($0) } }
}

extension Facts {
  /// What intake knows itself: nobody can tell it.
  private static let known: Set<FactName> = [
    .role, .contact, .account, .tier, .agreement, .agreed, .ends, .reported, .closed, .same, .missed, .resolved,
    .dispatched, .answer,
  ]
  /// What the provider finds, and a customer only claims.
  private static let found: Set<FactName> = [.has, .documents, .unkept]

  /// Of what a caller tells, what he can know. A customer's defect is suspected until the desk has qualified it (P7).
  func told(by role: Role) -> Facts {
    var told = filter { !Self.known.contains($0) && (role != .portal || !Self.found.contains($0)) }
    if role == .portal, told.text(.defect) == "qualified" { told[.defect] = "suspected" }
    return told
  }

  /// The facts whose names are wanted.
  func filter(_ isWanted: (FactName) -> Bool) -> Facts {
    var facts = Facts()
    for (name, fact) in all where isWanted(name) { facts[name] = fact }
    return facts
  }
}

extension Plan {
  /// Refuses what the plan does not take on a ticket, naming every clause that fails; the clauses that only warn.
  @discardableResult
  func require(_ subject: AdmissionSubject, _ facts: Facts, at now: Instant) throws(Refused) -> [FailedClause] {
    guard admission.contains(where: { $0.subjects.contains(subject) }) else { return [] }
    return try admit(facts, at: now, subject: subject).taken().warnings
  }

  /// Whether a waiver could cover what is reported at `reported`, when what it repeats was closed at `closed`.
  func mayCoverRepeat(at reported: Instant, closed: Instant) -> Bool {
    waivers.contains { waiver in
      waiver.when.terms.contains { term in
        guard case .workingDaysAfterClosure(let count, let calendar) = term,
          let end = calendars[calendar]?.end(ofWorkingDay: count, after: closed)
        else { return false }
        return reported < end
      }
    }
  }
}

extension Admission {
  /// The decision itself, or a refusal that names every clause that failed.
  func taken() throws(Refused) -> Admission {
    guard !isAllowed else { return self }
    let ids = failed.map(\.id).joined(separator: ", ")
    throw Refused(.admission, "The plan does not admit this: \(ids).", clauses: failed)
  }
}

extension Ticket {
  /// Makes the ticket a repeat of `earlier`, which was last closed at `closed`.
  mutating func repeats(_ earlier: Ticket, closed: Instant) {
    earlierTicketID = earlier.id
    earlierClosedAt = closed
    earlierHasSameAsset = assetID != nil && assetID == earlier.assetID
  }
}
