public import Policy

/// A stretch of a ticket that a reopening followed: what rating looks at in it, beside work, visits, parts and answers, which
/// name their stretch themselves.
public struct TicketStretch: Hashable, Sendable {
  /// When it was reported, or reopened.
  public let reportedAt: Instant
  /// When its work ended.
  public let resolvedAt: Instant
  /// How.
  public let resolution: Ticket.Resolution
  /// What kind of equipment it was about.
  public let category: String
  /// Its class.
  public let `class`: String
  /// The maintenance visit during which it was reported.
  public let maintenanceVisitID: VisitID?
  /// When what it repeated was closed.
  public let earlierClosedAt: Instant?
  /// Whether that was about the same asset.
  public let earlierHasSameAsset: Bool
  /// The promises as they stood at its end.
  public let targets: [TargetStatus]
  /// Work past a gate that nobody had opened, in order.
  public var beyondConsent: [WorkInterval]
  /// Whether work was recorded for it after the reopening.
  public var hasLateWork: Bool

  /// A stretch as given.
  public init(
    reportedAt: Instant, resolvedAt: Instant, resolution: Ticket.Resolution, category: String, class: String,
    maintenanceVisitID: VisitID?, earlierClosedAt: Instant?, earlierHasSameAsset: Bool, targets: [TargetStatus],
    beyondConsent: [WorkInterval], hasLateWork: Bool = false
  ) {
    self.reportedAt = reportedAt
    self.resolvedAt = resolvedAt
    self.resolution = resolution
    self.category = category
    self.class = `class`
    self.maintenanceVisitID = maintenanceVisitID
    self.earlierClosedAt = earlierClosedAt
    self.earlierHasSameAsset = earlierHasSameAsset
    self.targets = targets
    self.beyondConsent = beyondConsent
    self.hasLateWork = hasLateWork
  }
}

extension Ticket {
  /// The present stretch, which has ended.
  func endedStretch(resolvedAt: Instant, _ resolution: Resolution) -> TicketStretch {
    TicketStretch(
      reportedAt: reopenedAt ?? openedAt, resolvedAt: resolvedAt, resolution: resolution, category: category,
      class: `class`, maintenanceVisitID: maintenanceVisitID, earlierClosedAt: earlierClosedAt,
      earlierHasSameAsset: earlierHasSameAsset, targets: targets, beyondConsent: beyondConsent)
  }

  /// The ticket as it was at the end of an earlier stretch; nil where there is none of that number.
  func atTheEnd(of stretch: Int) -> Ticket? {
    guard stretches.indices.contains(stretch) else { return nil }
    let ended = stretches[stretch]
    var ticket = self
    ticket.reopened = Int64(stretch)
    ticket.reopenedAt = ended.reportedAt
    ticket.state = .resolved
    ticket.resolvedAt = ended.resolvedAt
    ticket.resolution = ended.resolution
    ticket.category = ended.category
    ticket.class = ended.class
    ticket.maintenanceVisitID = ended.maintenanceVisitID
    ticket.earlierClosedAt = ended.earlierClosedAt
    ticket.earlierHasSameAsset = ended.earlierHasSameAsset
    ticket.targets = ended.targets
    ticket.beyondConsent = ended.beyondConsent
    ticket.running = []
    // Only the latest stretch goes to another ticket.
    ticket.relations = []
    return ticket
  }
}

/// What rating looks at in an earlier stretch of a ticket.
public struct StretchFacts: Sendable, Hashable {
  /// How often the ticket had been reopened.
  public var stretch: Int64
  /// What rating looks at.
  public var task: TaskFacts
  /// The promises as they stood at its end.
  public var targets: [TargetStatus]

  /// Those of all earlier stretches of a ticket, the earliest first, or of those that work was recorded for since.
  public static func all(
    of ticket: Ticket, work: [WorkRecord], visits: [Visit], account: Account?, plan: Plan?, lateOnly: Bool = false
  ) -> [StretchFacts] {
    ticket.stretches.indices.compactMap { stretch in
      let ended = ticket.stretches[stretch]
      guard !lateOnly || (ended.hasLateWork && ended.resolution != .cancelled),
        let then = ticket.atTheEnd(of: stretch)
      else { return nil }
      return StretchFacts(
        stretch: Int64(stretch),
        task: TaskFacts(ticket: then, work: work, visits: visits, account: account, plan: plan),
        targets: ended.targets)
    }
  }
}
