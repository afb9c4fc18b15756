public import Policy

/// Messages to one person at one address that wait together, for quiet hours to end or for others like them.
public struct Bundle: Record {
  public let id: BundleID
  /// Whom they are for, see ``recipient(of:)``.
  public let recipient: String
  public let method: DeliveryMethod
  public let address: String
  /// The clause of the plan that makes them wait, and of notices their kind.
  public let clause: String
  /// When they go.
  public let until: Instant
  /// How many wait.
  public var count: Int

  public init(
    id: BundleID, recipient: String, method: DeliveryMethod, address: String, clause: String, until: Instant, count: Int
  ) {
    self.id = id
    self.recipient = recipient
    self.method = method
    self.address = address
    self.clause = clause
    self.until = until
    self.count = count
  }

  public var key: BundleID { id }
  public var group: String { recipient }

  /// Whom messages wait together for: the person, or the address of whoever else it is.
  public static func recipient(of delivery: Delivery) -> String {
    delivery.personID.map { recipient(of: $0) } ?? delivery.address
  }

  /// Whom messages to a person wait together for.
  public static func recipient(of person: PersonID) -> String { person.description }
}
