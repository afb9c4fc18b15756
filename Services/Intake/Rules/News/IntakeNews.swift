public import Policy

/// What intake tells the other services: what something is after a change.
public enum IntakeNews: Sendable, Hashable {
  case ticket(TicketNews)
  case account(AccountNews)
  case notice(IntakeNotice)
  case answer(MailAnswer)
}

/// A ticket with everything that rating and escalation look at.
public struct TicketNews: Sendable, Hashable {
  /// The ticket after the change.
  public var ticket: Ticket
  /// All work on it, the earliest record first.
  public var work: [WorkRecord]
  /// All visits for it, the earliest first.
  public var visits: [Visit]
  /// What rating looks at: the work of the present stretch.
  public var task: TaskFacts
  /// The same of earlier stretches that work was recorded for since.
  public var earlier: [StretchFacts]
  /// How the gates inside the present stretch of the work stand.
  public var gates: [TicketGate]
  /// The customer's name.
  public var accountName: String
  /// When it changed.
  public var at: Instant
}

/// An account with all that belongs to it.
public struct AccountView: Sendable, Hashable {
  /// The account.
  public var account: Account
  /// In the order in which they were added.
  public var subsidiaries: [Subsidiary]
  /// In the order of the numbers.
  public var hotlines: [Hotline]

  /// A view as given.
  public init(account: Account, subsidiaries: [Subsidiary], hotlines: [Hotline]) {
    self.account = account
    self.subsidiaries = subsidiaries
    self.hotlines = hotlines
  }
}

/// An account with the people to write to.
public struct AccountNews: Sendable, Hashable {
  /// The account after the change.
  public var view: AccountView
  /// Those appointed now.
  public var contacts: [Contact]
  /// When it changed.
  public var at: Instant
}

/// Everything about a ticket's present stretch that rating looks at.
public struct TaskFacts: Sendable, Hashable {
  /// mode, visit, category, resolved, dispatched, missed, same, class …
  public var facts: Facts
  /// When work was done that counts, in order, without overlap.
  public var work: [WorkInterval]
  /// Work past a gate that nobody had opened, in order: it is not charged.
  public var beyond: [WorkInterval]
  /// When the task was reported.
  public var reportedAt: Instant
  /// When it was completed; nil while it is not.
  public var completedAt: Instant?
  /// Blocks beyond the first that a person agreed to.
  public var blocksConsented: Int64
  /// Whether the customer was told where things stand, inside the work.
  public var isAssessed: Bool
  /// Items of the first assessment that are done.
  public var assessment: [String]
  /// Why an item that is missing does not stop the charge; nil: it does.
  public var assessmentOverride: String?
  /// The latest closure of what this repeats; nil: it repeats nothing.
  public var earlierClosedAt: Instant?
  /// The class that a reviewer found claimed without need; nil: none.
  public var misusedClass: String?
  /// Parts bought in this stretch.
  public var parts: [Part]
}

extension IntakeState {
  /// An account with its subsidiaries and hotlines.
  func view(of account: Account) -> AccountView {
    AccountView(
      account: account, subsidiaries: subsidiaries.members(of: account.id), hotlines: hotlines.members(of: account.id))
  }

  /// Saves a changed account under a new version, and tells the others.
  mutating func commit(_ account: inout Account, _ kind: String, _ text: String, _ context: Context) {
    account.version += 1
    accounts.update(account)
    announce(account, kind, text, context)
  }

  /// Tells the others what an account is now.
  mutating func announce(_ account: Account, _ kind: String, _ text: String, _ context: Context) {
    let news = AccountNews(view: view(of: account), contacts: appointed(for: account.id), at: context.now)
    common.emit(.account(news))
    common.changed(kind, account.id, version: account.version, text)
  }

  /// Saves a changed ticket under a new version: its targets are looked at, its timer is armed, the others are told.
  mutating func commit(_ ticket: inout Ticket, _ kind: String, _ text: String, _ context: Context) {
    ticket.version += 1
    ticket.evaluateTargets(visits: visits.members(of: ticket.id))
    followGates(&ticket, context)
    tickets.update(ticket)
    announce(ticket, kind, text, context)
  }

  /// Arms the ticket's timer and tells the others what it is now.
  mutating func announce(_ ticket: Ticket, _ kind: String, _ text: String, _ context: Context) {
    if let instant = ticket.nextMiss(after: context.now) {
      common.timers.arm(Self.targetTimer, ticket.id, at: instant)
    } else {
      common.timers.disarm(Self.targetTimer, ticket.id)
    }
    common.emit(.ticket(news(of: ticket, at: context.now)))
    common.changed(kind, ticket.id, version: ticket.version, text)
  }

  /// What the others are told of a ticket.
  func news(of ticket: Ticket, at now: Instant) -> TicketNews {
    let work = self.work.members(of: ticket.id)
    let visits = self.visits.members(of: ticket.id)
    let account = accounts[ticket.accountID]
    let plan = common.plans[ticket.planVersion]
    return TicketNews(
      ticket: ticket, work: work, visits: visits,
      task: TaskFacts(ticket: ticket, work: work, visits: visits, account: account, plan: plan),
      earlier: StretchFacts.all(
        of: ticket, work: work, visits: visits, account: account, plan: plan, lateOnly: true),
      gates: gates(of: ticket, work, visits, at: now), accountName: account?.name ?? "", at: now)
  }

  /// Adds a message to a ticket, if there is something to say. The author is the caller, unless another is named.
  @discardableResult
  mutating func post(
    _ text: String, on ticket: Ticket, _ direction: TicketMessage.Direction, channel: String = "",
    author: String? = nil, _ context: inout Context
  ) -> TicketMessage? {
    guard !text.isEmpty else { return nil }
    let message = TicketMessage(
      id: context.id(), ticketID: ticket.id, direction: direction, channel: channel,
      author: author ?? context.caller.description, text: text, at: context.now)
    messages.append(message)
    return message
  }
}
