public import Policy

/// A person whom the customer appointed to speak for it.
public struct Contact: Record, Hashable {
  /// The contact's identifier.
  public let id: ContactID
  /// The customer.
  public let accountID: AccountID
  /// 1 to 200 bytes.
  public let name: String
  /// As dialled; empty: none.
  public let fixedPhone: String
  /// As dialled; empty: none.
  public let mobilePhone: String
  /// At most 254 bytes; empty: none.
  public let email: String
  /// When the customer appointed the person.
  public let appointedAt: Instant
  /// When another took the place; nil: still appointed.
  public var endedAt: Instant?
  /// Whose place the person took; nil: a first appointment.
  public let replaces: ContactID?

  /// A contact as given.
  public init(
    id: ContactID, accountID: AccountID, name: String, fixedPhone: String, mobilePhone: String, email: String,
    appointedAt: Instant, endedAt: Instant? = nil, replaces: ContactID? = nil
  ) {
    self.id = id
    self.accountID = accountID
    self.name = name
    self.fixedPhone = fixedPhone
    self.mobilePhone = mobilePhone
    self.email = email
    self.appointedAt = appointedAt
    self.endedAt = endedAt
    self.replaces = replaces
  }

  /// The identifier.
  public var key: ContactID { id }
  /// The account.
  public var group: AccountID { accountID }
}
