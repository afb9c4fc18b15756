import CalloutClient
import FoundationEssentials
import Policy
import SwiftProtobuf
import Wire

/// Reads what happened in a past period and gives it to two versions of a plan. It changes nothing.
struct ReplayPast {
  /// The most tickets of one replay.
  static let ticketCountMax = 10_000
  /// Rows that are asked for at once.
  private static let pageSize: UInt32 = 500

  let client: CalloutClient
  let options: CallOptions
  let zones: ZoneLoader
  private var plans: [[UInt8]: Plan] = [:]
  private var changes: [PlanVersion: [PlanChange]] = [:]
  private var customers: [[UInt8]: Customer] = [:]

  /// A customer as it is now.
  private struct Customer {
    var account: AccountGetReply
    var assets: [[UInt8]: Callout_V1_Asset]
  }

  init(client: CalloutClient, options: CallOptions, zones: @escaping ZoneLoader) {
    self.client = client
    self.options = options
    self.zones = zones
  }

  /// - Parameters:
  ///   - from: the period's first instant.
  ///   - to: the first instant after it; nil: now.
  ///   - account: one customer; nil: all.
  mutating func replay(
    _ plan: Plan, from: Instant, to: Instant?, account: AccountID?
  ) async throws(CalloutError) -> ReplayOutcome {
    let now = Instant(milliseconds: try await client.intake.clockGet(ClockGetRequest(), options: options).nowMs)
    var outcome = ReplayOutcome(to: to ?? now)
    try await tickets(plan, from, now, account, &outcome)
    try await attempts(plan, from, account, &outcome)
    outcome.rows.sort { ($0.at, $0.ticket ?? 0) < ($1.at, $1.ticket ?? 0) }
    return outcome
  }

  // MARK: Tickets

  private mutating func tickets(
    _ plan: Plan, _ from: Instant, _ now: Instant, _ account: AccountID?, _ outcome: inout ReplayOutcome
  ) async throws(CalloutError) {
    var request = TicketListRequest.with { $0.page.size = Self.pageSize }
    if let account { request.accountID = .init(account.bytes) }
    repeat {
      let page = try await client.intake.ticketList(request, options: options)
      for ticket in page.tickets {
        let opened = Instant(milliseconds: ticket.openedMs)
        guard opened >= from else { return }
        if opened < outcome.to { try await replay(ticket, plan, now, &outcome) }
        guard outcome.tickets <= Self.ticketCountMax else {
          throw .configuration("More than \(Self.ticketCountMax) tickets were opened then: take a shorter period.")
        }
      }
      request.page.after = page.next
    } while !request.page.after.isEmpty
  }

  private mutating func replay(
    _ ticket: Callout_V1_Ticket, _ plan: Plan, _ now: Instant, _ outcome: inout ReplayOutcome
  ) async throws(CalloutError) {
    let old = try await self.plan(Array(ticket.planVersion))
    guard old.id == plan.id else {
      outcome.otherPlans += 1
      return
    }
    outcome.tickets += 1
    let past = try await past(ticket)
    let (before, after) = (old.replay(past, now: now), plan.replay(past, now: now))
    for difference in plan.differences(from: before, to: after) {
      outcome.rows.append(.init(ticket: past.number, at: past.openedAt, difference: difference))
    }
    outcome.oldUnits += before.rating?.total ?? .zero
    outcome.newUnits += after.rating?.total ?? .zero
  }

  /// A ticket with what was kept about it.
  private mutating func past(_ ticket: Callout_V1_Ticket) async throws(CalloutError) -> PastTicket {
    let reply = try await client.intake.ticketGet(
      .with {
        $0.ticketID = ticket.id
        $0.withTask = true
      }, options: options)
    let visits = reply.visits.filter { $0.cancelledMs == 0 }
    let appointment = visits.first { $0.kind == "appointment" }.map { Instant(milliseconds: $0.plannedMs) }
    let opened = Instant(milliseconds: ticket.openedMs)
    var reached: [Milestone: Instant] = [:]
    for (milestone, instant) in [
      (Milestone.acknowledged, ticket.acknowledgedMs), (.contacted, ticket.contactedMs),
      (.attended, ticket.attendedMs), (.workBegun, ticket.workBegunMs), (.resolved, ticket.resolvedMs),
    ] where instant != 0 { reached[milestone] = Instant(milliseconds: instant) }
    return PastTicket(
      number: Int64(clamping: ticket.number), ticketClass: ticket.class.isEmpty ? nil : ticket.class, openedAt: opened,
      appointment: appointment, request: try await request(of: ticket, isBooked: appointment != nil),
      reached: reached, isDispatched: visits.contains { $0.kind == "dispatch" },
      task: ticket.resolvedMs == 0 ? nil : TaskReading.kept(reply.task))
  }

  /// What the ticket's request told, as far as it was kept, with the customer as it is now.
  private mutating func request(of ticket: Callout_V1_Ticket, isBooked: Bool) async throws(CalloutError) -> Facts {
    let customer = try await customer(Array(ticket.accountID))
    let account = customer.account.account
    let subsidiary = account.subsidiaries.first { $0.id == ticket.subsidiaryID }
    var facts: Facts = [
      .channel: .text(ticket.channel), .contact: .text(ticket.contactID.isEmpty ? "unknown" : "authorised"),
      .region: .text(subsidiary?.region ?? account.region),
      .account: .text(ticket.subsidiaryID.isEmpty ? "main" : "registered-at-purchase"),
      .reported: .instant(Instant(milliseconds: ticket.openedMs)),
      .visit: .text(!ticket.maintenanceVisitID.isEmpty ? "maintenance" : isBooked ? "booked" : "none"),
      .has: .list(account.maintenancePlan ? ["maintenance-plan"] : []),
    ]
    if !ticket.class.isEmpty { facts[.class] = .text(ticket.class) }
    if !ticket.category.isEmpty { facts[.category] = .text(ticket.category) }
    if let asset = customer.assets[Array(ticket.assetID)] {
      facts[.device] = .text(asset.privateDevice ? "private" : "company")
      let isConsented = !asset.consentDocument.isEmpty && asset.consentWithdrawnMs == 0
      facts[.documents] = .list((isConsented ? ["written-consent"] : []) + (asset.inventoried ? ["inventory"] : []))
      if !asset.platform.isEmpty { facts[.platform] = .text(asset.platform) }
    }
    return facts
  }

  private mutating func customer(_ id: [UInt8]) async throws(CalloutError) -> Customer {
    if let known = customers[id] { return known }
    let account = try await client.intake.accountGet(.with { $0.accountID = .init(id) }, options: options)
    var customer = Customer(account: account, assets: [:])
    var request = AssetListRequest.with {
      $0.accountID = .init(id)
      $0.page.size = Self.pageSize
    }
    repeat {
      let page = try await client.intake.assetList(request, options: options)
      for asset in page.assets { customer.assets[Array(asset.id)] = asset }
      request.page.after = page.next
    } while !request.page.after.isEmpty
    customers[id] = customer
    return customer
  }

  // MARK: Requests that were refused

  private mutating func attempts(
    _ plan: Plan, _ from: Instant, _ account: AccountID?, _ outcome: inout ReplayOutcome
  ) async throws(CalloutError) {
    var request = AttemptListRequest.with { $0.page.size = Self.pageSize }
    if let account { request.accountID = .init(account.bytes) }
    repeat {
      let page = try await client.intake.attemptList(request, options: options)
      for attempt in page.attempts {
        let at = Instant(milliseconds: attempt.atMs)
        guard at >= from else { return }
        if at < outcome.to { try await replay(attempt, plan, at, &outcome) }
      }
      request.page.after = page.next
    } while !request.page.after.isEmpty
  }

  private mutating func replay(
    _ attempt: Callout_V1_Attempt, _ plan: Plan, _ at: Instant, _ outcome: inout ReplayOutcome
  ) async throws(CalloutError) {
    guard !attempt.accountID.isEmpty else { return }
    let version = try await customer(Array(attempt.accountID)).account.account.planVersion
    guard !version.isEmpty else { return }
    let old = try await self.plan(Array(version))
    guard old.id == plan.id else { return }
    outcome.attempts += 1
    let changes = self.changes[old.version] ?? old.changes(to: plan)
    self.changes[old.version] = changes
    for finding in attempt.findings where finding.failed {
      guard let change = changes.first(where: { $0.clause == finding.id }) else { continue }
      let words = change.kind == .removed ? "there is no such clause" : change.phrases.joined(separator: "; ")
      outcome.rows.append(
        .init(
          ticket: nil, at: at,
          difference: ReplayDifference(
            matter: .refusal, clause: finding.id, old: "refused: \(finding.text)", new: words)))
    }
  }

  // MARK: Plans

  private mutating func plan(_ version: [UInt8]) async throws(CalloutError) -> Plan {
    if let known = plans[version] { return known }
    let reply = try await client.intake.planGet(.with { $0.version = .init(version) }, options: options)
    switch Plan.read(String(decoding: reply.document, as: UTF8.self), zones: zones) {
    case .success(let plan):
      plans[version] = plan
      return plan
    case .failure(let errors):
      throw .configuration("The plan under which tickets were opened cannot be read here: \(errors)")
    }
  }
}
