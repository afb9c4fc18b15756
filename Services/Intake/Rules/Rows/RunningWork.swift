public import Policy

/// Work that somebody has begun on a ticket and not ended.
public struct RunningWork: Hashable, Sendable {
  /// The most at once on one ticket.
  public static let countMax = 10

  /// Its identifier, which is that of its record once it has ended.
  public let id: WorkID
  /// How the work is done.
  public let mode: WorkRecord.Mode
  /// Who works.
  public let engineer: String
  /// When it began.
  public let since: Instant

  /// Work as given.
  public init(id: WorkID, mode: WorkRecord.Mode, engineer: String, since: Instant) {
    self.id = id
    self.mode = mode
    self.engineer = engineer
    self.since = since
  }
}

extension Ticket {
  /// Refuses while somebody is at work.
  func requireNobodyAtWork() throws(Refused) {
    guard let work = running.first else { return }
    throw Refused(
      .conflict(state: "working"), "\(work.engineer) is at work on ticket \(number): end that work first.")
  }
}
