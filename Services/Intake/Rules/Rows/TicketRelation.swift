public import Policy

/// How a ticket is bound up with another.
public struct TicketRelation: Hashable, Sendable {
  /// What happened between them.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// This one ended in the other.
    case mergedInto = "merged-into"
    /// The other ended in this one, at once or by way of a third.
    case mergedFrom = "merged-from"
    /// This one was made from some of the other's work.
    case splitFrom = "split-from"
    /// The other was made from some of this one's work.
    case splitInto = "split-into"
  }

  /// What happened between them.
  public var kind: Kind
  /// The other ticket.
  public var ticketID: TicketID
  /// Its number.
  public var number: Int64
  /// How often the other had been reopened.
  public var stretch: Int64
  /// The other's version from which on the work is where it is now.
  public var version: Int64

  /// A relation as given.
  public init(kind: Kind, ticketID: TicketID, number: Int64, stretch: Int64, version: Int64) {
    self.kind = kind
    self.ticketID = ticketID
    self.number = number
    self.stretch = stretch
    self.version = version
  }
}

extension Ticket {
  /// The most tickets that one is bound up with.
  public static let relationCountMax = 100

  /// Whether it ended in another ticket.
  public var isMerged: Bool { relations.contains { $0.kind == .mergedInto } }

  /// Blocks beyond the first that were agreed to without a gap in the present stretch; the latest answer for a block holds.
  var agreedBlocks: Int64 {
    var answers: [Int64: Bool] = [:]
    for consent in consents where consent.gate == .block && consent.stretch == reopened {
      answers[consent.block] = consent.isGranted
    }
    var block: Int64 = 0
    while answers[block + 1] == true { block += 1 }
    return block
  }

  /// Whether a record is work of the present stretch that has not gone elsewhere.
  func owns(_ record: WorkRecord) -> Bool { record.stretch == reopened && !movedWork.contains(record.id) }

  /// Keeps how it is bound up with another ticket as that will be at `version`.
  mutating func relate(_ kind: TicketRelation.Kind, to other: Ticket, version: Int64) {
    relations.append(
      TicketRelation(
        kind: kind, ticketID: other.id, number: other.number, stretch: other.reopened, version: version))
  }
}
