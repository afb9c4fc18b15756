import CalloutClient
import FoundationEssentials
import Policy
import SwiftProtobuf
import Wire

/// Reads what happened in a past period and gives it to two versions of a plan. It changes nothing.
struct ReplayPast {
  /// The most tickets of one replay.
  static let ticketCountMax = 10_000
  /// The most charges without a ticket of one replay.
  static let chargeCountMax = 100_000
  /// Rows that are asked for at once.
  private static let pageSize: UInt32 = 500

  let client: CalloutClient
  let options: CallOptions
  let zones: ZoneLoader
  private var plans: [[UInt8]: Plan] = [:]

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
    try await charges(plan, from, account, &outcome)
    outcome.rows.sort { ($0.at, $0.subject.number ?? 0) < ($1.at, $1.subject.number ?? 0) }
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
    outcome.add(plan.differences(from: before, to: after), of: .ticket(past.number), at: past.openedAt)
    for (before, after) in zip(before.ratings, after.ratings) {
      outcome.add(old: before, by: old, new: after, by: plan)
    }
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
    let admission = try await client.intake.admissionGet(.with { $0.ticketID = ticket.id }, options: options)
    return PastTicket(
      number: Int64(clamping: ticket.number), ticketClass: ticket.class.isEmpty ? nil : ticket.class, openedAt: opened,
      promisedAt: ticket.promisedMs == 0 ? opened : Instant(milliseconds: ticket.promisedMs), appointment: appointment,
      request: TaskReading.kept(admission.record.facts),
      reached: reached, isDispatched: visits.contains { $0.kind == "dispatch" },
      task: ticket.resolvedMs == 0 ? nil : TaskReading.kept(reply.task),
      earlier: reply.earlier.map { stretch in
        PastTicket.Stretch(
          task: TaskReading.kept(stretch.task), completedAt: Instant(milliseconds: stretch.task.completedMs))
      })
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
    guard attempt.hasRecord, let subject = AdmissionSubject(rawValue: attempt.record.subject) else { return }
    let old = try await self.plan(Array(attempt.record.planVersion))
    guard old.id == plan.id else { return }
    outcome.refusals += 1
    let past = PastRefusal(
      subject: subject, at: Instant(milliseconds: attempt.record.atMs),
      facts: TaskReading.kept(attempt.record.facts),
      failed: attempt.findings.filter(\.failed).map { finding in
        FailedClause(
          id: finding.id, text: finding.text, referral: finding.refer.isEmpty ? nil : finding.refer,
          looked: finding.looked, remedy: finding.acceptIf)
      })
    outcome.add(plan.differences(past, from: old), of: .refusal, at: at)
  }

  // MARK: Charges without a ticket

  private mutating func charges(
    _ plan: Plan, _ from: Instant, _ account: AccountID?, _ outcome: inout ReplayOutcome
  ) async throws(CalloutError) {
    var request = AgreementListRequest.with { $0.page.size = Self.pageSize }
    repeat {
      let page = try await client.ledger.agreementList(request, options: options)
      for agreement in page.agreements where agreement.plan == plan.id {
        guard account.map({ Array(agreement.accountID) == $0.bytes }) ?? true,
          agreement.signedMs < outcome.to.milliseconds
        else { continue }
        try await charges(of: agreement, plan, from, &outcome)
      }
      request.page.after = page.next
    } while !request.page.after.isEmpty
  }

  /// Charges of an agreement's journal that were posted in the period and stand.
  private mutating func charges(
    of agreement: Callout_V1_Agreement, _ plan: Plan, _ from: Instant, _ outcome: inout ReplayOutcome
  ) async throws(CalloutError) {
    var request = JournalListRequest.with {
      $0.agreementID = agreement.id
      $0.page.size = Self.pageSize
    }
    var (charges, reversed): ([Callout_V1_Transfer], Set<[UInt8]>) = ([], [])
    repeat {
      let page = try await client.ledger.journalList(request, options: options)
      for transfer in page.transfers {
        if !transfer.reverses.isEmpty { reversed.insert(Array(transfer.reverses)) }
        let at = Instant(milliseconds: transfer.atMs)
        if transfer.kind == "charge", transfer.ticketID.isEmpty, at >= from, at < outcome.to {
          charges.append(transfer)
        }
      }
      request.page.after = page.next
    } while !request.page.after.isEmpty
    for charge in charges where !reversed.contains(Array(charge.id)) {
      try await replay(charge, plan, &outcome)
      guard outcome.charges + outcome.unexplained <= Self.chargeCountMax else {
        throw .configuration("More than \(Self.chargeCountMax) charges had no ticket: take a shorter period.")
      }
    }
  }

  private mutating func replay(
    _ transfer: Callout_V1_Transfer, _ plan: Plan, _ outcome: inout ReplayOutcome
  ) async throws(CalloutError) {
    let lines = transfer.lines.map { line in
      PastCharge.Line(
        kind: ChargeLine.Kind(rawValue: line.kind), text: line.text, units: Amount(line.amount) ?? .zero,
        inputs: line.inputs)
    }
    // What was captured or taken by hand was not rated.
    guard let charge = PastCharge(lines) else { return }
    let old = try await self.plan(Array(transfer.planVersion))
    guard let (before, after) = plan.replay(charge, from: old) else {
      outcome.unexplained += 1
      return
    }
    outcome.charges += 1
    outcome.add(
      [plan.difference(from: before, to: after)].compactMap(\.self), of: .charge,
      at: Instant(milliseconds: transfer.atMs))
    outcome.add(old: before, by: old, new: after, by: plan)
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
