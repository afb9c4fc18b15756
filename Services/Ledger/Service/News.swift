import LedgerRules
import Policy
import ServiceKit
import Wire

extension TicketNews {
  /// What intake told, checked.
  init(_ snapshot: Callout_V1_TicketSnapshot) throws(Refused) {
    let ticket = snapshot.ticket
    guard let stretch = Int32(exactly: ticket.reopened) else {
      throw Refused(.invalid(field: "ticket.reopened"), "A ticket is not reopened that often.")
    }
    let task = try WorkTask(snapshot.task)
    self.init(
      ticket: try TicketID(field: "ticket.id", ticket.id), stretch: stretch,
      account: try AccountID(field: "ticket.account_id", ticket.accountID),
      planVersion: try PlanVersion(field: "ticket.plan_version", ticket.planVersion),
      text: "Ticket \(ticket.number): \(ticket.subject)",
      quote: try QuoteID.optional(field: "ticket.quote_id", ticket.quoteID),
      phase: try Phase(snapshot, task), task: task,
      missed: try ticket.targets.prefix(TicketNews.targetsMax).filter(\.missed).map(Self.missed),
      version: Int64(clamping: ticket.version), links: try TicketLinks(ticket.relations),
      earlier: try Self.earlier(snapshot.earlier))
  }
}

extension TicketNews {
  /// The most targets of a ticket that are looked at.
  fileprivate static let targetsMax = 100

  /// The most earlier stretches of a ticket.
  fileprivate static let stretchesMax = 100

  fileprivate static func earlier(_ told: [Callout_V1_StretchTask]) throws(Refused) -> [Stretch] {
    guard told.count <= stretchesMax else {
      throw Refused(.invalid(field: "earlier"), "A ticket has at most \(stretchesMax) earlier stretches.")
    }
    var stretches: [Stretch] = []
    for stretch in told {
      guard let number = Int32(exactly: stretch.reopened) else {
        throw Refused(.invalid(field: "earlier.reopened"), "A ticket is not reopened that often.")
      }
      let completed = try Instant(field: "earlier.task.completed_ms", milliseconds: stretch.task.completedMs)
      stretches.append(
        Stretch(
          number: number, task: try WorkTask(stretch.task), completedAt: completed,
          missed: try stretch.targets.prefix(targetsMax).filter(\.missed).map(missed)))
    }
    return stretches
  }

  fileprivate static func missed(_ target: Callout_V1_TargetStatus) throws(Refused) -> MissedTarget {
    MissedTarget(
      id: target.id, due: try Instant(field: "ticket.targets.due_ms", milliseconds: target.dueMs),
      metAt: try Instant.optional(field: "ticket.targets.met_ms", milliseconds: target.metMs))
  }
}

extension TicketLinks {
  /// The most tickets that one is bound up with.
  static let countMax = 100

  /// What intake told, checked.
  fileprivate init(_ told: [Callout_V1_TicketRelation]) throws(Refused) {
    self.init()
    guard told.count <= Self.countMax else {
      throw Refused(.invalid(field: "ticket.relations"), "A ticket is bound up with at most \(Self.countMax) others.")
    }
    for relation in told {
      guard let stretch = Int32(exactly: relation.reopened) else {
        throw Refused(.invalid(field: "ticket.relations.reopened"), "A ticket is not reopened that often.")
      }
      let ticket = try TicketID(field: "ticket.relations.ticket_id", relation.ticketID)
      let other = Other(ticket: ticket, stretch: stretch, version: Int64(clamping: relation.version))
      switch relation.kind {
      case "merged-into": mergedInto = ticket
      case "merged-from": mergedFrom.append(other)
      case "split-from": splitFrom = other
      case "split-into": splitInto.append(ticket)
      case let kind: throw Refused(.invalid(field: "ticket.relations.kind"), "No relation is \(kind.prefix(64)).")
      }
    }
  }
}

extension TicketNews.Phase {
  /// How far a ticket's work is: cancelled, done, on site or with the helpdesk. A visit that ended without resolving the
  /// incident is done work too (F17a).
  fileprivate init(_ snapshot: Callout_V1_TicketSnapshot, _ task: WorkTask) throws(Refused) {
    let ticket = snapshot.ticket
    let visits = snapshot.visits.filter { $0.cancelledMs == 0 && $0.kind != "maintenance" }
    let isOnsite =
      ticket.state == "dispatched" || task.facts.text(.mode) == "onsite"
      || (task.facts.text(.visit) ?? "none") != "none"
    let told = snapshot.task.completedMs
    if ticket.resolution == "cancelled" {
      self = .cancelled
    } else if ticket.state == "resolved" || ticket.state == "closed" {
      let at = told != 0 ? told : ticket.resolvedMs != 0 ? ticket.resolvedMs : ticket.closedMs
      self = .due(try Instant(field: "ticket.resolved_ms", milliseconds: at))
    } else if ticket.resolution == "unresolved", let departed = visits.map(\.departedMs).max(), departed > 0 {
      self = .due(try Instant(field: "visits.departed_ms", milliseconds: departed))
    } else {
      self = isOnsite ? .onsite : .waiting
    }
  }
}

extension AccountNews {
  /// What intake told, checked.
  init(_ snapshot: Callout_V1_AccountSnapshot) throws(Refused) {
    let account = snapshot.account
    guard account.assessment.count <= TaskLimits.assessmentMax else {
      throw Refused(
        .invalid(field: "account.assessment"), "An assessment has at most \(TaskLimits.assessmentMax) items.")
    }
    self.init(
      account: CustomerAccount(
        id: try AccountID(field: "account.id", account.id), name: account.name, assessment: account.assessment,
        assessmentOverride: account.assessmentOverride, language: MessageLanguage(account.language)))
  }
}

extension Needs<LedgerState> {
  /// What applying news of a ticket looks at. A ticket that ended in another one may have been told of by that one's news
  /// before any of its own, so that its charges are looked for even then.
  mutating func news(_ news: TicketNews, _ state: LedgerState) {
    plan(news.planVersion)
    row(Tables.accounts, news.account)
    rows(Tables.activeAgreement, news.account)
    charges(of: news.ticket, state)
    for other in news.links.others { charges(of: other, state) }
    if let quote = news.quote {
      row(Tables.quotes, quote)
      hold(quote.as(), state)
    }
    guard let agreement = state.agreements.members(of: news.account).first(where: \.isActive) else { return }
    account(agreement.id, state, contra: .earned, .expired)
    rows(Tables.invoicesOfAgreement, agreement.id)
    var ends = news.earlier.map(\.completedAt)
    if case .due(let done) = news.phase { ends.append(done) }
    for end in ends { lapsed(agreement.id, since: end, state) }
  }

  /// What applying news of an account looks at.
  mutating func news(_ news: AccountNews, _ state: LedgerState) {
    row(Tables.accounts, news.account.id)
    rows(Tables.activeAgreement, news.account.id)
    guard let agreement = state.agreements.members(of: news.account.id).first(where: \.isActive) else { return }
    account(agreement.id, state, contra: .earned, .expired)
    unsettled(of: agreement.id, state)
  }
}
