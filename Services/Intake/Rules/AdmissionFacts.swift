internal import Policy

extension OpenTicket {
  /// What the plan's conditions may ask of a request. What intake knows itself wins over what the caller says.
  static func facts(_ request: Request, _ found: Found, _ context: Context) -> Facts {
    var facts = Facts()
    facts[.channel] = .text(request.channel)
    facts[.role] = .text(context.caller.role.rawValue)
    facts[.contact] = .text(found.contact.map { $0.endedAt == nil } ?? false ? "authorised" : "unknown")
    facts[.region] = .text(region(request, found))
    facts[.account] = .text(standing(found))
    facts[.reported] = .instant(context.now)
    facts[.visit] = .text(visit(request, found))
    if !found.class.isEmpty { facts[.class] = .text(found.class) }
    if !found.category.isEmpty { facts[.category] = .text(found.category) }
    if !request.dialled.isEmpty { facts[.dialled] = .text(request.dialled) }
    if let asset = found.asset {
      facts[.device] = .text(asset.isPrivate ? "private" : "company")
      facts[.documents] = .list(asset.documents)
      if !asset.platform.isEmpty { facts[.platform] = .text(asset.platform) }
    }
    let maintenance = "maintenance-plan"
    let told = (request.facts.list(.has) ?? []).filter { $0 != maintenance }
    facts[.has] = .list((found.account.hasMaintenancePlan ? [maintenance] : []) + told)
    return request.facts.merging(facts)
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

extension Plan {
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

extension Ticket {
  /// Makes the ticket a repeat of `earlier`, which was last closed at `closed`.
  mutating func repeats(_ earlier: Ticket, closed: Instant) {
    earlierTicketID = earlier.id
    earlierClosedAt = closed
    earlierHasSameAsset = assetID != nil && assetID == earlier.assetID
  }
}
